"""Tokens for programs of one's own: what they open, for how long, and what ends them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from campaigns.models import Member
from core.accounts.mfa_reset import reset_mfa
from core.accounts.personal_tokens import MAX_TOKENS_PER_USER
from core.models import PersonalToken, User
from tests.cast import Cast, sign_in_browser

TOKENS, ME, MAIL, CAMPAIGNS = "/api/v1/me/tokens", "/api/v1/me", "/api/v1/me/muted-topics", "/api/v1/campaigns"
Api = Callable[[User | None], APIClient]


@pytest.fixture
def made(api: Api, cast: Cast) -> Callable[..., str]:
    """A token of somebody's."""

    def make(user: User, scope: str = "write", **said: Any) -> str:
        answer = api(user).post(TOKENS, {"name": "Script", "scope": scope} | said)
        assert answer.status_code == 201, answer.content
        token: str = answer.json()["token"]
        return token

    return make


def by(token: str) -> APIClient:
    """A program that has nothing but a token."""
    return APIClient(headers={"Authorization": f"Bearer {token}"}, enforce_csrf_checks=True)


def test_a_token_is_shown_once_and_only_its_digest_is_kept(api: Api, cast: Cast, made: Callable[..., str]) -> None:
    token = made(cast.alice)

    assert token.startswith("hrt_")
    kept = PersonalToken.objects.get()
    assert token not in str(kept.__dict__)
    [told] = api(cast.alice).get(TOKENS).json()["results"]
    assert sorted(told) == ["created_at", "expires_at", "id", "last_used_on", "name", "scope"]
    assert (told["name"], told["scope"], told["last_used_on"]) == ("Script", "write", None)


def test_it_speaks_for_whoever_made_it_without_a_cookie_and_without_a_token_against_forgery(
    cast: Cast, made: Callable[..., str]
) -> None:
    program = by(made(cast.alice))

    assert program.get(ME).json()["email"] == "alice@example.org"
    assert program.put(MAIL, {"muted": ["offers"]}).status_code == 200


def test_a_browser_needs_the_token_against_forgery(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    sign_in_browser(browser, cast.alice)

    answer = browser.put(MAIL, {"muted": []}, content_type="application/json")

    assert (answer.status_code, answer.json()["code"]) == (403, "forged")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_one_for_reading_changes_nothing_by_any_method(cast: Cast, made: Callable[..., str], method: str) -> None:
    program = by(made(cast.alice, "read"))

    answer = getattr(program, method)(ME if method == "patch" else MAIL if method == "put" else TOKENS, {})

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_too_small")
    assert program.get(MAIL).status_code == 200


def test_a_read_token_is_refused_at_every_changing_endpoint(cast: Cast, made: Callable[..., str]) -> None:
    program = by(made(cast.alice, "read"))
    endpoints = ["/api/v1/me/calendar-feed", "/api/v1/me/vetoes", "/api/v1/campaigns", "/api/v1/me/notices/mark-read"]

    assert {program.post(endpoint, {}).json()["code"] for endpoint in endpoints} == {"scope_too_small"}


def test_a_token_makes_no_token(cast: Cast, made: Callable[..., str]) -> None:
    answer = by(made(cast.alice)).post(TOKENS, {"name": "Another", "scope": "read"})

    assert (answer.status_code, answer.json()["code"]) == (403, "sign_in_again")
    assert answer.json()["where"] == {"page": "/accounts/reauthenticate/"}


def test_it_takes_a_sign_in_of_just_now(cast: Cast, now: datetime) -> None:
    EmailAddress.objects.create(user=cast.alice, email=cast.alice.email, verified=True, primary=True)
    client = Client()
    client.post("/accounts/login/", {"login": cast.alice.email, "password": "correct horse battery"})
    sent = {"name": "Script", "scope": "read"}
    with time_machine.travel(now + timedelta(minutes=11), tick=False):
        late = client.post(TOKENS, sent, content_type="application/json")
        client.post("/accounts/reauthenticate/", {"password": "correct horse battery"})
        again = client.post(TOKENS, sent, content_type="application/json")

    assert (late.status_code, late.json()["code"]) == (403, "sign_in_again")
    assert late.json()["where"]["api"]["path"] == "/api/v1/auth/browser/v1/auth/reauthenticate"
    assert again.status_code == 201


def test_with_the_second_factor_where_ones_role_asks_for_it(cast: Cast, now: datetime) -> None:
    client = Client()
    client.force_login(cast.carol)
    sent = {"name": "Script", "scope": "read"}
    without = client.post(TOKENS, sent, content_type="application/json")
    sign_in_browser(client, cast.carol, is_long_ago=True)
    long_ago = client.post(TOKENS, sent, content_type="application/json")

    assert without.json()["code"] == "second_factor_needed"
    assert long_ago.json()["code"] == "sign_in_again"
    factor_again = {
        "method": "POST",
        "path": "/api/v1/auth/browser/v1/auth/2fa/reauthenticate",
        "operation_id": "proveByFactor",
    }
    assert long_ago.json()["where"] == {"page": "/accounts/reauthenticate/", "api": factor_again}


def test_one_from_before_a_promotion_shows_nothing_of_others(
    cast: Cast, made: Callable[..., str], now: datetime
) -> None:
    program = by(made(cast.dave))
    assert program.get(CAMPAIGNS).status_code == 200

    Member.objects.create(campaign=cast.campaign, user=cast.dave, position="manager", since=now)

    assert program.get(CAMPAIGNS).json()["code"] == "second_factor_needed"
    assert program.get(ME).status_code == 200


def test_one_made_with_a_factor_shows_others_while_the_factor_is_there(cast: Cast, made: Callable[..., str]) -> None:
    sign_in_browser(Client(), cast.carol)
    program = by(made(cast.carol))
    assert program.get(CAMPAIGNS).status_code == 200

    Authenticator.objects.all().delete()

    assert program.get(CAMPAIGNS).json()["code"] == "second_factor_needed"


def new_password(cast: Cast) -> None:
    cast.alice.set_password("another good one")
    cast.alice.save()


def deactivated(cast: Cast) -> None:
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)


def factor_reset(cast: Cast) -> None:
    reset_mfa(email=cast.alice.email, at=datetime.fromisoformat("2026-03-02T12:00:00+00:00"))


@pytest.mark.parametrize("end", [new_password, deactivated, factor_reset])
def test_it_ends_as_sessions_do(cast: Cast, made: Callable[..., str], end: Callable[[Cast], None]) -> None:
    program = by(made(cast.alice))

    end(cast)

    answer = program.get(ME)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_over")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_it_ends_when_its_days_are_over(cast: Cast, made: Callable[..., str], now: datetime) -> None:
    program = by(made(cast.alice, days=7))

    with time_machine.travel(now + timedelta(days=7) - timedelta(seconds=1), tick=False):
        assert program.get(ME).status_code == 200
    with time_machine.travel(now + timedelta(days=7), tick=False):
        assert program.get(ME).status_code == 401


def test_it_ends_when_it_is_taken_back(api: Api, cast: Cast, made: Callable[..., str]) -> None:
    program = by(made(cast.alice))
    [told] = api(cast.alice).get(TOKENS).json()["results"]

    assert api(cast.bob).delete(f"{TOKENS}/{told['id']}").status_code == 404
    assert program.get(ME).status_code == 200
    assert api(cast.alice).delete(f"{TOKENS}/{told['id']}").status_code == 204

    assert program.get(ME).status_code == 401
    assert api(cast.alice).get(TOKENS).json()["results"] == []


def test_no_more_than_ten_and_those_that_are_over_do_not_count(
    api: Api, cast: Cast, made: Callable[..., str], now: datetime
) -> None:
    for _ in range(MAX_TOKENS_PER_USER):
        made(cast.alice, days=1)
    refused = api(cast.alice).post(TOKENS, {"name": "One more", "scope": "read"})
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    made(cast.bob)

    with time_machine.travel(now + timedelta(days=1), tick=False):
        made(cast.alice)
    assert cast.alice.tokens.count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [({"days": 366}, "days"), ({"days": 0}, "days"), ({"scope": "all"}, "scope"), ({"name": " "}, "name")],
)
def test_a_token_that_cannot_be_is_named(api: Api, cast: Cast, said: dict[str, Any], field: str) -> None:
    answer = api(cast.alice).post(TOKENS, {"name": "Script", "scope": "read"} | said)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_the_database_holds_no_token_for_longer_than_a_year(cast: Cast, now: datetime) -> None:
    good = {"user": cast.alice, "scope": "read", "token_digest": "d", "has_mfa": False, "created_at": now}
    for wrong in ({"expires_at": now + timedelta(days=366)}, {"expires_at": now}):
        with pytest.raises(IntegrityError, match="core_personaltoken_ends"), transaction.atomic():
            PersonalToken.objects.create(**(good | wrong))


def test_of_its_use_the_day_is_kept_and_no_more(api: Api, cast: Cast, made: Callable[..., str], now: datetime) -> None:
    program = by(made(cast.alice))
    program.get(ME)
    assert api(cast.alice).get(TOKENS).json()["results"][0]["last_used_on"] == str(now.date())


def test_one_in_the_address_is_refused_whoever_asks(api: Api, cast: Cast, made: Callable[..., str]) -> None:
    token = made(cast.alice)

    for client in (APIClient(), by(token)):
        for name in ("access_token", "token", "x"):
            answer = client.get(ME, {name: token})
            assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer hrt_nothing", "bearer x y z"])
def test_one_that_is_none_of_ours_opens_nothing_even_beside_a_session(cast: Cast, header: str) -> None:
    client = Client(headers={"Authorization": header})
    sign_in_browser(client, cast.alice)

    assert client.get(ME).status_code == 401


def test_it_opens_no_page_and_not_the_admin(cast: Cast, made: Callable[..., str]) -> None:
    sign_in_browser(Client(), cast.rita)

    assert by(made(cast.rita)).get("/admin/").status_code == 302


ELSEWHERE = "https://app.example"


def test_a_frontend_elsewhere_is_let_in_by_its_exact_origin_and_never_with_cookies(
    cast: Cast, settings: Settings
) -> None:
    settings.CORS_ALLOWED_ORIGINS = [ELSEWHERE]
    asked = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,if-match"}

    first = Client().options(MAIL, headers={"Origin": ELSEWHERE} | asked)
    assert first["Access-Control-Allow-Origin"] == ELSEWHERE
    assert "authorization" in first["Access-Control-Allow-Headers"]
    assert not first.has_header("Access-Control-Allow-Credentials")
    for origin in ("https://app.example.evil", "http://app.example", "https://sub.app.example", "null"):
        assert not Client().options(MAIL, headers={"Origin": origin} | asked).has_header("Access-Control-Allow-Origin")
    assert not Client().get("/", headers={"Origin": ELSEWHERE}).has_header("Access-Control-Allow-Origin")
    answer = Client().get(ME, headers={"Origin": ELSEWHERE})
    assert answer.status_code == 401
    assert "Retry-After" in answer["Access-Control-Expose-Headers"]


def test_nobody_elsewhere_is_let_in_unless_it_is_set(db: None) -> None:
    assert not Client().get(ME, headers={"Origin": ELSEWHERE}).has_header("Access-Control-Allow-Origin")
