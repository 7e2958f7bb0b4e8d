"""Whatever people, clocks and runs do at the same moment, the invariants hold afterwards."""

import random

import pytest

from matching.actions.clocks import end_orphans
from tests.matching.invariants import broken
from tests.matching.races.crowd import at_once, nothing_swallowed, without_locks
from tests.matching.races.moves import FAR, begin, draw, everything_due, settled
from tests.matching.races.stage import Stage

ACTS = 10
TRIES = 60  # how many rounds may pass until the harness sees what it must see without its guard


@pytest.mark.parametrize("half", [0, 1])
def test_no_invariant_breaks_in_random_rounds(stage: Stage, thorough: bool, half: int) -> None:
    for seed in range(half, 500 if thorough else 8, 2):
        chance = random.Random(seed)
        begin(stage, chance)
        acts = draw(stage, chance, number=ACTS)

        with nothing_swallowed():
            outcomes = at_once(acts)
            assert [outcome.error for outcome in outcomes if not outcome.clean] == [], f"seed {seed}"
            assert broken() == {}, f"seed {seed}"

            end_orphans(at=stage.at)
            assert settled(), f"seed {seed}"
            at_once([lambda: everything_due(at=stage.at + 2 * FAR)] * 2)
            assert broken() == {}, f"seed {seed}"


def test_the_rounds_see_what_breaks_when_nobody_locks(stage: Stage) -> None:
    seen: set[str] = set()
    for seed in range(TRIES):
        chance = random.Random(seed)
        begin(stage, chance)
        acts = draw(stage, chance, number=ACTS)
        with without_locks():
            outcomes = at_once(acts)
        seen |= set(broken())
        seen |= {"an error" for outcome in outcomes if not outcome.clean}
        if seen - {"an error"}:
            return
    pytest.fail(f"Without locks no invariant broke, so the test above proves nothing; seen: {seen or 'nothing'}.")
