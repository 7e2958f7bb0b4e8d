"""An approval is undone at the moment at which its offer leaves, or twice."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest

from core.models import Notice
from matching.lifecycle.actions.clocks import advance_ready_teams
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.undo import undo_approval
from matching.models import Match, Policy
from matching.rules.states import MatchState
from tests.cast import Cast, assemble_cast
from tests.conftest import NOW
from tests.match_factory import make_proposed_match
from tests.matching.lifecycle.races.concurrency import run_at_once


@pytest.fixture
def approved(db: None) -> Iterator[tuple[Cast, Match]]:
    Policy.objects.update(undo_minutes=10)
    cast = assemble_cast(NOW)
    yield cast, approve_match(actor=cast.rita, match=make_proposed_match(cast, NOW), at=NOW)
    Policy.objects.update(undo_minutes=0)  # the policy is committed, and other tests have no time to undo


def test_the_offer_leaves_or_the_approval_is_undone(approved: tuple[Cast, Match]) -> None:
    cast, match = approved
    at = NOW + timedelta(minutes=10)

    undone, *_sweeps = run_at_once(
        [partial(undo_approval, actor=cast.rita, match=match, at=at), *[partial(advance_ready_teams, at=at)] * 3]
    )

    match.refresh_from_db()
    offers = Notice.objects.filter(kind="offer").count()
    assert (match.state, offers) in ((MatchState.OFFERED, 1), (MatchState.PROPOSED, 0))
    assert (undone.error is None) == (match.state == MatchState.PROPOSED)


def test_of_five_who_undo_it_at_once_one_does(approved: tuple[Cast, Match]) -> None:
    cast, match = approved
    outcomes = run_at_once([partial(undo_approval, actor=cast.rita, match=match, at=NOW)] * 5)

    assert sum(outcome.error is None for outcome in outcomes) == 1
    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED
