"""What becomes of people when a published request asks for something else."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest

from campaigns.actions.amendments import amend_request
from campaigns.actions.role_amendments import amend_role
from campaigns.actions.roles_and_seats import add_seats, close_seat
from campaigns.change_rules import RequestChange, RoleChange
from campaigns.models import Request, Role
from core.errors import Full, WrongState
from core.models import Notice, User
from core.week_mask import Window
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.clocks import broadcast_emergencies, process_due_matches
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer
from matching.lifecycle.queries.matches import placements_visible_to
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast, create_user, create_volunteer, publish_team_request
from tests.match_factory import make_accepted_match, make_active_match, make_offered_match, make_proposed_match
from tests.matching.lifecycle.actions.test_offers import responder
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.notices import list_notified_names, mark_notices_sent
from tests.run_execution import execute_queued_runs

HOUR = timedelta(hours=1)
LATE_MEETING = [Window(2, time(20), time(21))]
AT_DAWN = [Window(2, time(4), time(5))]


def change_dates(cast: Cast, at: datetime, **said: object) -> Request:
    change = RequestChange(**(said or {"meetings": LATE_MEETING}))  # type: ignore[arg-type]
    return amend_request(actor=cast.carol, request=cast.request, change=change, at=at)


def change_role(cast: Cast, at: datetime, **said: object) -> Request:
    role = Role.objects.get(request=cast.request)
    return amend_role(actor=cast.carol, role=role, change=RoleChange(**said), at=at)  # type: ignore[arg-type]


@pytest.mark.parametrize("stage", [make_offered_match, make_accepted_match])
def test_whoever_was_asked_or_said_yes_is_asked_anew_and_keeps_the_place(  # type: ignore[no-untyped-def]
    cast: Cast, now: datetime, stage
) -> None:
    match = stage(cast, now)
    later = now + 5 * HOUR

    change_dates(cast, later)

    match.refresh_from_db()
    assert (match.state, match.offered_at, match.campaign_asked_at) == (MatchState.OFFERED, later, None)
    assert match.due_at is not None
    assert match.due_at >= later + 48 * HOUR
    assert list_notified_names("offer-changed") == {"alice"}
    assert execute_queued_runs(later) == 1
    assert Match.objects.get() == match  # nobody else is found for a place that is kept
    assert find_broken_invariants() == {}

    mark_notices_sent()
    accept_offer(actor=cast.alice, match=match, at=later + HOUR)
    confirm_match(actor=cast.carol, match=match, at=later + HOUR)
    match.refresh_from_db()
    assert match.state == MatchState.ACTIVE
    assert set(find_broken_invariants()) <= {"a person hears the same twice"}  # the campaign does: there are two yeses


def test_a_no_to_what_has_changed_frees_the_place_and_costs_no_turn(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    raised = match.volunteer.waiting_since
    change_role(cast, now, hours_per_week=3)

    decline_offer(actor=cast.alice, match=match, at=now)

    match.volunteer.refresh_from_db()
    assert (Match.objects.get(pk=match.pk).state, match.volunteer.waiting_since) == (MatchState.DECLINED, raised)


def test_the_new_clock_runs_from_the_letter_that_asks_again(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    change_dates(cast, now + HOUR)
    match.refresh_from_db()
    assert match.due_at is not None

    process_due_matches(at=match.due_at + HOUR)  # the letter has not left

    assert Match.objects.get().state == MatchState.OFFERED


def test_the_campaign_knows_of_somebody_who_is_asked_anew_what_it_knows_of_any_offer(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    change_dates(cast, now)

    assert placements_visible_to(cast.carol).get() == match
    with pytest.raises(WrongState):
        confirm_match(actor=cast.carol, match=match, at=now)


def test_who_cannot_any_more_is_judged_at_their_yes_and_not_before(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    change_dates(cast, now, meetings=AT_DAWN)

    assert Match.objects.get().state == MatchState.OFFERED
    mark_notices_sent()
    with pytest.raises(Full, match="cannot come to the meetings"):
        accept_offer(actor=cast.alice, match=match, at=now)
    assert Match.objects.get().state == MatchState.OFFERED


def test_who_lacks_what_a_role_looks_for_now_is_let_go_kindly(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    change_role(cast, now, level=5)

    match.refresh_from_db()
    assert (match.state, match.reason, list_notified_names("match-ended")) == (
        MatchState.RELEASED,
        "terms_changed",
        {"alice"},
    )
    assert execute_queued_runs(now) == 1


@pytest.mark.parametrize(
    ("stage", "state"), [(make_offered_match, MatchState.OFFERED), (make_accepted_match, MatchState.ACCEPTED)]
)
def test_who_has_it_hears_nothing(cast: Cast, now: datetime, stage, state: MatchState) -> None:  # type: ignore[no-untyped-def]
    match = stage(cast, now)
    Notice.objects.all().delete()

    change_role(cast, now, level=4)

    assert (Match.objects.get(pk=match.pk).state, Notice.objects.count()) == (state, 0)


def test_who_was_only_asked_is_judged_at_their_yes(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)
    change_role(cast, now, level=5)
    assert Match.objects.get().state == MatchState.OFFERED

    with pytest.raises(Full, match="has the skill at a lower level"):
        accept_offer(actor=cast.alice, match=match, at=now)


def test_work_that_has_begun_goes_on_and_its_end_moves(cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    before = match.due_at
    assert before is not None

    change_dates(cast, now, ends_on=cast.request.ends_on + timedelta(days=7))

    match.refresh_from_db()
    assert (match.state, match.due_at, list_notified_names("request-terms-changed")) == (
        MatchState.ACTIVE,
        before + timedelta(days=7),
        {"alice"},
    )


def test_words_are_told_once_a_day_and_ask_nobody(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    for text in ("One.", "Two."):
        amend_request(actor=cast.carol, request=cast.request, change=RequestChange(summary=text), at=now)

    assert (Match.objects.get().version, list_notified_names("request-text-changed")) == (match.version, {"alice"})
    assert Notice.objects.filter(kind="request-text-changed").count() == 1


def test_a_new_text_of_the_tasks_is_told_and_asks_nobody(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    change_role(cast, now, tasks="Build the pages.")

    assert (Match.objects.get().version, list_notified_names("request-text-changed")) == (match.version, {"alice"})


def test_a_proposal_keeps_its_row_when_the_next_run_finds_it_again_and_ends_when_not(cast: Cast, now: datetime) -> None:
    match = make_proposed_match(cast, now)
    change_dates(cast, now)
    assert execute_queued_runs(now) == 1
    assert Match.objects.get(state=MatchState.PROPOSED) == match

    change_dates(cast, now, meetings=AT_DAWN)
    assert execute_queued_runs(now) == 1

    assert Match.objects.get().state == MatchState.SUPERSEDED


def test_a_run_that_began_before_proposes_nobody_for_what_is_asked_now(cast: Cast, now: datetime) -> None:
    run = queue_run(actor=cast.rita, at=now)
    moments = iter([now, now, now])

    def clock() -> datetime:
        """The request changes after the snapshot was taken."""
        moment = next(moments, now + HOUR)
        if moment > now and Request.objects.get(pk=cast.request.pk).terms_changed_at is None:
            change_dates(cast, now + HOUR, meetings=AT_DAWN)
        return moment

    done = execute_run(run.pk, now=clock, seconds=lambda: 0.0)

    assert done is not None
    assert (done.state, done.filled_count, done.stored_count) == (Run.State.DONE, 1, 0)
    assert not Match.objects.exists()


def test_approvals_that_nobody_heard_of_end(cast: Cast, now: datetime) -> None:
    request = publish_team_request(cast, now)
    match = make_proposed_match(cast, now)
    approve_match(actor=cast.rita, match=match, at=now)
    assert Match.objects.get(pk=match.pk).state == MatchState.APPROVED

    change = RequestChange(meetings=LATE_MEETING)
    amend_request(actor=cast.carol, request=request, change=change, at=now)

    match.refresh_from_db()
    assert (match.state, match.reason, list_notified_names("match-ended")) == (
        MatchState.SUPERSEDED,
        "terms_changed",
        set(),
    )


def test_an_emergency_stays_as_it_was_reported(cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident = IncidentDetails(description="x", since="x", contact="x")
    request = report_incident(
        actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="America/New_York", at=now
    )
    broadcast_emergencies(at=now)
    doing: list[Callable[[], object]] = [
        lambda: amend_request(actor=cast.carol, request=request, change=RequestChange(meetings=AT_DAWN), at=now),
        lambda: add_seats(actor=cast.carol, role=request.roles.get(), seat_count=1, at=now),
        # The people who broke in put no phone of their own there.
        lambda: amend_request(actor=cast.carol, request=request, change=RequestChange(channel="+1 555 0199"), at=now),
        lambda: amend_request(actor=cast.carol, request=request, change=RequestChange(brief="Call me."), at=now),
    ]
    for act in doing:
        with pytest.raises(WrongState, match="emergency"):
            act()

    assert Match.objects.get(volunteer__user=erin).state == MatchState.OFFERED


def test_whoever_has_a_place_that_is_closed_is_told(cast: Cast, now: datetime) -> None:
    create_volunteer(create_user("erin"), now)
    add_seats(actor=cast.carol, role=Role.objects.get(request=cast.request), seat_count=1, at=now)
    match = make_accepted_match(cast, now)
    other = make_proposed_match(cast, now, user=User.objects.get(email="erin@example.org"))

    close_seat(actor=cast.carol, seat=match.seat, at=now)

    match.refresh_from_db()
    assert (match.state, match.reason, list_notified_names("match-ended")) == (
        MatchState.RELEASED,
        "seat_closed",
        {"alice"},
    )
    assert Match.objects.get(pk=other.pk).state == MatchState.PROPOSED  # the other place is not touched
