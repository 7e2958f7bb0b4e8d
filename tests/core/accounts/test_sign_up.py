"""Signing up costs a known address the same work as a new one; so do its siblings."""

import re
from collections import Counter
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from core.models import User
from tests.cast import Cast
from tests.mail_codes import read_code

KNOWN, NEW = "alice@example.org", "stranger@example.org"
PASSWORD = "a new good one"
JSON = "application/json"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed: Argon2 makes each of them slow."""

    hashed = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).hashed += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def hasher(settings: Settings) -> type[CountingHasher]:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    return CountingHasher


@pytest.fixture
def confirmed(cast: Cast) -> User:
    EmailAddress.objects.create(user=cast.alice, email=KNOWN, verified=True, primary=True)
    return cast.alice


def sign_up(kind: str, email: str) -> Any:
    if kind == "page":
        return Client().post("/accounts/signup/", {"email": email, "password1": PASSWORD})
    path = f"/api/v1/auth/{kind}/v1/auth/signup"
    return Client().post(path, {"email": email, "password": PASSWORD}, content_type=JSON)


def sign_up_without_password(kind: str, email: str) -> Any:
    return Client().post(f"/api/v1/auth/{kind}/v1/auth/signup", {"email": email}, content_type=JSON)


def reset_password(kind: str, email: str) -> Any:
    if kind == "page":
        return Client().post("/accounts/password/reset/", {"email": email})
    return Client().post(f"/api/v1/auth/{kind}/v1/auth/password/request", {"email": email}, content_type=JSON)


def sign_in(kind: str, email: str) -> Any:
    if kind == "page":
        return Client().post("/accounts/login/", {"login": email, "password": "wrong wrong"})
    path = f"/api/v1/auth/{kind}/v1/auth/login"
    return Client().post(path, {"email": email, "password": "wrong wrong"}, content_type=JSON)


def count_work(asking: Any, kind: str, email: str, letters: list[EmailMessage]) -> dict[str, Any]:
    """What an answer costs: hashes, letters, and rows written."""
    hashed, sent = CountingHasher.hashed, len(letters)
    with CaptureQueriesContext(connection) as queries:
        asking(kind, email)
    written = Counter(
        found[1]
        for query in queries.captured_queries
        if (found := re.search(r'INSERT INTO "(core_user|account_emailaddress)"', query["sql"]))
    )
    return {"hashes": CountingHasher.hashed - hashed, "letters": len(letters) - sent, "rows": written}


@pytest.mark.parametrize("kind", ["page", "app", "browser"])
@pytest.mark.parametrize(
    ("asking", "work"),
    [
        (sign_up, {"hashes": 1, "letters": 1, "rows": {"core_user": 1, "account_emailaddress": 1}}),
        (reset_password, {"hashes": 0, "letters": 1, "rows": {}}),
        (sign_in, {"hashes": 1, "letters": 0, "rows": {}}),
    ],
)
def test_a_known_address_is_as_much_work_as_a_new_one(
    confirmed: User, mailoutbox: list[EmailMessage], kind: str, asking: Any, work: dict[str, Any]
) -> None:
    known, new = (count_work(asking, kind, email, mailoutbox) for email in (KNOWN, NEW))

    assert known == new == work


@pytest.mark.parametrize("kind", ["app", "browser"])
def test_without_a_password_too(confirmed: User, mailoutbox: list[EmailMessage], kind: str) -> None:
    known, new = (count_work(sign_up_without_password, kind, email, mailoutbox) for email in (KNOWN, NEW))

    assert known == new == {"hashes": 0, "letters": 1, "rows": {"core_user": 1, "account_emailaddress": 1}}


@pytest.mark.parametrize("kind", ["page", "app", "browser"])
def test_of_that_work_nothing_is_left(confirmed: User, kind: str) -> None:
    sign_up(kind, KNOWN)

    assert sorted(User.objects.values_list("email", flat=True)) == sorted(
        f"{name}@example.org" for name in ("rita", "carol", "alice", "bob", "dave")
    )
    assert EmailAddress.objects.count() == 1
    confirmed.refresh_from_db()
    assert not confirmed.check_password(PASSWORD)


def test_an_address_that_a_stranger_only_claimed_goes_to_whoever_proves_it(
    confirmed: User, mailoutbox: list[EmailMessage]
) -> None:
    sign_up("page", NEW)
    client, account = Client(), "/api/v1/auth/browser/v1/account/email"
    client.post("/accounts/login/", {"login": KNOWN, "password": "correct horse battery"})
    cache.clear()  # a letter to one address leaves every ten seconds
    client.post(account, {"email": NEW}, content_type=JSON)
    client.post("/api/v1/auth/browser/v1/auth/email/verify", {"key": read_code(mailoutbox[-1])}, content_type=JSON)

    answer = client.patch(account, {"email": NEW, "primary": True}, content_type=JSON)

    assert answer.status_code == 200
    confirmed.refresh_from_db()
    assert confirmed.email == NEW
    assert User.objects.filter(email=NEW).count() == 1


@pytest.mark.parametrize("kind", ["page", "app", "browser"])
def test_a_sign_in_after_a_sign_up_does_not_tell_whether_the_address_was_known(confirmed: User, kind: str) -> None:
    answers = []
    for email in (KNOWN, NEW):
        sign_up(kind, email)
        cache.clear()
        if kind == "page":
            answer = Client().post("/accounts/login/", {"login": email, "password": PASSWORD})
            text = re.sub(r'value="[^"]*"', "", answer.content.decode())
            answers.append((answer.status_code, re.findall("not correct", text)))
        else:
            body = {"email": email, "password": PASSWORD}
            answer = Client().post(f"/api/v1/auth/{kind}/v1/auth/login", body, content_type=JSON)
            answers.append((answer.status_code, answer.json()))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_accounts_have_no_telephone_numbers(confirmed: User, method: str) -> None:
    client = Client()
    client.force_login(confirmed)
    for kind in ("app", "browser"):
        for route in ("account/phone", "auth/phone/verify", "auth/phone/verify/resend"):
            answer = getattr(client, method)(f"/api/v1/auth/{kind}/v1/{route}", content_type=JSON)
            assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["app", "browser"])
def test_a_person_who_lost_the_page_for_the_code_signs_up_again(
    cast: Cast, kind: str, mailoutbox: list[EmailMessage]
) -> None:
    sign_up(kind, NEW)
    cache.clear()
    client = Client()
    path = f"/api/v1/auth/{kind}/v1/auth/signup"
    body = {"email": NEW, "password": f"{PASSWORD} again"}
    signed_up = client.post(path, body, content_type=JSON)
    token = {"X-Session-Token": signed_up.json()["meta"].get("session_token") or ""} if kind == "app" else {}

    verify = f"/api/v1/auth/{kind}/v1/auth/email/verify"
    proved = client.post(verify, {"key": read_code(mailoutbox[-1])}, content_type=JSON, headers=token)

    assert (signed_up.status_code, proved.status_code) == (401, 200)
    assert User.objects.get(email=NEW).check_password(f"{PASSWORD} again")
    assert [address.verified for address in EmailAddress.objects.filter(email=NEW)] == [True]
