"""A mailed code is sent once more by the API: alike for each address, with a life and guesses of its own."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client

from core.accounts.code_limits import find_code_limit
from tests.cast import Cast
from tests.core.accounts.test_login_by_code import read_code_in_subject
from tests.mail_codes import read_code

KNOWN, NEW = "alice@example.org", "stranger@example.org"
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
RESEND_SECONDS = find_code_limit("resend").seconds
AFTER_WAIT = START + timedelta(seconds=RESEND_SECONDS)
SIGN_UP = ("signup", "email/verify/resend", {"password": "a new good one"})
SIGN_IN: tuple[str, str, dict[str, str]] = ("code/request", "code/resend", {})


@pytest.fixture(autouse=True)
def _confirmed(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.alice, email=KNOWN, verified=True, primary=True)


class App:
    """An app with a session token; each call says when it is sent."""

    def __init__(self) -> None:
        self.token = ""

    def send(self, path: str, at: datetime, **said: str) -> Any:
        headers = {"X-Session-Token": self.token} if self.token else {}
        with time_machine.travel(at, tick=False):
            answer = Client().post(f"/api/v1/auth/app/v1/auth/{path}", said, "application/json", headers=headers)
        self.token = answer.json().get("meta", {}).get("session_token", self.token)
        return answer


def begin(way: Any, email: str) -> App:
    app = App()
    assert app.send(way[0], START, email=email, **way[2]).status_code == 401
    return app


def test_the_second_code_proves_the_address(mailoutbox: list[EmailMessage]) -> None:
    app = begin(SIGN_UP, NEW)
    resent = app.send(SIGN_UP[1], AFTER_WAIT)
    first, second = map(read_code, mailoutbox)

    assert (resent.status_code, resent.json()) == (200, {"status": 200})
    assert app.send("email/verify", AFTER_WAIT, key=first).status_code == 400
    assert app.send("email/verify", AFTER_WAIT, key=second).status_code == 200


def test_the_second_code_signs_in(mailoutbox: list[EmailMessage]) -> None:
    app = begin(SIGN_IN, KNOWN)
    assert app.send(SIGN_IN[1], AFTER_WAIT).status_code == 200

    assert app.send("code/confirm", AFTER_WAIT, code=read_code_in_subject(mailoutbox[0])).status_code == 400
    assert app.send("code/confirm", AFTER_WAIT, code=read_code_in_subject(mailoutbox[1])).status_code == 200


@pytest.mark.parametrize("way", [SIGN_UP, SIGN_IN])
def test_known_and_unknown_addresses_get_one_more_letter_and_the_same_answer(
    way: Any, mailoutbox: list[EmailMessage]
) -> None:
    known, unknown = (begin(way, email).send(way[1], AFTER_WAIT) for email in (KNOWN, NEW))

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json()) == (200, {"status": 200})
    letters = sorted(mailoutbox, key=lambda letter: letter.to)
    assert [letter.to for letter in letters] == [[KNOWN], [KNOWN], [NEW], [NEW]]
    first, second = (re.sub(r"\d", "", str(letter.subject)) for letter in letters[:2])
    assert first == second


@pytest.mark.parametrize("way", [SIGN_UP, SIGN_IN])
@pytest.mark.parametrize("email", [KNOWN, NEW])
def test_a_letter_at_once_is_refused_with_the_seconds_to_wait(
    way: Any, email: str, mailoutbox: list[EmailMessage]
) -> None:
    refused = begin(way, email).send(way[1], START + timedelta(seconds=10))

    assert (refused.status_code, refused["Retry-After"]) == (429, str(RESEND_SECONDS - 10))
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("way", [SIGN_UP, SIGN_IN])
@pytest.mark.parametrize("email", [KNOWN, NEW])
def test_an_address_gets_five_codes_an_hour(way: Any, email: str, mailoutbox: list[EmailMessage]) -> None:
    app = begin(way, email)
    times = [START + timedelta(minutes=number) for number in range(1, 8)]
    answers = [app.send(way[1], at) for at in times]

    assert [answer.status_code for answer in answers[-2:]] == [429, 429]
    assert answers[-1]["Retry-After"] == "3600"
    assert 5 <= len(mailoutbox) <= 6


def test_a_new_code_has_a_life_and_guesses_of_its_own(mailoutbox: list[EmailMessage]) -> None:
    app = begin(SIGN_UP, NEW)
    for _guess in range(2):
        assert app.send("email/verify", START, key="WRNG-CODE").status_code == 400
    late = START + timedelta(minutes=settings.EMAIL_CODE_MINUTES - 1)
    assert app.send(SIGN_UP[1], late).status_code == 200
    later = late + timedelta(minutes=settings.EMAIL_CODE_MINUTES - 1)
    guesses = [app.send("email/verify", later, key="WRNG-CODE").status_code for _guess in range(2)]

    assert guesses == [400, 400]
    assert app.send("email/verify", later, key=read_code(mailoutbox[-1])).status_code == 200


@pytest.mark.parametrize("way", [SIGN_UP, SIGN_IN])
def test_a_session_that_waits_for_no_code_is_a_conflict(way: Any) -> None:
    assert App().send(way[1], START).status_code == 409


def test_the_fourth_guess_ends_the_sign_up_and_signing_up_again_sends_a_code(mailoutbox: list[EmailMessage]) -> None:
    app = begin(SIGN_UP, NEW)
    guesses = [app.send("email/verify", START, key="WRNG-CODE").status_code for _guess in range(4)]
    over = app.send(SIGN_UP[1], AFTER_WAIT)
    again = App()
    again.send("signup", AFTER_WAIT, email=NEW, password="a new good one")

    assert (guesses, over.status_code) == ([400, 400, 400, 409], 409)
    assert again.send("email/verify", AFTER_WAIT, key=read_code(mailoutbox[-1])).status_code == 200


def test_case_and_hyphen_of_a_code_do_not_matter(mailoutbox: list[EmailMessage]) -> None:
    app = begin(SIGN_UP, NEW)

    folded = read_code(mailoutbox[-1]).replace("-", "").lower()
    assert app.send("email/verify", START, key=folded).status_code == 200


@pytest.mark.parametrize(
    ("path", "seconds"), [("code/request", "3600"), ("password/request", "900")], ids=["sign in", "new password"]
)
@pytest.mark.parametrize("email", [KNOWN, NEW])
def test_too_many_letters_to_an_address_are_refused_for_as_long_as_is_said(path: str, seconds: str, email: str) -> None:
    answers = [App().send(path, START, email=email) for _letter in range(6)]

    assert [answer.status_code for answer in answers] == [401] * 5 + [429]
    [error] = answers[-1].json()["errors"]
    wait = "an hour" if seconds == "3600" else "15 minutes"
    assert (error["message"], answers[-1]["Retry-After"]) == (f"Too many requests. Try again in {wait}.", seconds)


def test_too_many_guesses_are_refused_for_as_long_as_is_said() -> None:
    app = begin(SIGN_UP, NEW)
    answers = [app.send("email/verify", START, key="WRNG-CODE") for _guess in range(11)]

    period = str(settings.EMAIL_CODE_MINUTES * 60)
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, period)


def test_a_second_sign_up_at_once_says_how_long_to_wait() -> None:
    begin(SIGN_UP, NEW)
    refused = App().send("signup", START, email=NEW, password="a new good one")

    [error] = refused.json()["errors"]
    assert (refused.status_code, refused["Retry-After"]) == (429, "10")
    assert error["message"] == "Too many requests. Try again in 10 seconds."


@pytest.fixture
def behind_proxy(settings: Any) -> None:
    """One proxy names the network of each caller."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def sign_up_from(network: int, at: datetime, email: str = NEW) -> int:
    headers = {"X-Forwarded-For": f"192.0.2.{network}"}
    body = {"email": email, "password": "a new good one"}
    with time_machine.travel(at, tick=False):
        answer = Client(headers=headers).post("/api/v1/auth/app/v1/auth/signup", body, "application/json")
    status: int = answer.status_code
    return status


@pytest.mark.parametrize("email", [KNOWN, NEW])
def test_a_stranger_keeps_no_owner_from_signing_up(behind_proxy: None, email: str) -> None:
    later = [START + timedelta(seconds=11 * number) for number in range(6)]
    by_stranger = [sign_up_from(1, at, email) for at in later]

    assert by_stranger == [401] * 5 + [429]
    assert sign_up_from(2, later[-1], email) == 401


def test_all_networks_together_sign_an_address_up_twenty_times_a_day(behind_proxy: None) -> None:
    times = [START + timedelta(seconds=11 * number) for number in range(21)]

    answers = [sign_up_from(number, at) for number, at in enumerate(times)]

    assert answers == [401] * 20 + [429]


def test_one_network_signs_up_several_addresses_at_once(behind_proxy: None) -> None:
    answers = [sign_up_from(1, START, f"stranger{number}@example.org") for number in range(7)]

    assert answers == [401] * 6 + [429]
