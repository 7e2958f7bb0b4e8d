"""A run that cannot keep a pin says so: on the run, on the pin, and to the reviewer who made it."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.models import Seat
from core.errors import WrongState
from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, render_notices
from core.privacy.erasure import erase_own_account
from matching.models import Match, Pin, Run, UnkeptPin
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.pins import lift_pin, pin_volunteer
from matching.runs.actions.scheduling import queue_run
from tests.cast import (
    Cast,
    build_candidacy,
    create_user,
    create_volunteer,
    publish_team_request,
)
from tests.match_factory import create_match, make_accepted_match
from tests.matching.runs.actions.pin_obstacles import WAYS, WHY, add_request, pause_volunteer, seat_of
from tests.run_execution import _execute_run, execute_full_run, execute_queued_runs
from tests.unchecked_rows import drop_checks, refuse_rows
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]


@pytest.fixture
def pin(cast: Cast, now: datetime) -> Pin:
    """Erin, who fits, is pinned, and no run has been since."""
    erin = create_volunteer(create_user("erin"), now)
    made = pin_volunteer(actor=cast.rita, volunteer=erin, seat=seat_of(cast), reason=WHY, at=now)
    Run.objects.all().delete()
    Notice.objects.all().delete()
    return made


@pytest.mark.parametrize(("change", "obstacle", "words"), WAYS)
def test_a_pin_that_a_run_cannot_keep_says_why(
    cast: Cast,
    pin: Pin,
    api: Api,
    now: datetime,
    change: Callable[[Cast, Pin, datetime], None],
    obstacle: str,
    words: str,
) -> None:
    change(cast, pin, now)

    run = execute_full_run(now)

    pin.refresh_from_db()
    assert (pin.obstacle, pin.waits_since, run.unkept_pin_count) == (obstacle, now, 1)
    assert list(run.unkept_pins.values_list("pin", "obstacle")) == [(pin.pk, obstacle)]
    [listed] = api(cast.rita).get("/api/v1/pins?waits=true").json()["results"]
    assert (listed["waits"], listed["waits_since"]) == (words, "2026-03-02T12:00:00Z")
    notice = Notice.objects.get(kind="unkept-pin")
    letter = render_notices([notice], language="en", at=now)[notice.pk]
    assert isinstance(letter, RenderedNotice)
    assert (notice.recipient, words in letter.text) == (cast.rita, True)
    assert letter.address == f"/admin/matching/pin/{pin.pk}/change/"


def test_a_pin_that_a_run_keeps_does_not_wait(cast: Cast, pin: Pin, api: Api, now: datetime) -> None:
    run = execute_full_run(now)

    pin.refresh_from_db()
    assert (pin.obstacle, pin.waits_since, run.unkept_pin_count) == ("", None, 0)
    assert Match.objects.get(state=MatchState.PROPOSED).volunteer == pin.volunteer
    [listed] = api(cast.rita).get("/api/v1/pins?waits=false").json()["results"]
    assert (listed["waits"], listed["waits_since"]) == ("", None)
    assert not Notice.objects.filter(kind="unkept-pin").exists()


@pytest.mark.parametrize("state", [MatchState.APPROVED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED])
def test_a_pin_whose_match_goes_on_does_not_wait(cast: Cast, pin: Pin, now: datetime, state: MatchState) -> None:
    create_match(state, volunteer=pin.volunteer, seat=pin.seat, at=now)

    assert execute_full_run(now).unkept_pin_count == 0


def test_of_two_pins_for_which_one_person_has_too_little_time_the_second_waits(
    cast: Cast, pin: Pin, now: datetime
) -> None:
    second = pin_volunteer(
        actor=cast.rita, volunteer=pin.volunteer, seat=add_request(cast, now, meetings=[]), reason=WHY, at=now
    )

    run = execute_full_run(now)

    assert list(run.unkept_pins.values_list("pin", "obstacle")) == [(second.pk, "other_pin")]


def test_a_pin_in_a_team_that_cannot_be_whole_waits(cast: Cast, now: datetime) -> None:
    team = publish_team_request(cast, now)
    Volunteer.objects.filter(user=cast.bob).update(state="paused", answer_due_at=None)
    alice = Volunteer.objects.get(user=cast.alice)
    seat = Seat.objects.get(role__request=team, role__skill__code="front-end")
    made = pin_volunteer(actor=cast.rita, volunteer=alice, seat=seat, reason=WHY, at=now)

    execute_full_run(now)

    made.refresh_from_db()
    assert made.obstacle == "team"


def test_a_limited_run_answers_for_its_own_pins_only(cast: Cast, pin: Pin, now: datetime) -> None:
    other = add_request(cast, now, meetings=[])
    pause_volunteer(cast, pin, now)
    Run.objects.all().delete()
    of_others = queue_run(actor=None, at=now, roles=[other.role])
    of_its_role = queue_run(actor=None, at=now, roles=[pin.seat.role])
    of_its_person = queue_run(actor=None, at=now, volunteers=[pin.volunteer])

    counts = [_execute_run(run.pk, now).unkept_pin_count for run in (of_others, of_its_role, of_its_person)]

    assert counts == [0, 1, 1]


def test_a_proposal_elsewhere_keeps_a_limited_run_from_a_pin(cast: Cast, pin: Pin, now: datetime) -> None:
    create_match(MatchState.PROPOSED, volunteer=pin.volunteer, seat=add_request(cast, now, meetings=[]), at=now)
    run = queue_run(actor=None, at=now, roles=[pin.seat.role])

    _execute_run(run.pk, now)

    pin.refresh_from_db()
    assert pin.obstacle == "proposed_elsewhere"


def test_a_run_is_not_done_before_it_says_which_pins_it_did_not_keep(cast: Cast, pin: Pin, now: datetime) -> None:
    pause_volunteer(cast, pin, now)
    create_volunteer(cast.alice, now)
    refuse_rows(UnkeptPin)

    run = execute_run(queue_run(actor=None, at=now).pk, now=lambda: now, seconds=lambda: 0.0)

    assert run is not None
    assert (run.state, run.unkept_pin_count) == (Run.State.FAILED, None)
    assert not Match.objects.exists()


@pytest.mark.parametrize("change", [{"time_zone": "Mars/Phobos"}, {"rest_until": "infinity"}])
def test_a_pin_that_cannot_be_judged_stops_no_run(cast: Cast, pin: Pin, now: datetime, change: dict[str, str]) -> None:
    drop_checks(Volunteer)
    with connection.cursor() as cursor:
        [(column, value)] = change.items()
        cursor.execute(f"UPDATE volunteers_volunteer SET {column} = %s WHERE id = %s", [value, pin.volunteer_id])

    run = execute_full_run(now)

    assert (run.state, run.unkept_pin_count) == (Run.State.DONE, 1)


def test_a_dry_run_stores_nothing_of_it(cast: Cast, pin: Pin, now: datetime) -> None:
    pause_volunteer(cast, pin, now)
    Run.objects.all().delete()

    run = _execute_run(queue_run(actor=cast.rita, at=now, dry_run=True).pk, now)

    pin.refresh_from_db()
    assert (pin.obstacle, run.unkept_pin_count) == ("", None)
    assert not UnkeptPin.objects.exists()
    assert not Notice.objects.filter(kind="unkept-pin").exists()


def test_the_reviewer_hears_once_of_each_obstacle_and_the_pin_is_kept_in_the_end(
    cast: Cast, pin: Pin, now: datetime
) -> None:
    pause_volunteer(cast, pin, now)
    execute_full_run(now)
    execute_full_run(now + timedelta(days=1))
    pin.refresh_from_db()
    assert (pin.waits_since, Notice.objects.filter(kind="unkept-pin").count()) == (now, 1)
    Volunteer.objects.filter(pk=pin.volunteer_id).update(state="active", max_hours_per_week=1)
    execute_full_run(now + timedelta(days=1))
    pin.refresh_from_db()
    assert (pin.obstacle, pin.waits_since, Notice.objects.filter(kind="unkept-pin").count()) == ("hours", now, 2)

    lower = Volunteer.objects.filter(pk=pin.volunteer_id)
    lower.update(max_hours_per_week=4)
    execute_full_run(now + timedelta(days=1))

    pin.refresh_from_db()
    assert (pin.obstacle, pin.waits_since, UnkeptPin.objects.count()) == ("", None, 3)
    letters = render_notices([*Notice.objects.filter(kind="unkept-pin")], language="en", at=now)
    assert {*letters.values()} == {None}


def test_who_has_a_part_in_the_contest_by_now_is_told_nothing(cast: Cast, pin: Pin, now: datetime) -> None:
    pause_volunteer(cast, pin, now)
    execute_full_run(now)
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    notice = Notice.objects.get(kind="unkept-pin")

    assert render_notices([notice], language="en", at=now)[notice.pk] is None


def test_who_is_erased_leaves_no_pin_to_keep(cast: Cast, pin: Pin, now: datetime) -> None:
    pause_volunteer(cast, pin, now)
    execute_full_run(now)
    user = pin.volunteer.user
    assert user is not None
    erase_own_account(actor=user, understands_consequences=True, is_confirmed=True, at=now)

    run = execute_full_run(now)

    assert (run.unkept_pin_count, Pin.objects.count(), UnkeptPin.objects.count()) == (0, 0, 0)


def test_a_pin_that_is_lifted_leaves_the_report(cast: Cast, pin: Pin, now: datetime) -> None:
    pause_volunteer(cast, pin, now)
    execute_full_run(now)

    lift_pin(actor=cast.rita, pin=pin)

    assert not UnkeptPin.objects.exists()


def test_a_run_and_its_pins_are_found_from_each_other(
    cast: Cast, pin: Pin, api: Api, reviewer_client: Client, now: datetime
) -> None:
    kept_run = execute_full_run(now)
    pause_volunteer(cast, pin, now)
    run = execute_full_run(now)

    shown = api(cast.rita).get(f"/api/v1/runs/{run.public_id}").json()
    assert shown["unkept_pin_count"] == 1
    found = api(cast.rita).get(f"/api/v1/pins?unkept_by={run.public_id}").json()["results"]
    assert [each["id"] for each in found] == [str(pin.public_id)]
    assert api(cast.rita).get(f"/api/v1/pins?unkept_by={kept_run.public_id}").json()["results"] == []
    words = "Waits: this person is no longer available."
    for path in (f"run/{run.pk}/change", f"pin/{pin.pk}/change", "pin", "pin/?waits_since__isempty=0"):
        assert words in reviewer_client.get(f"/admin/matching/{path}", follow=True).content.decode(), path


def test_a_pin_whose_pair_is_not_there_to_be_matched_is_a_conflict(cast: Cast, api: Api, now: datetime) -> None:
    fred = create_volunteer(create_user("fred"), now)
    make_accepted_match(cast, now)
    place = {"volunteer": str(fred.public_id), "seat": str(seat_of(cast).public_id), "reason": WHY}

    answer = api(cast.rita).post("/api/v1/pins", place)

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    with pytest.raises(WrongState, match="no longer open"):
        pin_volunteer(actor=cast.rita, volunteer=fred, seat=seat_of(cast), reason=WHY, at=now)
    assert execute_queued_runs(now) == 0
