"""What is asked at the same moment about one address is answered kindly, and done once."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, connections
from django.test import Client
from pytest_django import DjangoDbBlocker

from core.models import User
from tests.committed_database import use_committed_database
from tests.mail_codes import read_code

NEW, PASSWORD, JSON = "stranger@example.org", "a new good one", "application/json"


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Instead of the transaction in which other tests live: everything is committed, and taken away afterwards."""
    with use_committed_database(django_db_blocker):
        yield


def sign_up(kind: str) -> Any:
    if kind == "page":
        return Client().post("/accounts/signup/", {"email": NEW, "password1": PASSWORD})
    path = f"/api/v1/auth/{kind}/v1/auth/signup"
    return Client().post(path, {"email": NEW, "password": PASSWORD}, content_type=JSON)


AT_ONCE = 4


def at_once(ask: Any) -> list[Any]:
    """What several are answered who ask at the same moment."""
    start = Barrier(AT_ONCE)

    def ask_together(number: int) -> Any:
        start.wait()
        try:
            return ask(number)
        finally:
            connections.close_all()  # the one that counts as well

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask_together, range(AT_ONCE)))


@pytest.mark.parametrize(("kind", "welcome"), [("page", 302), ("app", 401), ("browser", 401)])
def test_four_at_once_with_one_address_make_one_account_and_are_answered_kindly(
    db: None, mailoutbox: list[EmailMessage], kind: str, welcome: int
) -> None:
    answers = at_once(lambda number: sign_up(kind))

    codes = Counter(answer.status_code for answer in answers)
    assert set(codes) <= {welcome, 429}
    assert codes[welcome] >= 1
    assert [user.email for user in User.objects.all()] == [NEW]
    assert EmailAddress.objects.filter(email=NEW).count() == 1
    assert {letter.to[0] for letter in mailoutbox} == {NEW}


def test_one_address_that_two_accounts_prove_at_once_is_proved_by_one(db: None, mailoutbox: list[EmailMessage]) -> None:
    asked = []
    for number in range(AT_ONCE):
        user = User.objects.create_user(f"user{number}@example.org", PASSWORD)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        client = Client()
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE core_ratecounter")  # a letter to one address leaves every ten seconds
        client.post("/accounts/email/", {"email": NEW, "action_add": ""})
        asked.append((client, read_code(mailoutbox[-1])))
    path = "/api/v1/auth/browser/v1/auth/email/verify"

    answers = at_once(lambda number: asked[number][0].post(path, {"key": asked[number][1]}, content_type=JSON))

    codes = Counter(answer.status_code for answer in answers)
    assert codes[200] == 1
    assert set(codes) <= {200, 400, 409}
    assert EmailAddress.objects.filter(email=NEW, verified=True).count() == 1


@pytest.mark.parametrize("kind", ["page", "app", "browser"])
def test_a_mailed_code_is_guessed_at_three_times_even_at_once(
    db: None, mailoutbox: list[EmailMessage], kind: str
) -> None:
    welcome = sign_up(kind)
    cookies = {name: cookie.value for name, cookie in welcome.cookies.items()}
    token = welcome.json()["meta"]["session_token"] if kind == "app" else ""

    def guess(code: str, number: int) -> Any:
        client = Client()
        client.cookies.load(cookies if kind != "app" else {})
        # Outside the API for apps the header says nothing, so it must not make a guess one of another session.
        headers = {"X-Session-Token": token or f"made-up-{number}"}
        if kind == "page":
            return client.post("/accounts/confirm-email/", {"code": code}, headers=headers)
        path = f"/api/v1/auth/{kind}/v1/auth/email/verify"
        return client.post(path, {"key": code}, content_type=JSON, headers=headers)

    answers = [*at_once(lambda number: guess("WRONG1", number)), *at_once(lambda number: guess("WRONG2", number))]
    codes = Counter(answer.status_code for answer in answers)
    last = guess(read_code(mailoutbox[-1]), 99)

    assert 1 <= codes[200 if kind == "page" else 400] <= settings.EMAIL_CODE_GUESSES
    assert last.status_code in ({302, 429} if kind == "page" else {409, 429})
    assert not EmailAddress.objects.get(email=NEW).verified
