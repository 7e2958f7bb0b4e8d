"""Runs over some roles or some people."""

from datetime import datetime, timedelta

import pytest

from campaigns.models import Role
from core.errors import Invalid
from matching.engine.explain import NotPlaced
from matching.engine.feasibility import Reason
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.queries.eligibility import SideUnavailable
from matching.models import Match, Run, RunArrays
from matching.rules.states import MatchState
from matching.runs.actions import execution
from matching.runs.actions.scheduling import queue_run
from matching.runs.queries.outcomes import find_why_not_placed
from matching.snapshot.assembly import Snapshot, take_run_snapshot
from tests.cast import Cast, create_user, create_volunteer
from tests.matching.runs.actions.test_scheduling import execute
from volunteers.actions.availability import set_paused


def role_of(cast: Cast) -> Role:
    return cast.request.roles.get()


def waiting(now: datetime) -> Run | None:
    return Run.objects.filter(state=Run.State.QUEUED, is_limited=True, requested_at=now).first()


def test_whoever_raises_a_hand_is_matched_at_once_and_nobody_else_is_touched(cast: Cast, now: datetime) -> None:
    Run.objects.all().delete()
    erin = create_user("erin")
    create_volunteer(erin, now)

    asked = waiting(now)
    assert asked is not None
    assert [one.user for one in asked.volunteers.all()] == [erin]
    done = execute(asked, now)

    assert (done.state, done.volunteer_count, done.filled_count, done.gap) == (Run.State.DONE, 1, 1, 0.0)
    assert Match.objects.get().volunteer.user == erin


def test_those_who_come_together_share_a_run(cast: Cast, now: datetime) -> None:
    Run.objects.all().delete()
    for name in ("erin", "fay"):
        create_volunteer(create_user(name), now)

    asked = Run.objects.get(state=Run.State.QUEUED)
    assert asked.volunteers.count() == 2


def test_a_place_for_which_somebody_is_proposed_is_not_offered_to_a_newcomer(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    before = Match.objects.get()
    Run.objects.filter(state=Run.State.QUEUED).delete()
    create_volunteer(create_user("erin"), now)

    asked = waiting(now)
    assert asked is not None
    done = execute(asked, now)

    assert (done.seat_count, done.filled_count) == (0, 0)
    assert Match.objects.get().pk == before.pk


def test_somebody_proposed_meanwhile_for_the_same_place_keeps_it(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    Run.objects.all().delete()
    create_volunteer(create_user("erin"), now)
    asked = waiting(now)
    assert asked is not None

    def another_run_comes_between(run: Run, *, at: datetime) -> Snapshot:
        snapshot = take_run_snapshot(run, at=at)
        monkeypatch.undo()
        execute(queue_run(actor=cast.rita, at=now, roles=[role_of(cast)]), now)
        return snapshot

    monkeypatch.setattr(execution, "take_run_snapshot", another_run_comes_between)
    done = execute(asked, now)

    assert (done.filled_count, done.stored_count) == (1, 0)
    assert Match.objects.filter(state=MatchState.PROPOSED).count() == 1


def test_a_changed_profile_takes_a_proposal_back_that_no_longer_fits(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    Run.objects.filter(state=Run.State.QUEUED).delete()
    create_volunteer(cast.alice, now, max_hours_per_week=1)

    asked = waiting(now)
    assert asked is not None
    execute(asked, now)

    assert Match.objects.get().state == MatchState.SUPERSEDED


def test_what_somebody_holds_stays_when_they_are_matched_again(cast: Cast, now: datetime) -> None:
    execute(queue_run(actor=cast.rita, at=now), now)
    held = approve_match(actor=cast.rita, match=Match.objects.get(), at=now)
    create_volunteer(cast.alice, now)

    asked = waiting(now)
    assert asked is not None
    execute(asked, now)

    assert [(match.pk, match.state) for match in Match.objects.all()] == [(held.pk, MatchState.OFFERED)]


def test_who_pauses_asks_for_no_run_and_who_comes_back_does(cast: Cast, now: datetime) -> None:
    Run.objects.all().delete()
    set_paused(actor=cast.alice, is_paused=True, at=now)
    assert waiting(now) is None
    set_paused(actor=cast.alice, is_paused=False, at=now)
    assert waiting(now) is not None


def test_a_run_over_some_roles_looks_only_at_who_claims_what_they_ask_for(cast: Cast, now: datetime) -> None:
    other = create_volunteer(create_user("gus"), now, claims=[("copywriting", 3, True)])
    run = execute(queue_run(actor=cast.rita, at=now, roles=[role_of(cast)]), now)
    everything = execute(queue_run(actor=cast.rita, at=now, dry_run=True), now)
    assert run.volunteer_count is not None
    assert everything.volunteer_count is not None
    assert run.volunteer_count < everything.volunteer_count
    assert (run.filled_count, run.value) == (1, everything.value)

    told, known = (find_why_not_placed(one, other, role_of(cast)) for one in (run, everything))
    assert isinstance(told, NotPlaced)
    assert isinstance(known, NotPlaced)
    assert told.failing[0] == known.failing[0] == Reason.SKILL


def test_somebody_who_was_not_asked_for_was_not_in_the_run(cast: Cast, now: datetime) -> None:
    erin, gus = (create_volunteer(create_user(name), now) for name in ("erin", "gus"))
    run = execute(queue_run(actor=cast.rita, at=now, volunteers=[erin]), now)

    assert find_why_not_placed(run, gus, role_of(cast)) == SideUnavailable("volunteer")


def test_a_run_is_for_places_or_for_people(cast: Cast, now: datetime) -> None:
    erin = create_volunteer(create_user("erin"), now)
    with pytest.raises(Invalid):
        queue_run(actor=cast.rita, at=now, roles=[role_of(cast)], volunteers=[erin])


def test_what_a_run_looked_at_that_nobody_asked_for_is_kept_over_a_weekend(cast: Cast, now: datetime) -> None:
    erin = create_volunteer(create_user("erin"), now)
    asked = waiting(now)
    assert asked is not None
    execute(asked, now)
    by_hand = execute(queue_run(actor=cast.rita, at=now, volunteers=[erin]), now)

    assert RunArrays.objects.get(run=asked).delete_on == now.date() + timedelta(days=3)
    assert RunArrays.objects.get(run=by_hand).delete_on == now.date() + timedelta(days=7)
