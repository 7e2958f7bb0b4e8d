"""A password that is asked for once more: wrong ones count together, wherever they are typed."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count, cycle, islice

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from core.accounts.adapter import AccountAdapter
from core.models import User
from tests.cast import Cast
from tests.mail_codes import read_code

Try = Callable[[Client, str], int]
PASSWORD = "correct horse battery"
APP = "/api/v1/auth/browser/v1"
TRIES_IN_FIVE_MINUTES = 5


def send(client: Client, method: str, address: str, **body: object) -> int:
    return client.generic(method, address, json.dumps(body), content_type="application/json").status_code


def try_erasure(client: Client, password: str) -> int:
    return send(client, "POST", "/api/v1/me/erasure", understands_consequences=True, password=password)


def try_erasure_page(client: Client, password: str) -> int:
    return client.post("/my-data/", {"understands_consequences": "on", "password": password}).status_code


def try_change(client: Client, password: str) -> int:
    body = {"current_password": password, "new_password": "correct horse stable"}
    return send(client, "POST", f"{APP}/account/password/change", **body)


def try_change_page(client: Client, password: str) -> int:
    new = "correct horse stable"
    sent = {"oldpassword": password, "password1": new, "password2": new}
    answer = client.post("/accounts/password/change/", sent)
    return 400 if "errors" in answer.content.decode() or answer.status_code == 200 else answer.status_code


def try_reauthentication(client: Client, password: str) -> int:
    return send(client, "POST", f"{APP}/auth/reauthenticate", password=password)


def try_reauthentication_page(client: Client, password: str) -> int:
    answer = client.post("/accounts/reauthenticate/", {"password": password})
    return 400 if answer.status_code == 200 else answer.status_code


PLACES: list[Try] = [
    *(try_erasure, try_erasure_page, try_change, try_change_page, try_reauthentication, try_reauthentication_page),
]


def sign_in(password: str, *, email: str = "alice@example.org") -> tuple[int, str]:
    """Return the answer of the API to a stranger, or to the owner in another browser."""
    said = json.dumps({"email": email, "password": password})
    answer = Client().generic("POST", f"{APP}/auth/login", said, content_type="application/json")
    return answer.status_code, answer.content.decode()


@pytest.fixture
def many_networks(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each request comes from another network, and at another moment: allauth takes counts back by their time."""
    networks = (f"198.51.{number}.0" for number in count())
    monkeypatch.setattr(AccountAdapter, "get_client_ip", lambda _self, _request: next(networks))
    with time_machine.travel(now, tick=True):
        yield


@pytest.fixture
def alice(cast: Cast) -> User:
    cache.clear()
    EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
    return cast.alice


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_wrong_passwords_count_together_wherever_they_are_typed(alice: User, place: Try) -> None:
    client = Client()
    client.force_login(alice)
    others = [other for other in PLACES if other is not place]

    answers = [other(client, "wrong") for other in islice(cycle(others), TRIES_IN_FIVE_MINUTES)]

    assert set(answers) <= {400, 401}
    assert place(client, PASSWORD) in (400, 429)  # the right one is not looked at any more
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_right_password_does_not_count(alice: User, place: Try) -> None:
    client = Client()
    client.force_login(alice)

    for other in islice(cycle(PLACES), TRIES_IN_FIVE_MINUTES - 1):
        other(client, "wrong")

    assert place(client, PASSWORD) in (200, 204, 302)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.__name__)
def test_a_strangers_wrong_sign_ins_keep_nobody_from_their_account(alice: User, place: Try) -> None:
    client = Client()
    client.force_login(alice)
    for _ in range(TRIES_IN_FIVE_MINUTES):
        sign_in("wrong")
    assert sign_in(PASSWORD)[0] == 429

    assert place(client, PASSWORD) in (200, 204, 302)


def test_wrong_passwords_in_a_session_keep_nobody_from_signing_in(alice: User) -> None:
    client = Client()
    client.force_login(alice)
    for _ in range(TRIES_IN_FIVE_MINUTES):
        assert try_reauthentication(client, "wrong") == 400
    assert try_reauthentication(client, PASSWORD) == 429

    assert sign_in(PASSWORD)[0] == 200


def test_wrong_passwords_of_all_sessions_count_together(alice: User) -> None:
    sessions = [Client() for _ in range(TRIES_IN_FIVE_MINUTES + 1)]
    for session in sessions:
        session.force_login(alice)
    assert {try_erasure(session, "wrong") for session in sessions[:-1]} == {400}

    assert try_erasure(sessions[-1], PASSWORD) == 429


def test_an_account_with_four_addresses_has_no_more_guesses_than_another(alice: User, many_networks: None) -> None:
    addresses = [f"alice{number}@example.net" for number in range(3)]
    for address in addresses:
        EmailAddress.objects.create(user=alice, email=address, verified=True)
    for address in [alice.email, *addresses, alice.email]:
        sign_in("wrong", email=address)

    known = [sign_in(PASSWORD, email=addresses[0])[0] for _ in range(TRIES_IN_FIVE_MINUTES)]

    # As for an address without an account: until it is locked, each password is wrong.
    assert known == [400] * (TRIES_IN_FIVE_MINUTES - 1) + [429]
    unknown = [sign_in("wrong", email="nobody@example.net")[0] for _ in range(TRIES_IN_FIVE_MINUTES + 1)]
    assert unknown == [400] * TRIES_IN_FIVE_MINUTES + [429]


def test_a_locked_account_answers_as_an_unknown_address(alice: User, many_networks: None) -> None:
    EmailAddress.objects.create(user=alice, email="alice@example.net", verified=True)
    for _ in range(TRIES_IN_FIVE_MINUTES):
        sign_in("wrong")

    assert sign_in(PASSWORD, email="alice@example.net") == sign_in("wrong", email="nobody@example.net")


def test_a_right_sign_in_does_not_count_for_the_account(alice: User, many_networks: None) -> None:
    answers = [sign_in(PASSWORD)[0] for _ in range(TRIES_IN_FIVE_MINUTES + 1)]

    assert set(answers) == {200}


def test_a_new_password_by_mail_begins_all_counts_anew(alice: User, mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.force_login(alice)
    for _ in range(TRIES_IN_FIVE_MINUTES):
        sign_in("wrong")
        try_erasure(client, "wrong")
    reset = Client()
    reset.post("/accounts/password/reset/", {"email": alice.email})
    form = reset.post("/accounts/password/reset/confirm/", {"code": read_code(mailoutbox[-1])}, follow=True)
    new = "another good one"
    reset.post(form.request["PATH_INFO"], {"password1": new, "password2": new})

    assert sign_in(new)[0] == 200
    alice.refresh_from_db()
    client.force_login(alice)
    assert try_reauthentication(client, new) == 200


def test_a_new_password_forgets_nothing_of_an_address_that_another_account_has(
    alice: User, cast: Cast, many_networks: None, mailoutbox: list[EmailMessage]
) -> None:
    EmailAddress.objects.create(user=cast.dave, email=cast.dave.email, verified=True, primary=True)
    EmailAddress.objects.create(user=cast.dave, email=alice.email, verified=False)
    for _ in range(TRIES_IN_FIVE_MINUTES):
        sign_in("wrong")
    reset = Client()
    reset.post("/accounts/password/reset/", {"email": cast.dave.email})
    form = reset.post("/accounts/password/reset/confirm/", {"code": read_code(mailoutbox[-1])}, follow=True)
    reset.post(form.request["PATH_INFO"], {"password1": "another good one", "password2": "another good one"})

    cast.dave.refresh_from_db()
    assert cast.dave.check_password("another good one")
    assert sign_in(PASSWORD)[0] == 429
