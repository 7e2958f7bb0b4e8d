"""What a run's prices say, to reviewers: whom to recruit, and why not somebody."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils.dates import WEEKDAYS
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.draft_rules import RoleDraft
from campaigns.models import Role
from core.models import User
from matching.models import Run, RunArrays
from tests.cast import (
    FRONT_END_ROLE,
    Cast,
    build_candidacy,
    create_user,
    create_volunteer,
    publish_new_request,
    sign_in_browser,
    verify_by_phone,
)
from tests.matching.stored_arrays import without_array
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


@pytest.fixture
def run(cast: Cast, now: datetime) -> Run:
    """Alice has the one place; Erin fits it, Bob does not."""
    create_volunteer(create_user("erin"), now)
    return execute_full_run(now)


def asked(name: str, role: Role) -> dict[str, str]:
    return {"volunteer": str(Volunteer.objects.get(first_name=name).public_id), "role": str(role.public_id)}


def why_not(api: Api, cast: Cast, run: Run, name: str, role: Role) -> dict[str, object]:
    answer = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/why-not", asked(name, role))
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def test_a_rule_or_a_price_says_why_not(api: Api, cast: Cast, run: Run) -> None:
    role = cast.request.roles.get()

    rule = why_not(api, cast, run, "Bob", role)
    assert (rule["explanation"], rule["score"]) == ("This volunteer does not have the skill.", None)
    assert rule["failed_rules"][0] == "skill"  # type: ignore[index]
    price = why_not(api, cast, run, "Erin", role)
    placed = why_not(api, cast, run, "Alice", role)

    assert (price["failed_rules"], price["score_loss"]) == ([], 0)  # as good as Alice
    assert price["score"] == price["seat_price"] == placed["score"]
    assert (
        placed["explanation"] == "Nothing stands in the way: they have the seat, or it makes no difference who has it."
    )


def test_nobody_else_is_named(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    Volunteer.objects.filter(first_name="Alice").update(waiting_since=now.replace(year=2025))
    again = execute_full_run(now)
    role = cast.request.roles.get()

    told = why_not(api, cast, again, "Erin", role)

    assert isinstance(told["score_loss"], int)
    assert 0 <= told["score_loss"] <= 52  # as many weeks as count of Alice's turn, at two points each
    assert "Alice" not in str(told)
    if told["score_loss"]:
        assert f"worth about {told['score_loss']} less" in str(told["explanation"])


def test_what_was_not_in_the_run_or_is_no_longer_kept_says_so(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    later = publish_new_request(cast.carol, cast.campaign, now, title="Later", roles=[FRONT_END_ROLE]).roles.get()
    assert why_not(api, cast, run, "Alice", later)["explanation"] == "This seat was not open in this run."
    create_volunteer(create_user("fred"), now)
    assert (
        why_not(api, cast, run, "Fred", cast.request.roles.get())["explanation"]
        == "This volunteer was not in this run."
    )

    RunArrays.objects.all().delete()

    assert_told_deleted(api, cast, run, later)


def test_arrays_stored_before_a_new_one_count_as_deleted(api: Api, cast: Cast, run: Run) -> None:
    problem = bytes(RunArrays.objects.get(run=run).problem)
    RunArrays.objects.update(problem=without_array(problem, "languages"))

    assert_told_deleted(api, cast, run, cast.request.roles.get())


def assert_told_deleted(api: Api, cast: Cast, run: Run, role: Role) -> None:
    assert "have been deleted" in str(why_not(api, cast, run, "Erin", role)["explanation"])
    gone = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/scarce-skills")
    assert (gone.status_code, "have been deleted" in gone.json()["detail"]) == (404, True)


def test_a_reviewer_asks_nothing_about_a_contest_of_their_own(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    mine = register_campaign(actor=cast.rita, candidacy=build_candidacy("Lee Roe", now), name="Roe", at=now)
    about = asked("Erin", cast.request.roles.get())

    answer = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/why-not", about)

    assert mine.candidate.contest == cast.campaign.candidate.contest
    assert answer.status_code == 404


def test_whom_to_recruit_is_told_by_skill_and_day(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    verify_by_phone(
        actor=cast.rita,
        campaign=register_campaign(
            actor=cast.dave, candidacy=build_candidacy("Ann", now, district="7"), name="Ann", at=now
        ),
        at=now,
    )
    rare = RoleDraft(name="Safe", skill="security", hours_per_week=2)
    publish_new_request(cast.carol, cast.campaign, now, title="Safe", roles=[rare])
    again = execute_full_run(now)

    [first, *_] = api(cast.rita).get(f"/api/v1/runs/{again.public_id}/scarce-skills").json()["results"]

    assert (first["skill"], first["empty_seats"]) == ("security", 1)
    assert first["points_added"] > 0
    assert (first["name"], first["empty_seats_band"]) == ("Security", "1-4")
    told = f"Security, {WEEKDAYS[first['weekday']]}: one more volunteer would add {first['points_added']} points."
    assert first["explanation"] == f"{told} Empty seats: 1-4."
    client = Client()
    sign_in_browser(client, cast.rita)
    page = client.get(f"/admin/matching/run/{again.pk}/change/").content.decode()
    assert f"<div>Security: one more person would add {first['points_added']} points</div>" in page
