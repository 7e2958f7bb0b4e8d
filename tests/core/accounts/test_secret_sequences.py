"""Whole sequences of sign-ups and sign-ins are answered alike, whether an address is known, claimed or new."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import DjangoDbBlocker

from core.models import User
from tests.cast import Cast
from tests.committed_database import use_committed_database
from tests.core.accounts.test_sign_up_races import at_once
from tests.mail_codes import read_code

KNOWN, CLAIMED, NEW = "known@example.org", "claimed@example.org", "stranger@example.org"
PASSWORD, OTHER = "a new good one", "quite another one"
JSON = "application/json"
KINDS = pytest.mark.parametrize("kind", ["page", "app", "browser"])


def create_accounts() -> None:
    known = User.objects.create_user(KNOWN, "correct horse battery")
    EmailAddress.objects.create(user=known, email=KNOWN, verified=True, primary=True)
    claimed = User.objects.create_user(CLAIMED, "correct horse battery")
    EmailAddress.objects.create(user=claimed, email=CLAIMED, verified=False, primary=True)


def sign_up(kind: str, email: str, *, password: str = PASSWORD, client: Client | None = None) -> Any:
    client = client or Client()
    if kind == "page":
        return client.post("/accounts/signup/", {"email": email, "password1": password})
    body = {"email": email, "password": password}
    return client.post(f"/api/v1/auth/{kind}/v1/auth/signup", body, content_type=JSON)


def sign_in(kind: str, email: str, password: str = PASSWORD) -> Any:
    if kind == "page":
        return Client().post("/accounts/login/", {"login": email, "password": password})
    body = {"email": email, "password": password}
    return Client().post(f"/api/v1/auth/{kind}/v1/auth/login", body, content_type=JSON)


def prove(kind: str, client: Client, signed_up: Any, code: str) -> Any:
    if kind == "page":
        return client.post("/accounts/confirm-email/", {"code": code})
    headers = {"X-Session-Token": signed_up.json()["meta"]["session_token"]} if kind == "app" else {}
    path = f"/api/v1/auth/{kind}/v1/auth/email/verify"
    return client.post(path, {"key": code}, content_type=JSON, headers=headers)


def describe(answer: Any, email: str) -> tuple[Any, ...]:
    """All that a caller sees of an answer, but the secrets that differ each time."""
    text = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", answer.content.decode()).replace(email, "…")
    text = re.sub(r'"session_token": "[^"]*"', '"session_token": "…"', text)
    return answer.status_code, answer.get("Location"), answer.get("Retry-After"), sorted(answer.cookies), text


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with use_committed_database(django_db_blocker):
        create_accounts()
        yield


@KINDS
def test_signing_up_twice_and_signing_in_tells_nothing_of_an_address(cast: Cast, now: datetime, kind: str) -> None:
    create_accounts()
    seen = []
    with time_machine.travel(now, tick=False) as clock:
        for email in (NEW, KNOWN, CLAIMED):
            cache.clear()
            answers = [sign_up(kind, email), sign_up(kind, email)]
            clock.shift(timedelta(seconds=11))
            answers.append(sign_up(kind, email))
            for _ in range(7):
                clock.shift(timedelta(seconds=1))
                answers.append(sign_in(kind, email))
            seen.append([describe(answer, email) for answer in answers])

    assert seen[0] == seen[1]
    assert seen[0] == seen[2]
    welcome = 302 if kind == "page" else 401
    assert [answer[0] for answer in seen[0][:3]] == [welcome, 429, welcome]
    assert seen[0][-1] != seen[0][3]  # the sign-ins were limited


@KINDS
def test_the_losers_of_a_race_are_told_nothing_of_an_address(committed: None, kind: str) -> None:
    losers = []
    for email in (NEW, KNOWN, CLAIMED):
        answers = at_once(lambda number, email=email: sign_up(kind, email))
        losers.append([describe(answer, email) for answer in answers if answer.status_code == 429])

    assert losers[0] == losers[1] == losers[2]
    assert len(losers[0]) == 3


@KINDS
@pytest.mark.parametrize("is_first", [True, False])
def test_the_session_that_proves_an_address_decides_the_password(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage], kind: str, is_first: bool
) -> None:
    with time_machine.travel(now, tick=False) as clock:
        sessions = []
        for password in (PASSWORD, OTHER):
            client = Client()
            answer = sign_up(kind, NEW, password=password, client=client)
            sessions.append((client, answer, read_code(mailoutbox[-1])))
            clock.shift(timedelta(seconds=11))
        winner, loser = sessions if is_first else sessions[::-1]

        proved, late = prove(kind, *winner), prove(kind, *loser)

    assert (proved.status_code, late.status_code) == ((302, 200) if kind == "page" else (200, 400))
    assert EmailAddress.objects.get(email=NEW).verified
    assert User.objects.get(email=NEW).check_password(PASSWORD if is_first else OTHER)
    if kind == "page":
        assert winner[0].get("/accounts/email/").status_code == 200  # signed in, and with that password
        assert loser[0].get("/accounts/email/").status_code == 302


@KINDS
def test_a_right_code_whose_account_is_gone_is_answered_as_a_wrong_one(
    cast: Cast, mailoutbox: list[EmailMessage], kind: str
) -> None:
    client = Client()
    signed_up = sign_up(kind, NEW, client=client)
    User.objects.get(email=NEW).delete()

    late = prove(kind, client, signed_up, read_code(mailoutbox[-1]))

    assert late.status_code == (200 if kind == "page" else 400)
