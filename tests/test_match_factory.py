"""The factory writes what runs and actions write: no test that starts from it stands on a state that cannot be."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from campaigns.models import Seat
from core.models import Notice
from matching.lifecycle.actions.campaign_answers import (
    complete_match,
    confirm_match,
    finish_work,
    refuse_match,
    release_by_campaign,
)
from matching.lifecycle.actions.clocks import process_due_matches
from matching.lifecycle.actions.review import approve_match, reject_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, decline_offer, withdraw_from_match
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, publish_team_request
from tests.match_factory import PATHS, create_match, make_match
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer

NOT_COMPARED = {"id", "public_id", "run_id"}

Action = Callable[[Cast, Match, datetime], object]

# The team's state has a test of its own: in a request staffed one by one an approved match is offered at once.
ACTIONS: dict[MatchState, Action] = {
    MatchState.OFFERED: lambda cast, match, at: approve_match(actor=cast.rita, match=match, at=at),
    MatchState.ACCEPTED: lambda cast, match, at: accept_offer(actor=cast.alice, match=match, at=at),
    MatchState.ACTIVE: lambda cast, match, at: confirm_match(actor=cast.carol, match=match, at=at),
    MatchState.CLOSING: lambda cast, match, at: finish_work(actor=cast.carol, match=match, at=at),
    MatchState.COMPLETED: lambda cast, match, at: complete_match(actor=cast.carol, match=match, at=at),
    MatchState.REJECTED: lambda cast, match, at: reject_match(actor=cast.rita, match=match, reason="fit", at=at),
    MatchState.DECLINED: lambda cast, match, at: decline_offer(actor=cast.alice, match=match, reason="time", at=at),
    MatchState.REFUSED: lambda cast, match, at: refuse_match(actor=cast.carol, match=match, reason="hours", at=at),
    MatchState.EXPIRED: lambda cast, match, at: process_due_matches(at=_get_end(match)),
    MatchState.WITHDRAWN: lambda cast, match, at: withdraw_from_match(
        actor=cast.alice, match=match, reason="time", at=at
    ),
    MatchState.RELEASED: lambda cast, match, at: release_by_campaign(
        actor=cast.carol, match=match, reason="need", at=at
    ),
    MatchState.SUPERSEDED: lambda cast, match, at: _supersede(cast, match, at),
}


@pytest.mark.parametrize("state", list(MatchState))
def test_every_state_can_be_made_and_breaks_no_invariant(cast: Cast, now: datetime, state: MatchState) -> None:
    if state == MatchState.APPROVED:  # a match waits in it only in a team
        cast.request = publish_team_request(cast, now)
        match = create_match(state, volunteer=cast.alice.volunteer, seat=get_front_end_seat(cast), at=now)
    else:
        match = make_match(cast, now, state)

    assert match.state == state
    assert find_broken_invariants() == {}


@pytest.mark.parametrize("state", list(ACTIONS))
def test_a_match_of_the_factory_is_what_the_actions_would_have_made(
    cast: Cast, now: datetime, state: MatchState
) -> None:
    execute_full_run(now)
    match = Match.objects.get()
    Notice.objects.all().delete()  # the run's own, to those for whom it found nothing
    for step in PATHS[state]:
        if step in ACTIONS:
            match.refresh_from_db()
            ACTIONS[step](cast, match, now)
            Notice.objects.filter(sent_at=None).update(sent_at=now)
    real = describe_match(Match.objects.get())
    remove_match()

    made = make_match(cast, now, state)

    assert describe_match(made) == real


def test_a_match_that_waits_for_its_team_is_too(cast: Cast, now: datetime) -> None:
    cast.request = publish_team_request(cast, now)
    execute_full_run(now)
    approve_match(actor=cast.rita, match=Match.objects.get(volunteer__user=cast.alice), at=now)
    real = describe_match(Match.objects.get(volunteer__user=cast.alice))
    remove_match()

    made = create_match(MatchState.APPROVED, volunteer=cast.alice.volunteer, seat=get_front_end_seat(cast), at=now)

    assert describe_match(made) == real


def get_front_end_seat(cast: Cast) -> Seat:
    return Seat.objects.get(role__request=cast.request, role__name="Front end")


def describe_match(match: Match) -> dict[str, Any]:
    """Its columns, its history and its notices, without what differs between any two matches."""
    columns = {field.attname: getattr(match, field.attname) for field in Match._meta.concrete_fields}
    history = match.events.order_by("pgh_id").values_list("state", "due_at", "reason")  # type: ignore[attr-defined]
    notices = Notice.objects.order_by("kind").values_list("kind", "recipient", "created_at", "is_immediate", "subjects")
    return {name: value for name, value in columns.items() if name not in NOT_COMPARED} | {
        "rest_until": Volunteer.objects.get(pk=match.volunteer_id).rest_until,
        "history": list(history),
        "notices": [(*told, subjects == {"match": str(match.public_id)}) for *told, subjects in notices],
    }


def remove_match() -> None:
    """Take away what was made, so that the factory finds the database as it was."""
    Notice.objects.all().delete()
    Match.objects.all().delete()
    Volunteer.objects.update(rest_until=None)


def _get_end(match: Match) -> datetime:
    assert match.due_at is not None
    return match.due_at


def _supersede(cast: Cast, match: Match, at: datetime) -> None:
    """A later run finds that Alice has paused."""
    Volunteer.objects.filter(pk=match.volunteer_id).update(state="paused", answer_due_at=None)
    execute_full_run(at)
    Volunteer.objects.filter(pk=match.volunteer_id).update(state="active")
    Notice.objects.all().delete()
