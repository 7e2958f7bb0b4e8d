"""One volunteer and all roles, beside each role and all volunteers, and beside the second reader of the rules."""

import numpy as np
import pytest

from matching.engine.feasibility import REASONS, Index, Reason, judge
from matching.engine.one_volunteer import failing_alone, judge_roles
from matching.engine.rulebook import Rulebook
from tests.matching.engine.instances import Shape, middling, random_problem, tiny


@pytest.mark.parametrize("seed", range(25))
def test_each_pair_is_judged_as_its_role_judges_all_volunteers(seed: int) -> None:
    problem = tiny(seed) if seed < 20 else middling(seed, volunteers=40)
    index = Index(problem)
    by_role = [judge(index, role) for role in range(problem.roles)]

    for volunteer in range(problem.volunteers):
        judged = judge_roles(problem.among(np.array([volunteer])))
        assert judged.fails.shape == (len(REASONS), problem.roles)
        for role, expected in enumerate(by_role):
            assert judged.fails[:, role].tolist() == expected.fails[:, volunteer].tolist()
            assert judged.level[role] == expected.level[volunteer]
            assert judged.wanted[role] == expected.claimed[volunteer, 0]


@pytest.mark.parametrize("seed", range(10))
def test_the_roles_that_fit_break_no_rule_of_the_independent_reader(seed: int) -> None:
    # Many held seats and times off, so that the rules about them bite.
    shape = Shape(volunteers=30, requests=12, skills=3, held=0.9, strict=0.3, contests=3, free=0.3)
    problem = random_problem(shape, seed)
    book = Rulebook(problem)

    for volunteer in range(problem.volunteers):
        judged = judge_roles(problem.among(np.array([volunteer])))
        expected = [not book.broken(volunteer, role) for role in range(problem.roles)]
        assert judged.fits().tolist() == expected


def test_every_rule_bites_in_these_problems() -> None:
    shape = Shape(volunteers=30, requests=12, skills=3, held=0.9, strict=0.3, contests=3, free=0.3)
    seen = np.zeros(len(REASONS), np.bool_)
    for seed in range(10):
        problem = random_problem(shape, seed)
        for volunteer in range(problem.volunteers):
            seen |= judge_roles(problem.among(np.array([volunteer]))).fails.any(axis=1)
    assert [reason for reason, bites in zip(REASONS, seen.tolist(), strict=True) if not bites] == []


def test_a_rule_that_alone_stands_in_the_way_is_named() -> None:
    problem = middling(3, volunteers=60)
    alone = 0
    for volunteer in range(problem.volunteers):
        judged = judge_roles(problem.among(np.array([volunteer])))
        for reason in (Reason.WINDOW, Reason.MEETING, Reason.LEVEL):
            rows = np.flatnonzero(failing_alone(judged, reason))
            alone += len(rows)
            for row in rows.tolist():
                assert np.flatnonzero(judged.fails[:, row]).tolist() == [REASONS.index(reason)]
    assert alone > 0
