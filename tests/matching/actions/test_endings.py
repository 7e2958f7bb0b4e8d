"""What ends with a request, a seat, a person or a day, from every stage."""

from datetime import datetime, timedelta

import pytest

from campaigns.actions.requests import cancel_request, close_over, cut_seats
from campaigns.models import Request
from campaigns.rules import RoleDraft
from core.models import Notice, User
from matching.actions.clocks import end_orphans
from matching.actions.review import approve
from matching.models import Match
from matching.rules import State
from tests.cast import Cast, ask, hand, person
from tests.stage import accepted, active, closing, offered, proposed, run_all, run_queued, told

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("stage", "state", "owed"),
    [
        (proposed, State.SUPERSEDED, 0),
        (offered, State.SUPERSEDED, 1),
        (accepted, State.RELEASED, 1),
        (active, State.CLOSING, 0),
    ],
)
def test_a_request_that_is_called_off_ends_everything_kindly(  # type: ignore[no-untyped-def]
    cast: Cast, now: datetime, stage, state: State, owed: int
) -> None:
    match = stage(cast, now)

    cancel_request(actor=cast.carol, request=cast.request, at=now)

    match.refresh_from_db()
    assert (match.state, match.reason) == (state, "cancelled")
    assert Notice.objects.filter(kind="over", recipient=cast.alice).count() == owed
    assert run_queued(now) == 0


def test_a_cut_takes_empty_seats_first_and_tells_who_loses_one(cast: Cast, now: datetime) -> None:
    cast.request.roles.all().delete()
    hand(person("erin"), now)
    two = RoleDraft(name="Front end", skill="front-end", hours=4, seats=3)
    request = ask(cast.carol, cast.campaign, now, title="Three", roles=[two])
    run_all(now)
    for match in Match.objects.filter(state=State.PROPOSED):
        approve(actor=cast.rita, match=match, at=now)
    role = request.roles.get()

    cut_seats(actor=cast.carol, role=role, seats=2, at=now)
    assert Match.objects.filter(state=State.OFFERED).count() == 2
    cut_seats(actor=cast.carol, role=role, seats=1, at=now)

    left, lost = Match.objects.filter(state=State.OFFERED), Match.objects.filter(state=State.SUPERSEDED)
    assert (left.get().seat.number, lost.get().seat.number, lost.get().reason) == (1, 2, "cut")
    assert told("over") == {lost.get().volunteer.user.email.split("@")[0]}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("stage", "state", "campaign_told"),
    [
        (proposed, State.SUPERSEDED, set()),
        (offered, State.SUPERSEDED, set()),
        (accepted, State.RELEASED, {"carol"}),
        (active, State.RELEASED, {"carol"}),
        (closing, State.COMPLETED, set()),
    ],
)
def test_somebody_who_has_left_is_let_go_from_every_stage(  # type: ignore[no-untyped-def]
    cast: Cast, now: datetime, stage, state: State, campaign_told: set[str]
) -> None:
    match = stage(cast, now)
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)

    assert [end_orphans(at=now), end_orphans(at=now)] == [1, 0]

    match.refresh_from_db()
    assert (match.state, match.reason, told("withdrew")) == (state, "left", campaign_told)
    assert run_queued(now) == (state != State.COMPLETED)


def test_a_request_whose_time_is_over_is_closed_and_what_had_not_begun_ends(cast: Cast, now: datetime) -> None:
    match = proposed(cast, now)
    last = datetime.combine(cast.request.ends_on, now.time(), now.tzinfo)

    assert [close_over(at=last + DAY), close_over(at=last + 2 * DAY), close_over(at=last + 2 * DAY)] == [0, 1, 0]
    end_orphans(at=last + 2 * DAY)

    match.refresh_from_db()
    assert (Request.objects.get().state, match.state, match.reason) == ("closed", State.SUPERSEDED, "over")
