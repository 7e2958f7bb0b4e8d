"""Why a person does not fit a place tells a reviewer with a part in a contest nothing of what they do in it.

Ruth reviews, and is on the staff of Roe for Senate, which stands against Doe for Senate. She sees Elsewhere.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.models import Request, Seat
from core.models import User
from matching.models import Match, Pin, Run
from matching.rules.pin_obstacles import PinObstacle
from matching.rules.states import MatchState
from tests.cast import (
    FRONT_END_ROLE,
    Cast,
    build_candidacy,
    create_user,
    create_volunteer,
    publish_new_request,
    verify_by_phone,
)
from tests.match_factory import create_match
from tests.run_execution import execute_queued_runs
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]

NO_ROOM = "This person has no room for it now. Choose somebody else."


@pytest.fixture
def seat(cast: Cast, ruth: User, now: datetime) -> Seat:
    """The place of another contest, which both reviewers see."""
    candidacy = build_candidacy("Nan Elsewhere", now, district="9")
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Elsewhere", at=now)
    campaign = verify_by_phone(actor=cast.rita, campaign=campaign, at=now)
    request = publish_new_request(cast.dave, campaign, now, roles=[FRONT_END_ROLE])
    return Seat.objects.get(role__request=request)


def be_asked_by_the_hidden_campaign(cast: Cast, now: datetime) -> Match:
    place = Seat.objects.get(role__request=cast.request)
    return create_match(MatchState.OFFERED, volunteer=cast.alice.volunteer, seat=place, at=now)


def hold_hours(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(max_projects=5)
    be_asked_by_the_hidden_campaign(cast, now)


def hold_projects(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(max_hours_per_week=60)
    be_asked_by_the_hidden_campaign(cast, now)


def have_a_meeting(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(max_hours_per_week=60, max_projects=5)
    be_asked_by_the_hidden_campaign(cast, now)


def rest(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(rest_until=now.date() + timedelta(days=30))


OTHER_WORK = {"hours": hold_hours, "projects": hold_projects, "meeting": have_a_meeting, "rest": rest}


def pin(client: APIClient, person: Volunteer, seat: Seat) -> tuple[int, Any]:
    body = {"volunteer": str(person.public_id), "seat": str(seat.public_id), "reason": "They asked."}
    answer = client.post("/api/v1/pins", body)
    return answer.status_code, answer.json()


@pytest.mark.parametrize("do", OTHER_WORK.values(), ids=OTHER_WORK.keys())
def test_a_refused_pin_does_not_name_it(
    api: Api, cast: Cast, ruth: User, seat: Seat, now: datetime, do: Callable[[Cast, datetime], None]
) -> None:
    do(cast, now)

    status, told = pin(api(ruth), cast.alice.volunteer, seat)
    _status, told_to_all = pin(api(cast.rita), cast.alice.volunteer, seat)

    assert (status, told["detail"]) == (409, NO_ROOM)
    assert "This does not fit: this person" in str(told_to_all)
    assert not Pin.objects.exists()


def test_what_the_profile_lacks_is_named_whether_the_person_rests_or_not(
    api: Api, cast: Cast, ruth: User, seat: Seat
) -> None:
    rested = pin(api(ruth), cast.bob.volunteer, seat)
    Volunteer.objects.filter(user=cast.bob).update(rest_until="2026-06-01")

    assert pin(api(ruth), cast.bob.volunteer, seat) == rested
    assert "does not have the skill" in str(rested)


@pytest.mark.parametrize("do", OTHER_WORK.values(), ids=OTHER_WORK.keys())
def test_neither_does_a_refused_alternate(
    api: Api, cast: Cast, ruth: User, seat: Seat, now: datetime, do: Callable[[Cast, datetime], None]
) -> None:
    helper = create_volunteer(create_user("helper"), now)
    proposal = create_match(MatchState.PROPOSED, volunteer=helper, seat=seat, at=now)
    do(cast, now)

    alice = {"volunteer": str(cast.alice.volunteer.public_id)}
    refused = api(ruth).post(f"/api/v1/matches/{proposal.public_id}/alternates", alice)

    assert refused.status_code == 400
    assert NO_ROOM in str(refused.json())
    assert "project" not in str(refused.json())


@pytest.mark.parametrize("do", OTHER_WORK.values(), ids=OTHER_WORK.keys())
def test_neither_does_a_refused_approval(
    api: Api, cast: Cast, ruth: User, seat: Seat, now: datetime, do: Callable[[Cast, datetime], None]
) -> None:
    proposal = create_match(MatchState.PROPOSED, volunteer=cast.alice.volunteer, seat=seat, at=now)
    do(cast, now)

    refused = api(ruth).post(f"/api/v1/matches/{proposal.public_id}/approve")

    assert refused.status_code == 400
    assert "this person has no room for it now" in refused.json()["detail"]


@pytest.mark.parametrize("do", OTHER_WORK.values(), ids=OTHER_WORK.keys())
def test_neither_does_a_run_that_she_asks_for(
    api: Api, cast: Cast, ruth: User, seat: Seat, now: datetime, do: Callable[[Cast, datetime], None]
) -> None:
    do(cast, now)
    asked = api(ruth).post("/api/v1/runs", {"dry_run": True, "roles": [str(seat.role.public_id)]})
    execute_queued_runs(now)
    pair = {"volunteer": str(cast.alice.volunteer.public_id), "role": str(seat.role.public_id)}

    told = api(ruth).get(f"/api/v1/runs/{asked.json()['id']}/why-not", pair).json()

    assert told == {
        "explanation": NO_ROOM,
        "failed_rules": [],
        "score": None,
        "seat_price": None,
        "score_loss": None,
    }


def test_a_run_names_the_rules_about_the_profile_alone(
    api: Api, cast: Cast, ruth: User, seat: Seat, now: datetime
) -> None:
    hold_hours(cast, now)
    cast.alice.volunteer.claims.update(level=1)
    run = api(ruth).post("/api/v1/runs", {"dry_run": True, "roles": [str(seat.role.public_id)]}).json()["id"]
    execute_queued_runs(now)
    pair = {"volunteer": str(cast.alice.volunteer.public_id), "role": str(seat.role.public_id)}

    rules = [api(user).get(f"/api/v1/runs/{run}/why-not", pair).json()["failed_rules"] for user in (ruth, cast.rita)]

    assert rules == [["level"], ["level", "clash", "hours"]]


@pytest.mark.parametrize("obstacle", ["hours", PinObstacle.VOLUNTEER, PinObstacle.OTHER_PIN, "proposed_elsewhere"])
def test_a_pin_that_waits_does_not_name_it(
    api: Api, ruths_browser: Client, cast: Cast, ruth: User, seat: Seat, now: datetime, obstacle: str
) -> None:
    made = Pin.objects.create(
        volunteer=cast.alice.volunteer,
        seat=seat,
        created_by=ruth,
        created_at=now,
        reason="They asked.",
        obstacle=obstacle,
        waits_since=now,
    )
    run = Run.objects.latest("pk")
    run.unkept_pins.create(pin=made, obstacle=obstacle)
    run.roles.add(seat.role)
    words = "Waits: this person has no room for it now."

    assert api(ruth).get("/api/v1/pins").json()["results"][0]["waits"] == words
    assert words not in str(api(cast.rita).get("/api/v1/pins").json())
    for page in (f"pin/{made.pk}/change/", "pin/", f"run/{run.pk}/change/"):
        assert words in ruths_browser.get(f"/admin/matching/{page}").content.decode()


def test_a_yes_on_the_phone_does_not_tell_of_an_emergency_elsewhere(
    api: Api, cast: Cast, ruth: User, seat: Seat, now: datetime
) -> None:
    offer = create_match(MatchState.OFFERED, volunteer=cast.alice.volunteer, seat=seat, at=now)
    Volunteer.objects.filter(user=cast.alice).update(max_hours_per_week=60, max_projects=5)
    cast.request.windows.all().delete()
    be_asked_by_the_hidden_campaign(cast, now)
    Request.objects.filter(pk=cast.request.pk).update(emergency=True)

    refused = api(ruth).post(f"/api/v1/matches/{offer.public_id}/accept", {"note": "By phone."})

    assert (refused.status_code, refused.json()["detail"]) == (409, NO_ROOM)
