import numpy as np
import pytest

from matching.engine.explain import why, why_empty
from matching.engine.feasibility import REASONS, Index, judge
from matching.engine.run import match
from tests.matching.engine.instances import tiny


@pytest.mark.parametrize("seed", range(30))
def test_every_pair_is_explained_as_it_was_judged(seed: int) -> None:
    problem = tiny(seed)
    index = Index(problem)

    for role in range(problem.roles):
        fails = judge(index, role).fails
        for volunteer in range(problem.volunteers):
            told = why(problem, volunteer, role)
            assert told.failing == tuple(np.array(REASONS)[fails[:, volunteer]])
            assert bool(told.parts) == (not told.failing)


def test_the_parts_of_a_match_sum_to_its_score() -> None:
    problem = tiny(4)
    solution, _ = match(problem, clock=lambda: 0.0)

    for volunteer, role, score in zip(solution.volunteer, solution.role, solution.score, strict=True):
        assert sum(why(problem, int(volunteer), int(role)).parts.values()) == score


@pytest.mark.parametrize("seed", range(30))
def test_everybody_without_the_place_is_counted_once(seed: int) -> None:
    problem = tiny(seed)
    solution, _ = match(problem, clock=lambda: 0.0)

    for role in range(problem.roles):
        found = why_empty(Index(problem), solution, role)
        holders = int((solution.role == role).sum())
        assert found.feasible + sum(found.first.values()) + holders == problem.volunteers
        assert all(found.alone.get(reason, 0) <= problem.volunteers - found.feasible for reason in REASONS)
        assert found.elsewhere <= found.feasible
