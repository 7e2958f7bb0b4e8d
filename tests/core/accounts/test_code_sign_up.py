"""Signing up by a mailed code: the same for known, claimed and new addresses, and safe against guesses."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.models import SecretLetter, User
from tests.cast import Cast, create_user, ensure_totp
from tests.web.volunteers.start_steps import read_code, say_address, say_skills, say_week, text_of

KNOWN, CLAIMED, NEW = "known@gmail.com", "claimed@gmail.com", "stranger@gmail.com"
CODE = "/start/code/?draft=abc"


@pytest.fixture
def addresses(cast: Cast) -> tuple[str, ...]:
    known = User.objects.create_user(KNOWN, "correct horse battery")
    EmailAddress.objects.create(user=known, email=KNOWN, verified=True, primary=True)
    claimed = User.objects.create_user(CLAIMED, "a claimer's password")
    EmailAddress.objects.create(user=claimed, email=CLAIMED, verified=False, primary=True)
    return KNOWN, CLAIMED, NEW


def come_to_code(email: str) -> Client:
    client = Client()
    say_skills(client, "front-end")
    say_week(client)
    assert say_address(client, email).status_code == 302
    return client


def guess(client: Client, code: str) -> Any:
    return client.post(CODE, {"code": code})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_all_addresses_get_the_same_pages_the_same_work_and_one_letter(
    addresses: tuple[str, ...], mailoutbox: list[EmailMessage]
) -> None:
    seen, work = [], []
    for email in addresses:
        client = Client()
        say_skills(client, "front-end")
        say_week(client)
        client.get("/start/fits/?draft=abc")  # the board is read once
        with CaptureQueriesContext(connection) as captured:
            answers = [say_address(client, email)]
        work.append(len(captured))
        answers += [client.get(CODE), guess(client, "000000"), client.post(CODE, {"resend": "1"})]
        texts = [re.sub(r'value="[^"]*"', "", answer.content.decode()).replace(email, "…") for answer in answers]
        seen.append([(answer.status_code, text) for answer, text in zip(answers, texts, strict=True)])

    assert seen[0] == seen[1] == seen[2]
    assert work[0] == work[1] == work[2]
    assert [letter.to for letter in mailoutbox] == [[email] for email in addresses]
    assert all(re.fullmatch(r"\d{3} \d{3} is your code", str(letter.subject)) for letter in mailoutbox)
    assert ["sign in" in str(letter.body) for letter in mailoutbox] == [True, False, False]


def test_an_account_is_made_when_the_code_is_right_and_not_before(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = come_to_code(NEW)
    guess(client, "000000")
    assert not User.objects.filter(email=NEW).exists()

    guess(client, f" {read_code(mailoutbox[-1])} ")
    user = User.objects.get(email=NEW)
    assert EmailAddress.objects.get(user=user).verified
    assert not user.has_usable_password()
    assert is_signed_in(client)


def test_the_password_of_a_claimer_does_not_open_the_account_of_the_owner(
    addresses: tuple[str, ...], mailoutbox: list[EmailMessage]
) -> None:
    client = come_to_code(CLAIMED)
    guess(client, read_code(mailoutbox[-1]))

    assert is_signed_in(client)
    assert not User.objects.get(email=CLAIMED).has_usable_password()


def test_a_known_address_signs_in_to_its_account(addresses: tuple[str, ...], mailoutbox: list[EmailMessage]) -> None:
    client = come_to_code(KNOWN)
    guess(client, read_code(mailoutbox[-1]))

    assert client.session["_auth_user_id"] == str(User.objects.get(email=KNOWN).pk)
    assert User.objects.get(email=KNOWN).has_usable_password()


def test_a_code_does_not_replace_the_second_factor(addresses: tuple[str, ...], mailoutbox: list[EmailMessage]) -> None:
    ensure_totp(User.objects.get(email=KNOWN))
    client = come_to_code(KNOWN)
    answer = guess(client, read_code(mailoutbox[-1]))

    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_a_reviewer_whose_address_the_operator_entered_signs_in(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    create_user("op", reviewer=True)
    client = Client()
    say_skills(client, "front-end")
    say_week(client)
    say_address(client, "op@example.org", accepted="op@example.org")
    guess(client, read_code(mailoutbox[-1]))

    assert User.objects.filter(email="op@example.org").count() == 1
    assert EmailAddress.objects.get(email="op@example.org").verified


def test_a_code_is_guessed_at_five_times_at_most(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = come_to_code(NEW)
    kept = dict(client.session.items())
    statuses = []
    for attempt in range(6):
        session = client.session  # guesses at once do not see each other's count in the session
        session.update(kept)
        session.save()
        answer = guess(client, read_code(mailoutbox[-1]) if attempt == 5 else "000000")
        statuses.append(answer.status_code)

    assert statuses == [303, 303, 303, 303, 303, 429]
    assert "Have a new code sent" in text_of(answer)
    assert not is_signed_in(client)


def test_an_old_code_is_refused_and_a_new_one_comes_after_half_a_minute(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    client = come_to_code(NEW)
    early = client.post(CODE, {"resend": "1"}, follow=True)
    assert "ask for a new one after 30 seconds" in text_of(early)
    assert "A new one can be sent in 30 seconds." in text_of(client.get(CODE))

    with time_machine.travel(now + timedelta(minutes=16), tick=False):
        old = guess(client, read_code(mailoutbox[0]))
        assert "That code isn’t right, or is older than 15 minutes." in text_of(client.get(old["Location"]))
        assert client.post(CODE, {"resend": "1"}).status_code == 302
        assert "Send a new code" in text_of(client.get(CODE))
        assert (
            guess(client, read_code(mailoutbox[0])).status_code == 303 or mailoutbox[0].subject == mailoutbox[1].subject
        )
        assert guess(client, read_code(mailoutbox[1])).status_code == 302


def test_the_address_can_be_changed(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = come_to_code("typo@gmail.com")
    assert "/start/fits/?draft=abc#id_email" in client.get(CODE).content.decode()
    say_address(client, NEW)

    assert NEW in text_of(client.get(CODE))
    assert guess(client, read_code(mailoutbox[1])).status_code == 302
    assert not User.objects.filter(email="typo@gmail.com").exists()


def test_another_browser_waits_for_no_code(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    come_to_code(NEW)
    other = Client()
    page = other.get(CODE, follow=True)

    assert "This browser waits for no code." in text_of(page)
    assert guess(other, read_code(mailoutbox[-1])).status_code == 303
    assert not is_signed_in(other)


def test_a_second_click_on_the_code_leads_on(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = come_to_code(NEW)
    answers = [guess(client, read_code(mailoutbox[-1])) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == ["/start/you/?draft=abc"] * 2
    assert client.get(CODE)["Location"] == "/start/you/?draft=abc"


def test_mail_that_is_down_holds_up_no_first_visit(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # where no server is
    client = Client()
    say_skills(client, "front-end")
    say_week(client)

    assert say_address(client, NEW)["Location"] == "/start/code/?draft=abc"
    assert SecretLetter.objects.count() == 1


def test_an_address_gets_five_codes_an_hour(cast: Cast, now: datetime, mailoutbox: list[EmailMessage]) -> None:
    client = come_to_code(NEW)
    for minute in range(1, 6):
        with time_machine.travel(now + timedelta(minutes=minute), tick=False):
            answer = client.post(CODE, {"resend": "1"}, follow=True)

    assert "Too many codes were sent to this address." in text_of(answer)
    assert len(mailoutbox) == 5


def test_a_stranger_does_not_keep_an_address_from_its_owner(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage], settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def ask(network: int, minutes: float) -> int:
        client = Client(headers={"X-Forwarded-For": f"192.0.2.{network}"})
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            say_skills(client, "front-end")
            say_week(client)
            return int(say_address(client, NEW).status_code)

    # At one moment too, and in a day: the stranger's network has less than all.
    assert (ask(1, 0), ask(1, 0.1), ask(2, 0.1)) == (302, 429, 302)
    for minute in range(1, 24 * 60, 40):
        ask(1, minute)
    assert len(mailoutbox) == 11
    assert ask(2, 24 * 60 - 5) == 302
    for network in range(3, 30):
        ask(network, 24 * 60 - 4)
    assert len(mailoutbox) == 11 + 20, "All networks together have twenty an hour."
    assert ask(30, 25 * 60) == 302, "An hour later the owner has a code."


def test_an_address_that_is_sent_again_has_a_field_for_its_code(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    client = come_to_code(NEW)

    again = say_address(client, NEW)

    assert (again.status_code, again["Location"].partition("?")[0]) == (302, "/start/code/")
    assert "A letter is on its way." in text_of(client.get(CODE))
    assert len(mailoutbox) == 1
    assert say_address(client, "other@gmail.com").status_code == 302
    guess(client, read_code(mailoutbox[-1]))
    assert is_signed_in(client)


def test_a_network_that_asked_often_reads_that_it_was_the_network(cast: Cast, now: datetime) -> None:
    client = come_to_code(NEW)
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        for number in range(20):
            Client().post("/accounts/login/code/", {"email": f"maya{number}@example.org"})
        answer = client.post(CODE, {"resend": "1"}, follow=True)

    assert "Too many codes were asked for from your network. Wait a minute, then ask again." in text_of(answer)


def test_an_address_is_stored_in_its_one_form(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    client = come_to_code("Maya@Gmail.com")
    guess(client, read_code(mailoutbox[-1]))

    assert User.objects.filter(email="maya@gmail.com").exists()


def test_an_account_without_a_password_is_erased_soon_after_its_code(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    client = come_to_code(NEW)
    guess(client, read_code(mailoutbox[-1]))
    page = client.get("/my-data/").content.decode()
    assert 'type="password"' not in page

    client.post("/my-data/", {"understands_consequences": "on"})
    assert not User.objects.filter(email=NEW).exists()
