from datetime import datetime, timedelta

import pytest

from core.errors import NotFound, WrongState
from core.models import Notice
from matching.lifecycle.actions.departure import leave_service
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.snapshot.available_volunteers import available_volunteers
from tests.cast import Cast
from tests.match_factory import MAKER_BY_STATE
from tests.notices import list_notified_names
from tests.run_execution import execute_full_run
from volunteers.actions.availability import return_to_service, set_on_call


@pytest.mark.parametrize(
    ("state", "ends", "campaign_hears"),
    [
        (MatchState.PROPOSED, MatchState.SUPERSEDED, set()),
        (MatchState.OFFERED, MatchState.SUPERSEDED, set()),
        (MatchState.ACCEPTED, MatchState.RELEASED, {"carol"}),
        (MatchState.ACTIVE, MatchState.RELEASED, {"carol"}),
    ],
)
def test_who_leaves_is_out_of_everything_at_once_and_somebody_else_is_looked_for(
    cast: Cast, now: datetime, state: MatchState, ends: MatchState, campaign_hears: set[str]
) -> None:
    match = MAKER_BY_STATE[state](cast, now)
    Notice.objects.all().delete()
    later = now + timedelta(hours=1)

    left = leave_service(actor=cast.alice, at=later)

    assert (left.state, left.left_at, left.on_call) == ("left", later, False)
    match.refresh_from_db()
    assert (match.state, match.reason) == (ends, "volunteer_left")
    assert list_notified_names("volunteer-withdrew") == campaign_hears
    assert list_notified_names("match-ended") == set()  # who leaves need not be told that it is over
    assert Run.objects.filter(state="queued", is_limited=True).count() == 1
    assert not available_volunteers().filter(user=cast.alice).exists()


def test_a_hand_over_ends_and_nobody_else_is_looked_for(cast: Cast, now: datetime) -> None:
    match = MAKER_BY_STATE[MatchState.CLOSING](cast, now)
    Run.objects.filter(state="queued").delete()

    leave_service(actor=cast.alice, at=now)

    match.refresh_from_db()
    assert match.state == MatchState.COMPLETED
    assert not Run.objects.filter(state="queued").exists()


def test_leaving_twice_is_leaving_once(cast: Cast, now: datetime) -> None:
    leave_service(actor=cast.alice, at=now)
    again = leave_service(actor=cast.alice, at=now + timedelta(days=1))

    assert again.left_at == now


def test_who_comes_back_is_proposed_again_with_what_they_had_said_and_a_new_turn(cast: Cast, now: datetime) -> None:
    leave_service(actor=cast.alice, at=now)
    later = now + timedelta(days=3)

    back = return_to_service(actor=cast.alice, at=later)

    assert (back.state, back.left_at, back.waiting_since, back.availability_confirmed_at) == (
        "active",
        None,
        later,
        later,
    )
    execute_full_run(later)
    assert Match.objects.filter(volunteer=back, state=MatchState.PROPOSED).count() == 1


def test_nobody_leaves_who_was_not_there_nor_comes_back_who_had_not_left(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotFound, match="nothing to leave"):
        leave_service(actor=cast.dave, at=now)
    with pytest.raises(NotFound, match="no profile yet"):
        return_to_service(actor=cast.dave, at=now)
    with pytest.raises(WrongState, match="not left"):
        return_to_service(actor=cast.alice, at=now)


def test_who_has_left_changes_no_availability_before_they_come_back(cast: Cast, now: datetime) -> None:
    leave_service(actor=cast.alice, at=now)

    with pytest.raises(WrongState, match="Come back first"):
        set_on_call(actor=cast.alice, on_call=True, at=now)
