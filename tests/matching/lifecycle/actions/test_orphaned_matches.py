"""What ends with a request, a seat, a person or a day, from every stage."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.request_ends import cancel_request, close_ended_requests, reduce_seats
from campaigns.draft_rules import RoleDraft
from campaigns.models import Request
from core.models import Notice, User
from matching.lifecycle.actions.clocks import end_orphaned_matches
from matching.lifecycle.actions.review import approve_match
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, create_volunteer, publish_new_request
from tests.match_factory import (
    make_accepted_match,
    make_active_match,
    make_closing_match,
    make_offered_match,
    make_proposed_match,
)
from tests.notices import list_notified_names
from tests.run_execution import execute_full_run, execute_queued_runs

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("stage", "state", "owed"),
    [
        (make_proposed_match, MatchState.SUPERSEDED, 0),
        (make_offered_match, MatchState.SUPERSEDED, 1),
        (make_accepted_match, MatchState.RELEASED, 1),
        (make_active_match, MatchState.CLOSING, 0),
    ],
)
def test_a_request_that_is_called_off_ends_everything_kindly(  # type: ignore[no-untyped-def]
    cast: Cast, now: datetime, stage, state: MatchState, owed: int
) -> None:
    match = stage(cast, now)

    cancel_request(actor=cast.carol, request=cast.request, at=now)

    match.refresh_from_db()
    assert (match.state, match.reason) == (state, "request_cancelled")
    assert Notice.objects.filter(kind="match-ended", recipient=cast.alice).count() == owed
    assert execute_queued_runs(now) == 0


def test_a_cut_takes_empty_seats_first_and_tells_who_loses_one(cast: Cast, now: datetime) -> None:
    cast.request.roles.all().delete()
    create_volunteer(create_user("erin"), now)
    two = RoleDraft(name="Front end", skill="front-end", hours_per_week=4, seat_count=3)
    request = publish_new_request(cast.carol, cast.campaign, now, title="Three", roles=[two])
    execute_full_run(now)
    for match in Match.objects.filter(state=MatchState.PROPOSED):
        approve_match(actor=cast.rita, match=match, at=now)
    role = request.roles.get()

    reduce_seats(actor=cast.carol, role=role, seat_count=2, at=now)
    assert Match.objects.filter(state=MatchState.OFFERED).count() == 2
    reduce_seats(actor=cast.carol, role=role, seat_count=1, at=now)

    left, lost = Match.objects.filter(state=MatchState.OFFERED), Match.objects.filter(state=MatchState.SUPERSEDED)
    assert (left.get().seat.number, lost.get().seat.number, lost.get().reason) == (1, 2, "seat_closed")
    assert list_notified_names("match-ended") == {lost.get().volunteer.user.email.split("@")[0]}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("stage", "state", "campaign_told"),
    [
        (make_proposed_match, MatchState.SUPERSEDED, set()),
        (make_offered_match, MatchState.SUPERSEDED, set()),
        (make_accepted_match, MatchState.RELEASED, {"carol"}),
        (make_active_match, MatchState.RELEASED, {"carol"}),
        (make_closing_match, MatchState.COMPLETED, set()),
    ],
)
def test_somebody_who_has_left_is_let_go_from_every_stage(  # type: ignore[no-untyped-def]
    cast: Cast, now: datetime, stage, state: MatchState, campaign_told: set[str]
) -> None:
    match = stage(cast, now)
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)

    assert [end_orphaned_matches(at=now), end_orphaned_matches(at=now)] == [1, 0]

    match.refresh_from_db()
    assert (match.state, match.reason, list_notified_names("volunteer-withdrew")) == (
        state,
        "volunteer_left",
        campaign_told,
    )
    assert execute_queued_runs(now) == (state != MatchState.COMPLETED)


def test_a_request_whose_time_is_over_is_closed_and_what_had_not_begun_ends(cast: Cast, now: datetime) -> None:
    match = make_proposed_match(cast, now)
    last = datetime.combine(cast.request.ends_on, now.time(), now.tzinfo)

    assert [
        close_ended_requests(at=last + DAY),
        close_ended_requests(at=last + 2 * DAY),
        close_ended_requests(at=last + 2 * DAY),
    ] == [0, 1, 0]
    end_orphaned_matches(at=last + 2 * DAY)

    match.refresh_from_db()
    assert (Request.objects.get().state, match.state, match.reason) == (
        "closed",
        MatchState.SUPERSEDED,
        "request_ended",
    )
