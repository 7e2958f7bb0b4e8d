"""The board and what fits, through the API."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from campaigns.models import Request, Role
from tests.cast import Cast, authenticate_client, create_volunteer
from tests.matching.open_roles.test_board import SHOWN_KEYS, add_campaigns

STATED: dict[str, Any] = {
    "claims": [{"skill": "front-end", "level": 4}],
    "max_hours_per_week": 4,
    "presets": ["evenings"],
    "time_zone": "America/New_York",
}


def test_anyone_reads_the_board_page_by_page(cast: Cast, now: datetime) -> None:
    add_campaigns(cast, now, "US-OR", "US-ID")
    client, seen, path = APIClient(), [], "/api/v1/open-roles?page_size=2&count=true"
    while path:
        answer = client.get(path).json()
        assert answer["count"] == 3
        seen += answer["results"]
        path = answer["next"]

    assert all(row.keys() == SHOWN_KEYS for row in seen)
    assert {row["id"] for row in seen} == {str(pk) for pk in Role.objects.values_list("board_id", flat=True)}
    assert {(row["region"], row["state"], row["office_level"], row["meetings"]) for row in seen} == {
        ("west", None, "state", None)
    }


def test_filters_name_what_is_shown_and_nothing_else(cast: Cast, now: datetime) -> None:
    add_campaigns(cast, now, "US-OR", "US-ID")

    def count(query: str) -> int:
        return len(APIClient().get(f"/api/v1/open-roles?{query}").json()["results"])

    assert count("region=west&office_level=state&skill=engineering&max_level=3&max_hours_per_week=4&party=none") == 3
    assert count("state=US-WA") == count("region=south") == count("max_hours_per_week=3") == 0
    for query in ("campaign=x", "search=Doe", "ordering=id", "region=moon", "time_zone=Mars", "max_level=2.5"):
        assert APIClient().get(f"/api/v1/open-roles?{query}").status_code == 400, query


def test_meetings_are_for_who_is_signed_in(cast: Cast, now: datetime) -> None:
    add_campaigns(cast, now, "US-OR", "US-ID")
    client = APIClient()
    authenticate_client(client, cast.alice)
    meetings = [{"weekday": 1, "starts": "19:00", "ends": "20:00"}]

    assert client.get("/api/v1/open-roles").json()["results"][0]["meetings"] == meetings
    moved = client.get("/api/v1/open-roles?time_zone=America/Los_Angeles").json()["results"][0]["meetings"]
    assert moved == [{"weekday": 1, "starts": "16:00", "ends": "17:00"}]


def test_a_page_costs_the_same_with_one_role_and_with_three(cast: Cast, now: datetime) -> None:
    counts = []
    for _ in range(2):
        APIClient().get("/api/v1/open-roles")
        with CaptureQueriesContext(connection) as statements:
            APIClient().get("/api/v1/open-roles")
        counts.append(len(statements))
        add_campaigns(cast, now, "US-OR", "US-ID")
    assert counts == [5, 5]


def test_a_person_without_an_account_hears_what_fits_and_nothing_is_stored(cast: Cast, now: datetime) -> None:
    Request.objects.update(starts_on=timezone.now().date(), ends_on=timezone.now().date())
    answer = APIClient().post("/api/v1/fits", STATED)
    assert answer.status_code == 200, answer.json()

    assert answer.json().keys() == {"fitting_count", "asking_count", "explanation", "best_change", "roles"}


def test_what_is_wrong_is_named_by_its_field(cast: Cast, now: datetime) -> None:
    answer = APIClient().post("/api/v1/fits", STATED | {"claims": [{"skill": "juggling", "level": 9}]})

    assert answer.status_code == 400
    assert "claims.0.level" in str(answer.json()) or "level" in str(answer.json())


def test_a_volunteer_hears_what_fits_and_the_change_that_opens_most(cast: Cast, now: datetime) -> None:
    add_campaigns(cast, now, "US-OR", "US-ID")
    client = APIClient()
    authenticate_client(client, cast.alice)
    answer = client.get("/api/v1/me/fits").json()
    assert (answer["fitting_count"], answer["asking_count"], answer["best_change"]) == (3, 3, None)
    assert answer["explanation"] == "3 open places fit you today."
    assert [row.keys() for row in answer["roles"]] == [SHOWN_KEYS] * 3

    create_volunteer(cast.alice, now, max_hours_per_week=3)
    answer = client.get("/api/v1/me/fits").json()
    assert (answer["fitting_count"], answer["asking_count"], answer["roles"]) == (0, 3, [])
    assert answer["best_change"] == {
        "reason": "hours",
        "roles_opened": 3,
        "explanation": "One change would open 3 more: more hours a week.",
    }
    assert "What would help most: more hours a week." in answer["explanation"]


def test_who_has_no_profile_has_no_fits(cast: Cast, now: datetime) -> None:
    client = APIClient()
    authenticate_client(client, cast.dave)
    assert client.get("/api/v1/me/fits").status_code == 404
    assert APIClient().get("/api/v1/me/fits").status_code == 401


def test_too_many_questions_about_what_fits_wait(cast: Cast, now: datetime) -> None:
    """Each answer tells a bit about meeting times, so nobody asks for every half-hour of the week."""
    client = APIClient()
    authenticate_client(client, cast.alice)
    codes = [client.get("/api/v1/me/fits").status_code for _ in range(122)]
    assert codes[0] == 200
    assert codes[-1] == 429
    assert codes.count(200) == 120
