"""Letters with codes: a page that sends one needs no mail server, and nothing of them stays."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client

from core.enums import NoticeTopic
from core.models import Notice, SecretLetter, User
from core.notifications import notice_types
from core.notifications.delivery import CLAIM_SIZE, deliver_due_notices
from core.notifications.notice_types import NoticeType, RenderedNotice
from core.notifications.outbox import MAX_DELIVERY_ATTEMPTS, enqueue_notice
from core.notifications.secret_letters import (
    RETRY_DELAY,
    delete_secret_letters,
    deliver_due_secret_letters,
    enqueue_secret_letter,
)

MINUTE = timedelta(minutes=1)
LIFETIME = 15 * MINUTE


def enqueue(at: datetime, to: str = "maya@example.org") -> None:
    enqueue_secret_letter(to=to, subject="123 456 is your code", text="Type 123 456.", at=at, lifetime=LIFETIME)


def test_a_page_that_sends_a_code_needs_no_mail_server(db: None, now: datetime, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # where nobody listens
    form = {"email": "maya@example.org", "password1": "a long enough password"}

    assert Client().post("/accounts/signup/", form).status_code == 302

    assert User.objects.get().email == "maya@example.org"
    letter = SecretLetter.objects.get()
    assert deliver_due_notices(at=letter.created_at) == 0
    letter.refresh_from_db()
    assert (letter.attempts, letter.due_at) == (0, letter.created_at + RETRY_DELAY)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_due_notices(at=letter.created_at + 3 * MINUTE) == 1
    [sent] = mail.outbox
    assert (sent.to, "is your code" in sent.subject) == (["maya@example.org"], True)


def test_a_waiting_letter_tells_nothing_and_leaves_no_row(db: None, now: datetime) -> None:
    enqueue(now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(letter)::text FROM core_secretletter AS letter")
        [[stored]] = cursor.fetchall()
    assert [word for word in ("maya", "example", "123", "Type") if word in stored.replace(f"{now.year}", "")] == []

    assert deliver_due_notices(at=now) == 1

    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["maya@example.org"], "123 456 is your code", "Type 123 456.")
    assert (SecretLetter.objects.count(), Notice.objects.count()) == (0, 0)


def test_a_letter_that_came_too_late_is_not_sent(db: None, now: datetime) -> None:
    enqueue(now)

    assert deliver_due_notices(at=now + LIFETIME) == 0
    assert SecretLetter.objects.count() == 0


def test_a_code_passes_the_letters_that_wait(db: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    words = RenderedNotice("News", "Tea is ready.")
    monkeypatch.setitem(notice_types._notice_types, "news", NoticeType(lambda *_: words, NoticeTopic.PROGRESS, True))
    for number in range(3 * CLAIM_SIZE):
        enqueue_notice(to=f"p{number}@example.org", kind="news", cause=f"{number}", subjects={}, at=now)
    claims = iter(range(100))

    def go_on() -> datetime:
        if next(claims) == 1:
            enqueue(now)
        return now

    deliver_due_notices(at=now, now=go_on)

    assert [letter.to for letter in mail.outbox].index(["maya@example.org"]) == CLAIM_SIZE


def test_a_letter_that_the_server_refuses_is_tried_five_times_and_others_leave(db: None, now: datetime) -> None:
    sent: list[list[str]] = []

    def send(letter: EmailMultiAlternatives) -> None:
        if letter.to == ["maya@example.org"]:
            raise ValueError("550 no such mailbox")
        sent.append(letter.to)

    enqueue(now)
    enqueue(now, to="ines@example.org")
    at = now
    for attempt in range(1, MAX_DELIVERY_ATTEMPTS):
        deliver_due_secret_letters(send, at=at)
        letter = SecretLetter.objects.get()
        assert (letter.attempts, letter.due_at) == (attempt, at + RETRY_DELAY * 2**attempt)
        at = letter.due_at
    deliver_due_secret_letters(send, at=at)

    assert sent == [["ines@example.org"]]
    assert SecretLetter.objects.count() == 0


def test_a_letter_under_a_forgotten_key_is_dropped(db: None, now: datetime, settings: Any) -> None:
    enqueue(now)
    settings.SECRET_KEY = "another key"

    assert deliver_due_notices(at=now) == 0
    assert SecretLetter.objects.count() == 0


def test_a_letter_that_another_worker_tries_is_left_to_it(db: None, now: datetime) -> None:
    enqueue(now)
    inner: list[int] = []

    def send(letter: EmailMultiAlternatives) -> None:
        inner.append(deliver_due_secret_letters(send, at=now))

    assert deliver_due_secret_letters(send, at=now) == 1
    assert inner == [0]


def test_the_letters_of_a_person_go_with_them(db: None, now: datetime, settings: Any) -> None:
    enqueue(now, to="old@example.org")
    settings.SECRET_KEY = "another key"
    enqueue(now)
    enqueue(now, to="ines@example.org")

    delete_secret_letters({"maya@example.org"})

    assert SecretLetter.objects.count() == 2
    deliver_due_notices(at=now)
    assert [letter.to for letter in mail.outbox] == [["ines@example.org"]]
