"""A session alone takes no account over: what changes how somebody signs in asks for a recent authentication."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.mail import EmailMessage
from django.test import Client
from rest_framework.test import APIClient

from core.accounts.pending_totp import PENDING_SECRET_LIFETIME
from core.accounts.reauthentication import REAUTHENTICATION_MAX_AGE
from core.models import PersonalToken, User
from tests.cast import Cast, current_totp_code, ensure_totp
from tests.core.accounts.sign_in_changes import (
    JSON,
    PASSWORD,
    SECOND,
    Browser,
    asks_again,
    list_changes,
    sign_in_state,
    sign_in_with_factor,
)
from tests.mail_codes import read_code

LATER = REAUTHENTICATION_MAX_AGE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def addresses(cast: Cast) -> None:
    """Alice has two addresses that she has proved, and the second is not the one she signs in by."""
    EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
    EmailAddress.objects.create(user=cast.alice, email=SECOND, verified=True, primary=False)


@pytest.mark.parametrize(("kind", "method", "path", "said"), list_changes(with_factor=False))
def test_an_old_session_is_asked_for_a_proof_and_changes_nothing(
    cast: Cast, now: datetime, mailoutbox: list[EmailMessage], kind: str, method: str, path: str, said: dict[str, Any]
) -> None:
    browser, before = Browser(kind).sign_in(cast.alice), sign_in_state(cast.alice)
    with time_machine.travel(now + LATER, tick=False):
        answer = browser.send(method, path, said)

        assert asks_again(kind, answer)
        assert (sign_in_state(cast.alice), mailoutbox) == (before, [])

        browser.prove()
        assert not asks_again(kind, browser.send(method, path, said))


@pytest.mark.parametrize(("kind", "method", "path", "said"), list_changes(with_factor=False))
def test_who_has_just_signed_in_is_not_asked(
    cast: Cast, kind: str, method: str, path: str, said: dict[str, Any]
) -> None:
    browser = Browser(kind).sign_in(cast.alice)

    assert not asks_again(kind, browser.send(method, path, said))


@pytest.mark.parametrize(("kind", "method", "path", "said"), list_changes(with_factor=True))
def test_so_is_an_old_session_that_would_take_the_factor_away(
    cast: Cast, now: datetime, kind: str, method: str, path: str, said: dict[str, Any]
) -> None:
    ensure_totp(cast.alice)
    RecoveryCodes.activate(cast.alice)
    browser = sign_in_with_factor(kind, cast.alice)
    before = sign_in_state(cast.alice)
    with time_machine.travel(now + LATER, tick=False):
        answer = browser.send(method, path, said)

        assert asks_again(kind, answer)
        browser.prove()  # by the password alone, which may have leaked
        assert asks_again(kind, browser.send(method, path, said))
        assert sign_in_state(cast.alice) == before


@pytest.mark.parametrize(("kind", "method", "path", "said"), list_changes(with_factor=False))
def test_beside_a_factor_a_password_is_no_proof_for_any_change(
    cast: Cast, now: datetime, kind: str, method: str, path: str, said: dict[str, Any]
) -> None:
    ensure_totp(cast.alice)
    browser = sign_in_with_factor(kind, cast.alice)
    before = sign_in_state(cast.alice)
    reading_app = path.endswith("/totp")  # the app that is set up has no secret to read
    with time_machine.travel(now + LATER, tick=False):
        browser.prove()
        answer = browser.send(method, path, said)

        assert reading_app or asks_again(kind, answer)
        assert sign_in_state(cast.alice) == before


@pytest.mark.parametrize("kind", ["app", "browser"])
def test_the_proof_by_password_asks_for_the_factor(cast: Cast, kind: str) -> None:
    ensure_totp(cast.alice)
    browser = sign_in_with_factor(kind, cast.alice)

    answer = browser.send("post", "/auth/reauthenticate", {"password": PASSWORD})

    assert answer.status_code == 401
    flows = {flow["id"] for flow in answer.json()["data"]["flows"]}
    assert "mfa_reauthenticate" in flows
    assert "reauthenticate" not in flows


@pytest.mark.parametrize("path", ["/api/v1/me/tokens", "/api/v1/me/calendar-feed", "/api/v1/me/erasure", "/my-data/"])
def test_nor_for_what_outlives_the_session_or_ends_the_account(cast: Cast, now: datetime, path: str) -> None:
    ensure_totp(cast.alice)
    browser = sign_in_with_factor("page", cast.alice)
    said: dict[str, Any] = {"name": "Script", "scope": "read"} if path.endswith("tokens") else {}
    if path.endswith("erasure"):
        said = {"understands_consequences": True, "password": PASSWORD}
    with time_machine.travel(now + LATER, tick=False):
        browser.prove()
        if path == "/my-data/":
            answer = browser.client.post(path, {"understands_consequences": "on", "password": PASSWORD})
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/accounts/2fa/reauthenticate/")
        else:
            answer = browser.client.post(path, said, content_type=JSON)
            assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")

    assert User.objects.filter(pk=cast.alice.pk, is_active=True).exists()
    assert not PersonalToken.objects.exists()


def test_a_factor_that_is_left_is_asked_for_where_the_one_of_the_session_is_gone(cast: Cast, now: datetime) -> None:
    ensure_totp(cast.alice)
    browser = sign_in_with_factor("page", cast.alice)
    Authenticator.objects.create(user=cast.alice, type="webauthn", data={"name": "Key"})
    Authenticator.objects.filter(user=cast.alice, type="totp").delete()
    with time_machine.travel(now + LATER, tick=False):
        browser.prove()
        answer = browser.client.post("/api/v1/me/tokens", {"name": "S", "scope": "read"}, content_type=JSON)

    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")


@pytest.mark.parametrize("kind", ["page", "app", "browser"])
def test_a_password_is_changed_by_nobody_without_the_old_one(cast: Cast, kind: str) -> None:
    browser, before = Browser(kind).sign_in(cast.alice), sign_in_state(cast.alice)
    new = "quite another one"
    if kind == "page":
        browser.send("post", "/accounts/password/change/", {"oldpassword": "x", "password1": new, "password2": new})
        browser.send("post", "/accounts/password/set/", {"password1": new, "password2": new})
    else:
        for said in ({"new_password": new}, {"new_password": new, "current_password": "x"}):
            assert browser.send("post", "/account/password/change", said).status_code == 400

    assert sign_in_state(cast.alice) == before


@pytest.mark.parametrize("path", ["/api/v1/me/tokens", "/api/v1/me/calendar-feed"])
def test_so_is_what_outlives_the_session(cast: Cast, now: datetime, path: str) -> None:
    browser = Browser("page").sign_in(cast.alice)
    said = {"name": "Script", "scope": "read"} if path.endswith("tokens") else {}
    with time_machine.travel(now + LATER, tick=False):
        answer = browser.client.post(path, said, content_type=JSON)

        assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")
        browser.prove()
        assert browser.client.post(path, said, content_type=JSON).status_code == 201


def test_a_token_opens_no_calendar_feed(cast: Cast, api: Callable[[User | None], APIClient]) -> None:
    token = api(cast.alice).post("/api/v1/me/tokens", {"name": "Script", "scope": "write"}).json()["token"]
    assert PersonalToken.objects.count() == 1

    answer = Client().post("/api/v1/me/calendar-feed", content_type=JSON, headers={"Authorization": f"Bearer {token}"})

    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")


def test_who_has_just_signed_up_sets_a_factor_up_without_the_password_again(mailoutbox: list[EmailMessage]) -> None:
    client = Client()
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": "a new good one"})
    client.post("/accounts/confirm-email/", {"code": read_code(mailoutbox[-1])})

    page = client.get("/accounts/2fa/totp/activate/")

    assert page.status_code == 200
    done = client.post("/accounts/2fa/totp/activate/", {"code": current_totp_code(page.context["form"].secret)})
    assert (done.status_code, Authenticator.objects.filter(type="totp").count()) == (302, 1)


@pytest.mark.parametrize("kind", ["app", "browser"])
def test_so_it_is_in_the_api(mailoutbox: list[EmailMessage], kind: str) -> None:
    browser = Browser(kind)
    answer = browser.send("post", "/auth/signup", {"email": "new@example.org", "password": "a new good one"})
    browser._keep(answer.json())
    answer = browser.send("post", "/auth/email/verify", {"key": read_code(mailoutbox[-1])})
    browser._keep(answer.json())

    secret = browser.send("get", "/account/authenticators/totp", {}).json()["meta"]["secret"]
    done = browser.send("post", "/account/authenticators/totp", {"code": current_totp_code(secret)})

    assert done.status_code == 200


def _read_secret(browser: Browser) -> str:
    if browser.kind == "page":
        secret: str = browser.client.get("/accounts/2fa/totp/activate/").context["form"].secret
        return secret
    secret = browser.send("get", "/account/authenticators/totp", {}).json()["meta"]["secret"]
    return secret


@pytest.mark.parametrize("kind", ["page", "app", "browser"])
def test_loading_the_page_twice_leaves_the_code_that_was_scanned(cast: Cast, now: datetime, kind: str) -> None:
    browser = Browser(kind).sign_in(cast.alice)
    scanned = _read_secret(browser)
    with time_machine.travel(now + PENDING_SECRET_LIFETIME, tick=False):
        assert _read_secret(browser) == scanned
        path = "/accounts/2fa/totp/activate/" if kind == "page" else "/account/authenticators/totp"
        done = browser.send("post", path, {"code": current_totp_code(scanned)})

    assert done.status_code == (302 if kind == "page" else 200)
    assert Authenticator.objects.filter(user=cast.alice, type="totp").exists()


@pytest.mark.parametrize("kind", ["page", "app", "browser"])
def test_after_some_minutes_there_is_a_new_one(cast: Cast, now: datetime, kind: str) -> None:
    browser = Browser(kind).sign_in(cast.alice)
    scanned = _read_secret(browser)
    with time_machine.travel(now + PENDING_SECRET_LIFETIME + timedelta(seconds=1), tick=False):
        browser.prove()

        assert _read_secret(browser) != scanned
