from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.runs.actions.policies import activate_policy, draft_policy
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast

Api = Callable[[User | None], APIClient]
PATH = "/api/v1/policies"


def test_a_change_of_the_rules_is_a_new_version_with_a_date(api: Api, cast: Cast, now: datetime) -> None:
    before = get_active_policy()

    made = api(cast.rita).post(PATH, {"name": "Gentler", "offer_hours": 72})
    assert (made.status_code, made.json()["state"], made.json()["number"]) == (201, "draft", before.number + 1)
    assert (made.json()["offer_hours"], made.json()["weight_priority"]) == (72, before.weights["priority"])
    assert get_active_policy() == before
    put = api(cast.rita).post(f"{PATH}/{made.json()['id']}/activate")

    assert (put.status_code, put.json()["state"]) == (200, "active")
    assert get_active_policy().activated_at == now
    before.refresh_from_db()
    assert (before.state, before.offer_hours) == ("retired", 48)
    assert queue_run(actor=cast.rita, at=now).policy == get_active_policy()
    assert api(cast.rita).post(f"{PATH}/{made.json()['id']}/activate").status_code == 409


def test_everybody_may_read_what_is_in_force_and_reviewers_what_was(api: Api, cast: Cast) -> None:
    told = api(cast.alice).get(f"{PATH}/active")

    assert (told.status_code, told.json()["offer_hours"]) == (200, 48)
    assert api(cast.alice).get(PATH).status_code == 403
    assert [one["state"] for one in api(cast.rita).get(PATH).json()["results"]] == ["active"]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("offer_hours", 0),
        ("priority", 1001),
        ("priority", -1),
        ("level", 40000),
        ("time_zone", "Mars"),
        ("kindness", 3),
        ("state", "active"),
        ("number", 9),
        ("activated_at", "2026-01-01"),
        ("name", ""),
    ],
)
def test_what_a_rule_cannot_be_is_refused_by_name(api: Api, cast: Cast, rule: str, value: object) -> None:
    answer = api(cast.rita).post(PATH, {"name": "N", rule: value})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [rule])
    assert Policy.objects.count() == 1


def test_only_reviewers_write_rules(cast: Cast, now: datetime) -> None:
    draft = draft_policy(actor=cast.rita, name="New", changes={})
    with pytest.raises(NotAllowed):
        draft_policy(actor=cast.carol, name="Mine", changes={})
    with pytest.raises(NotAllowed):
        activate_policy(actor=cast.carol, policy=draft, at=now)
    with pytest.raises(Invalid):
        draft_policy(actor=cast.rita, name="New", changes={"public_id": 3})
    with pytest.raises(WrongState):
        activate_policy(actor=cast.rita, policy=get_active_policy(), at=now)


def test_the_list_takes_one_query(api: Api, cast: Cast) -> None:
    for _ in range(2):
        draft_policy(actor=cast.rita, name="Another", changes={})
    with CaptureQueriesContext(connection) as captured:
        assert len(api(cast.rita).get(PATH).json()["results"]) == 3
    assert len(captured) == 1


def test_a_run_says_where_to_watch_it(api: Api, cast: Cast) -> None:
    answer = api(cast.rita).post("/api/v1/runs", {"dry_run": True})

    assert answer.status_code == 202
    assert api(cast.rita).get(answer["Location"]).json()["id"] == answer.json()["id"]
