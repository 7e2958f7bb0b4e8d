"""A request that is sent again under its key is done once."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from rest_framework.test import APIClient

from campaigns.models import Campaign
from core.api.idempotency_keys import delete_expired_keys
from core.models import IdempotencyKey, User
from tests.api.document import list_operations
from tests.cast import Cast

Api = Callable[[User | None], APIClient]

CAMPAIGN = {
    "name": "Roe for Mayor",
    "candidate": "Pat Roe",
    "office": "Mayor",
    "level": "local",
    "jurisdiction": "US-WA",
    "election_on": "2030-11-05",
}
PATH = "/api/v1/campaigns"


def test_the_same_key_gets_the_same_answer_and_does_nothing_twice(api: Api, cast: Cast) -> None:
    first, second = (api(cast.dave).post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"}) for _ in range(2))

    assert (first.status_code, second.status_code, second.json()) == (201, 201, first.json())
    assert (first.has_header("Idempotent-Replayed"), second["Idempotent-Replayed"]) == (False, "true")
    assert first["Location"] == second["Location"] == f"http://testserver{PATH}/{first.json()['id']}"
    assert Campaign.objects.filter(name="Roe for Mayor").count() == 1


def test_the_header_of_a_repeated_answer_is_described() -> None:
    silent = [
        f"{method} {path} {status}"
        for path, method, operation in list_operations()
        if any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", ()))
        for status, response in operation["responses"].items()
        if status.startswith("2") and "Idempotent-Replayed" not in response.get("headers", {})
    ]

    assert silent == []


def test_only_what_holds_a_secret_is_created_without_a_key() -> None:
    keyless = {
        path
        for path, method, operation in list_operations()
        if method == "post" and {"201", "202"} & operation["responses"].keys()
        if all(one["name"] != "Idempotency-Key" for one in operation.get("parameters", ()))
    }

    assert keyless == {"/api/v1/me/tokens", "/api/v1/me/calendar-feed"}
    said = (settings.BASE_DIR / "docs/reference/api.md").read_text()
    assert [path for path in keyless if f"`POST {path}`" not in said] == []


def test_a_key_that_comes_with_another_request_is_refused(api: Api, cast: Cast) -> None:
    api(cast.dave).post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"})

    other = api(cast.dave).post(PATH, CAMPAIGN | {"candidate": "Lee Poe"}, headers={"Idempotency-Key": "one"})

    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert "Use a new key" in other.json()["detail"]


def test_the_same_body_in_another_order_is_the_same_request(api: Api, cast: Cast) -> None:
    first = api(cast.dave).post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"})

    reordered = json.dumps(dict(reversed(CAMPAIGN.items())), indent=2)
    again = api(cast.dave).post(PATH, reordered, content_type="application/json", headers={"Idempotency-Key": "one"})

    assert (again.status_code, again.json()) == (201, first.json())


def test_what_was_refused_is_not_remembered(api: Api, cast: Cast) -> None:
    bad = CAMPAIGN | {"jurisdiction": "XX"}
    assert api(cast.dave).post(PATH, bad, headers={"Idempotency-Key": "one"}).status_code == 400

    assert api(cast.dave).post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"}).status_code == 201


def test_keys_belong_to_whoever_sends_them(api: Api, cast: Cast) -> None:
    api(cast.dave).post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"})

    other = api(cast.bob).post(PATH, CAMPAIGN | {"candidate": "Lee Poe"}, headers={"Idempotency-Key": "one"})

    assert other.status_code == 201
    assert api(None).post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"}).status_code == 401


@pytest.mark.parametrize("key", ["", "x" * 101])
def test_a_key_that_is_none_is_named(api: Api, cast: Cast, key: str) -> None:
    answer = api(cast.dave).post(PATH, CAMPAIGN, headers={"Idempotency-Key": key})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Idempotency-Key"])


def test_keys_are_forgotten_after_a_day(api: Api, cast: Cast, now: datetime) -> None:
    api(cast.dave).post(PATH, CAMPAIGN, headers={"Idempotency-Key": "one"})

    assert [delete_expired_keys(at=now + timedelta(hours=23)), delete_expired_keys(at=now + timedelta(days=1))] == [
        0,
        1,
    ]
    assert not IdempotencyKey.objects.exists()
