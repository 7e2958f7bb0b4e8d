"""Whoever comes too often is told how long to wait, whatever they do; and nobody is told who is here."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle

from core.api.throttles import AnonReadThrottle, AnonWriteThrottle, DatabaseThrottle, UserReadThrottle
from core.models import User
from core.privacy.throttles import ExportThrottle
from tests.cast import Cast

AUTH = "/api/v1/auth/app/v1/auth"
Api = Callable[[User | None], APIClient]
KNOWN, UNKNOWN = "alice@example.org", "stranger@example.org"
NEW = "a new good one"


def send(path: str, said: dict[str, Any], **headers: str) -> Any:
    return Client().post(path, said, content_type="application/json", headers=headers)


@pytest.fixture(autouse=True)
def _confirmed(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.alice, email=KNOWN, verified=True, primary=True)


def shape(answer: Any) -> tuple[int, Any]:
    """The status, and the body without what is chance."""
    told = answer.json()
    told.get("meta", {}).pop("session_token", None)
    return answer.status_code, told


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("login", {"password": "wrong wrong wrong"}),
        ("signup", {"password": NEW}),
        ("password/request", {}),
    ],
)
def test_the_api_answers_a_known_address_as_an_unknown_one(path: str, said: dict[str, str]) -> None:
    known, unknown = (send(f"{AUTH}/{path}", said | {"email": email}) for email in (KNOWN, UNKNOWN))

    assert shape(known) == shape(unknown)
    assert sorted(known.headers) == sorted(unknown.headers)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("login", {"password": "wrong wrong wrong"}),
        ("signup", {"password1": NEW}),
        ("password/reset", {}),
    ],
)
def test_the_pages_do_too(path: str, said: dict[str, str]) -> None:
    answers = []
    for email in (KNOWN, UNKNOWN):
        name = "login" if path == "login" else "email"
        page = Client().post(f"/accounts/{path}/", said | {name: email}, follow=True)
        text = page.content.decode().replace(email, "THEM")
        answers.append((page.redirect_chain, page.status_code, text.count("errorlist"), len(text.split())))

    assert answers[0] == answers[1]


def test_who_is_known_already_hears_of_it_by_mail_alone(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    send(f"{AUTH}/signup", {"email": KNOWN, "password": NEW})

    [letter] = mailoutbox
    assert letter.to == [KNOWN]
    assert User.objects.filter(email=KNOWN).count() == 1
    assert cast.alice.check_password("correct horse battery")


@pytest.mark.parametrize(
    ("path", "said", "times"),
    [
        ("/accounts/login/", {"login": "a{}@example.org", "password": "x"}, 30),
        ("/accounts/signup/", {"email": "a{}@example.org", "password1": "x"}, 20),
        ("/accounts/password/reset/", {"email": "a{}@example.org"}, 20),
    ],
)
def test_one_address_that_knocks_too_often_waits_a_minute(path: str, said: dict[str, str], times: int) -> None:
    answers = [
        Client().post(path, {name: value.format(number) for name, value in said.items()}) for number in range(times + 1)
    ]

    assert 429 not in [answer.status_code for answer in answers[:10]]
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "60")
    assert "Wait a minute" in answers[-1].content.decode()


def test_a_password_is_not_guessed_from_many_addresses(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        said = {"email": KNOWN, "password": f"wrong {number}"}
        send(f"{AUTH}/login", said, **{"X-Forwarded-For": f"192.0.2.{number}"})

    right = send(f"{AUTH}/login", {"email": KNOWN, "password": "correct horse battery"})

    message = "Too many requests. Try again in 5 minutes."
    body = {"status": 429, "errors": [{"message": message, "code": "throttled"}]}
    assert (right.status_code, right.json(), right["Retry-After"]) == (429, body, "300")


def test_an_address_that_somebody_only_claims_makes_nobody_else_of_them(
    api: Api, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnonReadThrottle, "rate", "2/min", raising=False)

    codes = [
        api(None).get("/api/v1/skills", headers={"X-Forwarded-For": f"192.0.2.{number}"}).status_code
        for number in range(3)
    ]

    assert codes == [200, 200, 429]


def test_who_reads_too_much_is_told_how_long_to_wait(api: Api, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UserReadThrottle, "rate", "2/min", raising=False)
    client = api(cast.alice)

    answers = [client.get("/api/v1/me") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert (answers[-1].json()["code"], answers[-1]["Retry-After"]) == ("throttled", "60")
    assert api(cast.bob).get("/api/v1/me").status_code == 200
    assert client.patch("/api/v1/me", {"language": "en"}).status_code == 200


def test_everything_about_oneself_is_not_asked_for_all_the_time(
    api: Api, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExportThrottle, "rate", "1/hour", raising=False)
    client = api(cast.alice)

    answers = [client.get("/api/v1/me/personal-data") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[-1]["Retry-After"] == "3600"


def test_refused_requests_with_a_key_count_too(api: Api, cast: Cast) -> None:
    client = api(cast.alice)

    codes = [
        client.post("/api/v1/campaigns", {}, headers={"Idempotency-Key": f"key {number}"}).status_code
        for number in range(180)
    ]

    assert (codes.count(400), codes.count(429)) == (120, 60)
    assert codes[119:121] == [400, 429]


@pytest.mark.parametrize(("path", "limit"), [("/api/v1/skills", 30), (f"{AUTH}/login", 10)])
def test_an_ipv6_network_is_one_caller(path: str, limit: int, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnonReadThrottle, "rate", "30/min", raising=False)

    def ask(address: str, number: int) -> int:
        said = {"email": f"s{number}@example.org", "password": "wrong wrong"}
        client = Client(REMOTE_ADDR=address)
        answer = client.get(path) if path.endswith("skills") else client.post(path, said, "application/json")
        return int(answer.status_code)

    codes = [ask(f"2001:db8:0:1::{number:x}", number) for number in range(1, limit + 2)]

    assert 429 not in codes[:limit]
    assert codes[limit] == 429
    assert ask("2001:db8:0:2::1", 40) != 429


def test_an_ipv4_address_inside_an_ipv6_one_signs_in_as_itself(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "1/m/ip"}
    said = {"email": UNKNOWN, "password": "wrong wrong"}

    codes = [
        Client(REMOTE_ADDR=address).post(f"{AUTH}/login", said, "application/json").status_code
        for address in ("::ffff:192.0.2.1", "::ffff:192.0.2.2", "::ffff:192.0.2.2")
    ]

    assert codes == [400, 400, 429]


def test_an_ipv6_network_is_one_caller_that_changes(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AnonWriteThrottle, "rate", "2/min", raising=False)

    codes = [
        Client(REMOTE_ADDR=address).post("/api/v1/candidate/managers", {}, "application/json").status_code
        for address in ("2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:1::3", "::ffff:192.0.2.1", "192.0.2.2")
    ]

    assert codes == [400, 400, 429, 400, 400]


def list_rate_limits() -> list[type[SimpleRateThrottle]]:
    """Every limit that has a rate in the settings."""
    waiting: list[type[SimpleRateThrottle]] = [SimpleRateThrottle]
    limits = []
    while waiting:
        limit = waiting.pop()
        waiting += limit.__subclasses__()
        if limit.__dict__.get("scope") in SimpleRateThrottle.THROTTLE_RATES:
            limits.append(limit)
    return limits


def test_every_limit_but_those_on_reading_is_counted_in_the_database() -> None:
    limits = list_rate_limits()

    assert {limit.scope for limit in limits} == set(SimpleRateThrottle.THROTTLE_RATES)
    assert {limit.scope for limit in limits if not issubclass(limit, DatabaseThrottle)} == {
        "reading",
        "anonymous-reading",
    }


def test_a_mailed_code_is_guessed_at_ten_times_at_most(cast: Cast) -> None:
    token = send(f"{AUTH}/signup", {"email": UNKNOWN, "password": NEW}).json()["meta"]["session_token"]

    codes = [
        send(f"{AUTH}/email/verify", {"key": f"wrong{number}"}, **{"X-Session-Token": token}).status_code
        for number in range(12)
    ]

    assert codes == [400] * 3 + [409] * 7 + [429] * 2
