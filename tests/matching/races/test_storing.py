"""A run stores what it found while people approve, withdraw, cut and call off."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from campaigns.actions.requests import cancel_request, cut_seats
from matching.actions.store import store
from matching.engine.run import match as solve
from matching.models import Run
from matching.queries.matches import active_policy
from matching.queries.snapshot import take
from tests.matching.invariants import broken
from tests.matching.races.crowd import Act, Outcome, at_once, nothing_swallowed, without_locks
from tests.matching.races.moves import act_of, begin, live, possible, settled
from tests.matching.races.stage import Stage

TRIES = 60  # how often a harness may be repeated until it sees what it must see without its guard


def about_to_store(stage: Stage) -> Callable[[], int]:
    """A run whose answer is ready: what stores it."""
    run = Run.objects.create(
        state=Run.State.RUNNING,
        policy=active_policy(),
        asked_at=stage.at,
        started_at=stage.at,
        lease_until=stage.at + timedelta(minutes=5),
        attempts=1,
    )
    snapshot = take(run, at=stage.at)
    solution, _ = solve(snapshot.problem, clock=time.perf_counter, progress=lambda stage: None)
    return lambda: store(run, snapshot, solution, at=stage.at)


def store_among_others(stage: Stage, chance: random.Random) -> list[Outcome]:
    begin(stage, chance)
    acts: list[Act] = [about_to_store(stage)]
    for match in chance.choices(live(), k=4):
        acts.append(act_of(stage, match, *chance.choice(possible(match)), at=stage.at))
    role = chance.choice([*stage.roles("site"), *stage.roles("texts")])
    acts.append(partial(cut_seats, actor=stage.carol, role=role, seats=1, at=stage.at))
    request = stage.requests[chance.choice(["rival", "team", "site"])]
    acts.append(partial(cancel_request, actor=stage.carol, request=request, at=stage.at))
    chance.shuffle(acts)
    return at_once(acts)


@pytest.mark.parametrize("half", [0, 1])
def test_a_run_stores_nothing_that_others_have_made_untrue(stage: Stage, thorough: bool, half: int) -> None:
    for seed in range(half, 200 if thorough else 4, 2):
        with nothing_swallowed():
            outcomes = store_among_others(stage, random.Random(seed))

        assert [outcome.error for outcome in outcomes if not outcome.clean] == [], f"seed {seed}"
        assert broken() == {}, f"seed {seed}"
        assert settled(), f"seed {seed}"


def test_without_locks_a_run_stores_what_is_no_longer_true(stage: Stage) -> None:
    for seed in range(TRIES):
        with without_locks():
            outcomes = store_among_others(stage, random.Random(seed))
        if broken() or not settled() or not all(outcome.clean for outcome in outcomes):
            return
    pytest.fail("Without locks a run stored nothing untrue, so the test above proves nothing.")
