"""Each decision of a reviewer about a match is refused to one with a part in its contest, whatever the entry point."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from campaigns.actions.registration import register_campaign
from core.errors import NotAllowed
from matching.lifecycle.actions.broadcasts import start_broadcast
from matching.lifecycle.actions.phone_acceptances import record_phone_acceptance
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.review import (
    approve_alternate,
    approve_match,
    cancel_offer,
    reject_match,
    release_by_reviewer,
)
from matching.models import Match
from tests.cast import Cast, build_candidacy
from tests.match_factory import make_offered_match

DECISIONS: dict[str, Callable[..., object]] = {
    "approve": lambda match, **by: approve_match(match=match, **by),
    "reject": lambda match, **by: reject_match(match=match, reason="fit", **by),
    "cancel": lambda match, **by: cancel_offer(match=match, **by),
    "accept": lambda match, **by: record_phone_acceptance(match=match, note="By phone.", **by),
    "release": lambda match, **by: release_by_reviewer(match=match, **by),
    "alternate": lambda match, **by: approve_alternate(seat=match.seat, volunteer=match.volunteer, **by),
    "broadcast": lambda match, **by: start_broadcast(seat=match.seat, **by),
}


@pytest.fixture
def match(cast: Cast, now: datetime) -> Match:
    match = make_offered_match(cast, now)
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)
    return match


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS.keys())
def test_a_reviewer_decides_nothing_in_a_contest_of_their_own(
    cast: Cast, match: Match, now: datetime, decide: Callable[..., Any]
) -> None:
    with pytest.raises(NotAllowed, match="a part in this contest"):
        decide(match, actor=cast.rita, at=now)


def test_nor_do_they_stand_beside_the_two_sides_of_a_match(cast: Cast, match: Match, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="no part in this match"):
        report_problem(actor=cast.rita, match=match, kind="other", at=now)
