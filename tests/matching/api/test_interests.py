"""Say of an open role by the API: "I'd like this"."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.models import Role
from core.models import User
from matching.lifecycle.actions.interests import withdraw_interest
from matching.models import Interest
from matching.open_roles.actions import interests
from tests.cast import Cast, create_user, create_volunteer

Api = Callable[[User | None], APIClient]
PATH = "/api/v1/me/interests"

SHOWN_KEYS = {"id", "open_role", "role_name", "since", "answer_due_at", "ended_at", "interest_end", "explanation"}
"""All that a volunteer is shown. A new key needs a reason, and a look at what it tells of the campaign."""


def like(api: Api, user: User, **headers: str) -> Any:
    return api(user).post(PATH, {"open_role": str(Role.objects.get().board_id)}, headers=headers)


def test_a_volunteer_asks_for_a_role_and_takes_it_back(api: Api, cast: Cast, now: datetime) -> None:
    Role.objects.update(name="Front end for Kim Doe")
    made = like(api, cast.alice)
    assert made.status_code == 201
    assert made.json().keys() == SHOWN_KEYS
    assert (made.json()["role_name"], made.json()["interest_end"]) == ("Front end", None)
    assert "Kim" not in made.content.decode()
    assert like(api, cast.alice).json() == made.json()
    assert api(cast.alice).get(PATH).json()["results"] == [made.json()]

    assert api(cast.bob).delete(made["Location"]).status_code == 404
    assert api(cast.alice).delete(made["Location"]).status_code == 204

    (row,) = api(cast.alice).get(PATH).json()["results"]
    assert (row["interest_end"], row["explanation"]) == ("withdrawn", "You took it back.")


def test_the_answer_says_why_not(api: Api, cast: Cast, now: datetime) -> None:
    unfit = like(api, cast.bob)
    assert (unfit.status_code, [*unfit.json()["errors"]]) == (400, ["open_role"])
    unknown = api(cast.alice).post(PATH, {"open_role": str(uuid4())})
    assert (unknown.status_code, [*unknown.json()["errors"]]) == (404, ["open_role"])
    assert like(api, cast.dave).status_code == 404
    assert not Interest.objects.exists()


def test_one_too_many_and_a_pause_have_names_of_their_own(
    api: Api, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(interests, "MAX_OPEN_INTERESTS", 0)
    over = like(api, cast.alice)
    assert (over.status_code, over.json()["code"]) == (409, "too_many")

    api(cast.alice).post("/api/v1/me/availability/pause", {"is_paused": True})
    paused = like(api, cast.alice)
    assert (paused.status_code, paused.json()["code"]) == (409, "wrong_state")


def test_while_it_waits_in_a_pause_it_has_no_date(api: Api, cast: Cast, now: datetime) -> None:
    alice = api(cast.alice)
    promised = like(api, cast.alice).json()["answer_due_at"]

    def read_date() -> str | None:
        (row,) = alice.get(PATH).json()["results"]
        date: str | None = row["answer_due_at"]
        return date

    dates = [read_date()]
    for is_paused in (True, False, True):
        alice.post("/api/v1/me/availability/pause", {"is_paused": is_paused})
        dates.append(read_date())
    withdraw_interest(actor=cast.alice, interest=Interest.objects.get(), at=timezone.now())

    assert (dates[0], dates[1], dates[3]) == (promised, None, None)
    assert read_date() == dates[2] is not None


def test_only_the_volunteer_sees_it(api: Api, cast: Cast, now: datetime) -> None:
    like(api, cast.alice)

    for user in (cast.bob, cast.carol, cast.rita):
        assert api(user).get(PATH).json()["results"] == []


def test_the_list_takes_these_statements_however_long_it_is(api: Api, cast: Cast, now: datetime) -> None:
    create_volunteer(create_user("zoe"), now)
    counts = []
    for _ in range(2):
        made = like(api, cast.alice).json()
        api(cast.alice).delete(f"{PATH}/{made['id']}")
        client = api(cast.alice)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(PATH)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 6
