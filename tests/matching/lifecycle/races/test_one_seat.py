"""Many say yes to one seat at the same moment: a hundred, in full numbers."""

import random
from collections import Counter
from collections.abc import Sequence

import pytest
from django.db import transaction

from core.errors import Full, WrongState
from core.models import Notice
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from matching.rules.states import MatchState
from tests.conftest import NOW
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.races.concurrency import (
    Act,
    Outcome,
    disable_row_locks,
    fail_on_logged_errors,
    run_at_once,
)
from tests.matching.lifecycle.races.scenario import RaceScenario, create_raced_offer, set_up_scenario

TRIES = 50  # how often a harness may be repeated until it sees what it must see without its guard


class ForcedBack(Exception):
    """The transaction was rolled back on purpose after its work was done."""


@pytest.fixture
def crowd(db: None, thorough: bool) -> RaceScenario:
    return set_up_scenario(NOW, people=100 if thorough else 25)


def ask_everybody(crowd: RaceScenario) -> list[Match]:
    crowd.reset()
    seat = crowd.list_seats("site")[0]
    return [create_raced_offer(one, seat, at=crowd.at) for one in crowd.volunteers]


def yes(match: Match, crowd: RaceScenario, *, forced_back: bool = False) -> Act:
    def act() -> Match:
        with transaction.atomic():
            accepted = accept_offer(actor=match.volunteer.user, match=match, at=crowd.at)  # type: ignore[arg-type]
            if forced_back:
                raise ForcedBack
            return accepted

    return act


def winners(outcomes: Sequence[Outcome]) -> int:
    return sum(outcome.error is None for outcome in outcomes)


def test_one_of_many_gets_the_seat_and_the_others_end_kindly(crowd: RaceScenario, thorough: bool) -> None:
    for _ in range(5 if thorough else 2):
        asked = ask_everybody(crowd)

        with fail_on_logged_errors():
            outcomes = run_at_once([yes(match, crowd) for match in asked])

        assert winners(outcomes) == 1
        told = [outcome.error for outcome in outcomes if outcome.error is not None]
        assert [error for error in told if not isinstance(error, (Full, WrongState))] == []
        ends = Counter(Match.objects.values_list("state", "reason"))
        assert ends == {("accepted", ""): 1, ("superseded", "other_accepted_first"): len(asked) - 1}
        assert Notice.objects.filter(kind="match-ended").values("recipient").distinct().count() == len(asked) - 1
        assert Notice.objects.filter(kind="offer-accepted").count() == 1
        assert find_broken_invariants() == {}


def test_with_transactions_forced_back_there_is_still_one_winner_or_none(crowd: RaceScenario, thorough: bool) -> None:
    chance = random.Random(30)
    for _ in range(5 if thorough else 1):
        asked = ask_everybody(crowd)
        forced = [chance.random() < 0.3 for _ in asked]

        outcomes = run_at_once([yes(match, crowd, forced_back=back) for match, back in zip(asked, forced, strict=True)])

        assert [o.error for o in outcomes if not (o.is_clean or isinstance(o.error, ForcedBack))] == []
        assert winners(outcomes) == 1
        accepted = Match.objects.get(state=MatchState.ACCEPTED)
        assert outcomes[asked.index(accepted)].error is None
        assert find_broken_invariants() == {}


def test_a_yes_clicked_many_times_counts_once(stage: RaceScenario, thorough: bool) -> None:
    for _ in range(5 if thorough else 2):
        stage.reset()
        seat = stage.list_seats("site")[0]
        mine, *_others = [create_raced_offer(one, seat, at=stage.at) for one in stage.volunteers]

        outcomes = run_at_once([yes(mine, stage)] * 30)

        assert winners(outcomes) == 1
        assert all(isinstance(outcome.error, WrongState) for outcome in outcomes if outcome.error)
        assert Notice.objects.filter(kind="offer-accepted").count() == 1
        assert find_broken_invariants() == {}


def test_the_harness_sees_circles_and_errors_when_nobody_locks(stage: RaceScenario) -> None:
    for _ in range(TRIES):
        asked = ask_everybody(stage)
        with disable_row_locks():
            outcomes = run_at_once([yes(match, stage) for match in asked])
        if not all(outcome.is_clean for outcome in outcomes):
            assert Match.objects.filter(state=MatchState.ACCEPTED).count() <= 1  # the index is the second guard
            return
    pytest.fail("Without locks nothing went wrong, so the tests above prove nothing.")
