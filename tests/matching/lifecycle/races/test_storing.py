"""A run stores what it found while people approve, withdraw, cut and call off."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from campaigns.actions.request_ends import cancel_request, reduce_seats
from matching.engine.run import match as solve
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Run
from matching.runs.actions.store import store_proposals
from matching.snapshot.assembly import take_run_snapshot
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.races.concurrency import (
    Act,
    Outcome,
    disable_row_locks,
    fail_on_logged_errors,
    run_at_once,
)
from tests.matching.lifecycle.races.random_actions import (
    begin_round,
    build_act,
    is_settled,
    list_live_matches,
    possible_actions,
)
from tests.matching.lifecycle.races.scenario import RaceScenario

TRIES = 60  # how often a harness may be repeated until it sees what it must see without its guard


def about_to_store(stage: RaceScenario) -> Callable[[], int]:
    """A run whose answer is ready: what stores it."""
    run = Run.objects.create(
        state=Run.State.RUNNING,
        policy=get_active_policy(),
        requested_at=stage.at,
        started_at=stage.at,
        lease_expires_at=stage.at + timedelta(minutes=5),
        attempts=1,
    )
    snapshot = take_run_snapshot(run, at=stage.at)
    solution, _ = solve(snapshot.problem, clock=time.perf_counter, progress=lambda stage: None)
    return lambda: store_proposals(run, snapshot, solution, at=stage.at)


def store_among_others(stage: RaceScenario, chance: random.Random) -> list[Outcome]:
    begin_round(stage, chance)
    acts: list[Act] = [about_to_store(stage)]
    for match in chance.choices(list_live_matches(), k=4):
        acts.append(build_act(stage, match, *chance.choice(possible_actions(match)), at=stage.at))
    role = chance.choice([*stage.list_roles("site"), *stage.list_roles("texts")])
    acts.append(partial(reduce_seats, actor=stage.carol, role=role, seat_count=1, at=stage.at))
    request = stage.requests[chance.choice(["rival", "team", "site"])]
    acts.append(partial(cancel_request, actor=stage.carol, request=request, at=stage.at))
    chance.shuffle(acts)
    return run_at_once(acts)


@pytest.mark.parametrize("half", [0, 1])
def test_a_run_stores_nothing_that_others_have_made_untrue(stage: RaceScenario, thorough: bool, half: int) -> None:
    for seed in range(half, 24 if thorough else 4, 2):
        with fail_on_logged_errors():
            outcomes = store_among_others(stage, random.Random(seed))

        assert [outcome.error for outcome in outcomes if not outcome.is_clean] == [], f"seed {seed}"
        assert find_broken_invariants() == {}, f"seed {seed}"
        assert is_settled(), f"seed {seed}"


def test_without_locks_a_run_stores_what_is_no_longer_true(stage: RaceScenario) -> None:
    for seed in range(TRIES):
        with disable_row_locks():
            outcomes = store_among_others(stage, random.Random(seed))
        if find_broken_invariants() or not is_settled() or not all(outcome.is_clean for outcome in outcomes):
            return
    pytest.fail("Without locks a run stored nothing untrue, so the test above proves nothing.")
