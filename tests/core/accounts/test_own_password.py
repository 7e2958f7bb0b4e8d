"""A password that is asked for once more: wrong ones count together, wherever they are typed."""

import json
from collections.abc import Callable
from itertools import cycle, islice

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client

from core.models import User
from tests.cast import Cast

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


def try_sign_in(client: Client, password: str) -> int:
    return send(Client(), "POST", f"{APP}/auth/login", email="alice@example.org", password=password)


PLACES: list[Try] = [
    *(try_erasure, try_erasure_page, try_change, try_change_page, try_reauthentication, try_sign_in),
]


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
