"""Whatever people, clocks and runs do at the same moment, the invariants hold afterwards."""

import random

import pytest

from matching.lifecycle.actions.clocks import end_orphaned_matches
from tests.matching.lifecycle.invariants import find_broken_invariants
from tests.matching.lifecycle.races.concurrency import disable_row_locks, fail_on_logged_errors, run_at_once
from tests.matching.lifecycle.races.random_actions import (
    AFTER_EVERY_CLOCK,
    begin_round,
    draw_acts,
    is_settled,
    sweep_everything_due,
)
from tests.matching.lifecycle.races.scenario import RaceScenario

ACTS = 10
TRIES = 60  # how many rounds may pass until the harness sees what it must see without its guard


@pytest.mark.parametrize("half", [0, 1])
def test_no_invariant_breaks_in_random_rounds(stage: RaceScenario, thorough: bool, half: int) -> None:
    for seed in range(half, 40 if thorough else 8, 2):
        chance = random.Random(seed)
        begin_round(stage, chance)
        acts = draw_acts(stage, chance, number=ACTS)

        with fail_on_logged_errors():
            outcomes = run_at_once(acts)
            assert [outcome.error for outcome in outcomes if not outcome.is_clean] == [], f"seed {seed}"
            assert find_broken_invariants() == {}, f"seed {seed}"

            end_orphaned_matches(at=stage.at)
            assert is_settled(), f"seed {seed}"
            run_at_once([lambda: sweep_everything_due(at=stage.at + 2 * AFTER_EVERY_CLOCK)] * 2)
            assert find_broken_invariants() == {}, f"seed {seed}"


def test_the_rounds_see_what_breaks_when_nobody_locks(stage: RaceScenario) -> None:
    seen: set[str] = set()
    for seed in range(TRIES):
        chance = random.Random(seed)
        begin_round(stage, chance)
        acts = draw_acts(stage, chance, number=ACTS)
        with disable_row_locks():
            outcomes = run_at_once(acts)
        seen |= set(find_broken_invariants())
        seen |= {"an error" for outcome in outcomes if not outcome.is_clean}
        if seen - {"an error"}:
            return
    pytest.fail(f"Without locks no invariant broke, so the test above proves nothing; seen: {seen or 'nothing'}.")
