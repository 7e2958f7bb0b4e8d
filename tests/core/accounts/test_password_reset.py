"""A new password by a code that is mailed, for apps and on pages."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.headless import app_settings as headless_settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.test import Client

from tests.cast import Cast
from tests.mail_codes import read_code

AUTH = "/api/v1/auth/app/v1/auth"
NEW, OTHER, JSON = "another good one", "yet another one", "application/json"
COMPLETE = "/accounts/password/reset/complete/"


def lookup_session(headers: dict[str, str]) -> Any:
    """The session of an app."""
    return headless_settings.TOKEN_STRATEGY.lookup_session(headers["X-Session-Token"])


@pytest.fixture
def send(settings: Any) -> Callable[..., Any]:
    """Return a function that sends as an app does, to a host that is not the site's own."""
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://hands.example", ["*"]
    client = Client(headers={"Host": "elsewhere.example"})

    def send_as_app(method: str, path: str, body: dict[str, str] | None = None, **headers: str) -> Any:
        options = {"content_type": JSON} if body else {}
        return getattr(client, method)(f"{AUTH}/{path}", body, headers=headers, **options)

    return send_as_app


def test_an_app_sets_a_new_password_with_the_code(
    cast: Cast, send: Callable[..., Any], mailoutbox: list[EmailMessage]
) -> None:
    asked = send("post", "password/request", {"email": cast.alice.email})
    session = {"X-Session-Token": asked.json()["meta"]["session_token"]}
    code = read_code(mailoutbox[-1])

    right = send("get", "password/reset", **session, **{"X-Password-Reset-Key": code})
    set_now = send("post", "password/reset", {"key": code, "password": NEW}, **session)

    assert (asked.status_code, right.status_code, set_now.status_code) == (401, 200, 401)
    cast.alice.refresh_from_db()
    assert cast.alice.check_password(NEW)
    for letter in mailoutbox:
        assert "elsewhere.example" not in f"{letter.subject}{letter.body}"
        assert "https://hands.example" in str(letter.body)


def test_a_code_for_a_password_is_guessed_at_three_times_at_most(
    cast: Cast, send: Callable[..., Any], mailoutbox: list[EmailMessage]
) -> None:
    asked = send("post", "password/request", {"email": cast.alice.email})
    session = {"X-Session-Token": asked.json()["meta"]["session_token"]}

    wrong = [
        send("post", "password/reset", {"key": f"WRONG{number}", "password": NEW}, **session).status_code
        for number in range(11)
    ]

    assert wrong == [400] * 3 + [409] * 7 + [429]
    code = read_code(mailoutbox[-1])
    assert send("post", "password/reset", {"key": code, "password": NEW}, **session).status_code == 429
    cast.alice.refresh_from_db()
    assert not cast.alice.check_password(NEW)


def test_a_code_sets_one_password_in_an_app(
    cast: Cast, send: Callable[..., Any], mailoutbox: list[EmailMessage]
) -> None:
    asked = send("post", "password/request", {"email": cast.alice.email})
    session = {"X-Session-Token": asked.json()["meta"]["session_token"]}
    stored, code = Session.objects.get(pk=lookup_session(session).session_key), read_code(mailoutbox[-1])
    before = stored.session_data

    first = send("post", "password/reset", {"key": code, "password": NEW}, **session)
    # A request at the same moment has read the session before the first one changed it.
    Session.objects.filter(pk=stored.pk).update(session_data=before)
    second = send("post", "password/reset", {"key": code, "password": OTHER}, **session)

    assert (first.status_code, second.status_code) == (401, 409)
    cast.alice.refresh_from_db()
    assert cast.alice.check_password(NEW)


def test_a_code_sets_one_password_on_pages(cast: Cast, client: Client, mailoutbox: list[EmailMessage]) -> None:
    client.post("/accounts/password/reset/", {"email": cast.alice.email})
    client.post("/accounts/password/reset/confirm/", {"code": read_code(mailoutbox[-1])})
    before = dict(client.session)

    client.post(COMPLETE, {"password1": NEW, "password2": NEW})
    session = client.session
    session.update(before)
    session.save()
    second = client.post(COMPLETE, {"password1": OTHER, "password2": OTHER})

    assert (second.status_code, second["Location"]) == (302, "/accounts/password/reset/")
    cast.alice.refresh_from_db()
    assert cast.alice.check_password(NEW)


def test_a_letter_to_an_unknown_address_leads_to_our_site(
    cast: Cast, send: Callable[..., Any], mailoutbox: list[EmailMessage]
) -> None:
    send("post", "password/request", {"email": "nobody@example.org"})

    assert "https://hands.example/accounts/signup/" in str(mailoutbox[-1].body)


@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_codes_do_not_tell_whether_there_is_an_account(cast: Cast, method: str) -> None:
    def guess(email: str) -> list[tuple[int, Any]]:
        client = Client()
        asked = client.post(f"{AUTH}/password/request", {"email": email}, JSON)
        session = {"X-Session-Token": asked.json()["meta"]["session_token"]}
        path, body = f"{AUTH}/password/reset", {"password": "1"}
        answers = [
            client.get(path, headers=session | {"X-Password-Reset-Key": f"WRONG{number}"})
            if method == "get"
            else client.post(path, body | {"key": f"WRONG{number}"}, JSON, headers=session)
            for number in range(5)
        ]
        return [(answer.status_code, answer.json().get("errors")) for answer in answers]

    known, unknown = guess(cast.alice.email), guess("nobody@example.org")

    assert known == unknown
    assert [status for status, _errors in known] == [400, 400, 400, 409, 409]
