"""A new password that is much like the address is refused, wherever one is set."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client

from core.models import User
from tests.cast import Cast, sign_in_browser
from tests.mail_codes import read_code

JSON = "application/json"
APP = "/api/v1/auth/browser/v1"
PASSWORD = "correct horse battery"
ADDRESS = "merriweather@example.org"
ALIKE = ("merriweather@example.org", "Merriweather", "merriweather1")


@pytest.fixture
def user(cast: Cast) -> User:
    User.objects.filter(pk=cast.alice.pk).update(email=ADDRESS)
    EmailAddress.objects.filter(user=cast.alice).delete()
    EmailAddress.objects.create(user=cast.alice, email=ADDRESS, verified=True, primary=True)
    cast.alice.refresh_from_db()
    return cast.alice


def sign_up(client: Client, password: str, letters: list[EmailMessage]) -> Any:
    return client.post(f"{APP}/auth/signup", {"email": "merriweather@example.net", "password": password}, JSON)


def sign_up_by_page(client: Client, password: str, letters: list[EmailMessage]) -> Any:
    return client.post("/accounts/signup/", {"email": "merriweather@example.net", "password1": password})


def reset(client: Client, password: str, letters: list[EmailMessage]) -> Any:
    client.post(f"{APP}/auth/password/request", {"email": ADDRESS}, JSON)
    return client.post(f"{APP}/auth/password/reset", {"key": read_code(letters[-1]), "password": password}, JSON)


def reset_by_page(client: Client, password: str, letters: list[EmailMessage]) -> Any:
    confirm = client.post("/accounts/password/reset/", {"email": ADDRESS})["Location"]
    complete = client.post(confirm, {"code": read_code(letters[-1])})["Location"]
    return client.post(complete, {"password1": password, "password2": password})


def change(client: Client, password: str, letters: list[EmailMessage]) -> Any:
    sign_in_browser(client, User.objects.get(email=ADDRESS))
    body = {"current_password": PASSWORD, "new_password": password}
    return client.post(f"{APP}/account/password/change", body, JSON)


def change_by_page(client: Client, password: str, letters: list[EmailMessage]) -> Any:
    sign_in_browser(client, User.objects.get(email=ADDRESS))
    said = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    return client.post("/accounts/password/change/", said)


@pytest.mark.parametrize("password", ALIKE)
@pytest.mark.parametrize("set_password", [sign_up, sign_up_by_page, reset, reset_by_page, change, change_by_page])
def test_a_password_like_the_address_is_refused(
    user: User, mailoutbox: list[EmailMessage], set_password: Callable[..., Any], password: str
) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    accounts = User.objects.count()

    refused = set_password(Client(), password, mailoutbox)

    assert "too similar" in refused.content.decode(), refused.content
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert User.objects.count() == accounts


@pytest.mark.parametrize("set_password", [sign_up, sign_up_by_page, reset, reset_by_page, change, change_by_page])
def test_another_password_is_taken(
    user: User, mailoutbox: list[EmailMessage], set_password: Callable[..., Any]
) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])

    taken = set_password(Client(), "a lamp beside stairs", mailoutbox)

    assert "too similar" not in taken.content.decode()
    assert taken.status_code in (200, 302, 401)
