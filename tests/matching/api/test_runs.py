"""What a run's prices say, to reviewers: whom to recruit, and why not somebody."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils.dates import WEEKDAYS
from rest_framework.test import APIClient

from campaigns.actions.campaigns import register_campaign, verify_campaign
from campaigns.models import Role
from campaigns.rules import RoleDraft
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
)
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
    answer = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/why-not/", asked(name, role))
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def test_a_rule_or_a_price_says_why_not(api: Api, cast: Cast, run: Run) -> None:
    role = cast.request.roles.get()

    rule = why_not(api, cast, run, "Bob", role)
    assert (rule["why"], rule["score"]) == ("This person does not have the skill.", None)
    assert rule["failing"][0] == "skill"  # type: ignore[index]
    price = why_not(api, cast, run, "Erin", role)
    placed = why_not(api, cast, run, "Alice", role)

    assert (price["failing"], price["lost"]) == ([], 0)  # as good as Alice
    assert price["score"] == price["price"] == placed["score"]
    assert placed["why"] == "Nothing stands in the way: they have the place, or it makes no difference who has it."


def test_nobody_else_is_named(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    Volunteer.objects.filter(first_name="Alice").update(waiting_since=now.replace(year=2025))
    again = execute_full_run(now)
    role = cast.request.roles.get()

    told = why_not(api, cast, again, "Erin", role)

    assert isinstance(told["lost"], int)
    assert 0 <= told["lost"] <= 52  # as many weeks as count of Alice's turn, at two points each
    assert "Alice" not in str(told)
    if told["lost"]:
        assert f"worth about {told['lost']} less" in str(told["why"])


def test_what_was_not_in_the_run_or_is_no_longer_kept_says_so(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    later = publish_new_request(cast.carol, cast.campaign, now, title="Later", roles=[FRONT_END_ROLE]).roles.get()
    assert why_not(api, cast, run, "Alice", later)["why"] == "This place was not open in this run."
    create_volunteer(create_user("fred"), now)
    assert why_not(api, cast, run, "Fred", cast.request.roles.get())["why"] == "This person was not in it."

    RunArrays.objects.all().delete()

    assert "no longer kept" in str(why_not(api, cast, run, "Erin", later)["why"])
    gone = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/scarcity/")
    assert (gone.status_code, "no longer kept" in gone.json()["detail"]) == (404, True)


def test_a_reviewer_asks_nothing_about_a_contest_of_their_own(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    mine = register_campaign(actor=cast.rita, standing=build_candidacy("Lee Roe", now), name="Roe", at=now)
    about = asked("Erin", cast.request.roles.get())

    answer = api(cast.rita).get(f"/api/v1/runs/{run.public_id}/why-not/", about)

    assert mine.candidate.contest == cast.campaign.candidate.contest
    assert answer.status_code == 403


def test_whom_to_recruit_is_told_by_skill_and_day(api: Api, cast: Cast, run: Run, now: datetime) -> None:
    verify_campaign(
        actor=cast.rita,
        campaign=register_campaign(
            actor=cast.dave, standing=build_candidacy("Ann", now, district="7"), name="Ann", at=now
        ),
        at=now,
    )
    rare = RoleDraft(name="Safe", skill="security", hours=2)
    publish_new_request(cast.carol, cast.campaign, now, title="Safe", roles=[rare])
    again = execute_full_run(now)

    [first, *_] = api(cast.rita).get(f"/api/v1/runs/{again.public_id}/scarcity/").json()

    assert (first["skill"], first["seats"]) == ("security", 1)
    assert first["worth"] > 0
    assert (first["name"], first["band"]) == ("Security", "1-4")
    told = f"Security, {WEEKDAYS[first['weekday']]}: one more person would add {first['worth']} points."
    assert first["words"] == f"{told} Empty places: 1-4."
    client = Client()
    sign_in_browser(client, cast.rita)
    page = client.get(f"/admin/matching/run/{again.pk}/change/").content.decode()
    assert f"<div>Security: one more person would add {first['worth']} points</div>" in page
