"""Few seats: only a few people are looked at closely, and the answer is the one for everybody."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matching.engine import run, score
from matching.engine.feasibility import Index, feasible, judge
from matching.engine.problem import Problem, array_names
from matching.engine.run import match
from matching.engine.shortlist import best, restored, shortlist
from matching.engine.verify import verify
from tests.matching.engine.instances import middling, tiny


def few_seats(seed: int) -> Problem:
    """A middling problem in which a few roles have seats."""
    problem, rng = middling(seed), np.random.default_rng(seed)
    seats = np.zeros_like(problem.role_seats)
    some = rng.choice(problem.roles, 1 + seed % 4, replace=False)
    seats[some] = problem.role_seats[some]
    return replace(problem, role_seats=seats)


@pytest.mark.parametrize("seed", range(40))
def test_whoever_breaks_no_rule_is_found_with_what_they_are_worth(seed: int) -> None:
    problem = tiny(seed)
    index = Index(problem)
    for role in range(problem.roles):
        judged = judge(index, role)
        fit = feasible(index, role)
        rows = np.flatnonzero(~judged.fails.any(axis=0))
        assert fit.rows.tolist() == rows.tolist()
        assert score.worth(index, role, fit).tolist() == score.parts(index, role, judged).sum(axis=1)[rows].tolist()


def test_the_most_valuable_are_the_first_of_equals() -> None:
    worth = np.array([3, 7, 7, 1, 9, 7])

    assert [best(worth, most).tolist() for most in range(8)] == [[4, 1, 2, 5, 0, 3][:most] for most in range(8)]


@pytest.mark.parametrize("seed", range(30))
def test_the_answer_for_the_shortlist_is_as_good_as_the_answer_for_everybody(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = few_seats(seed) if seed % 2 else tiny(seed)
    everybody, _ = match(problem, clock=lambda: 0.0)
    monkeypatch.setattr(run, "MANY", 0)

    solution, _ = match(problem, clock=lambda: 0.0)

    assert verify(problem, solution) == []
    assert (solution.value, solution.pairs) == (everybody.value, everybody.pairs)
    assert solution.bound == everybody.bound


@pytest.mark.parametrize("seed", range(20))
def test_requests_without_a_role_that_nobody_holds_decide_nothing(seed: int) -> None:
    problem, nobody = tiny(seed), np.empty(0, np.int64)
    rows = np.flatnonzero(problem.role_request != problem.role_request[0])
    told = {name: getattr(problem, name)[rows] for name in array_names() if name.startswith("role_")}
    none: dict[str, Any] = dict.fromkeys(
        (
            *("nice_role", "nice_skill", "pin_volunteer", "pin_role", "held_volunteer"),
            *("listed_volunteer", "listed_role", "listed_part", "listed_number"),
        ),
        nobody,
    )
    fewer = replace(problem, **told, **none, held_request=nobody, held_hours=nobody)
    trimmed = fewer.without_idle()

    assert trimmed.requests < fewer.requests

    mine, theirs = (match(one, clock=lambda: 0.0)[0] for one in (trimmed, fewer))

    assert verify(trimmed, mine) == []
    assert (mine.value, mine.bound, mine.pairs) == (theirs.value, theirs.bound, theirs.pairs)
    assert (mine.volunteer.tolist(), mine.role.tolist()) == (theirs.volunteer.tolist(), theirs.role.tolist())


def test_most_people_are_left_out_where_seats_are_few() -> None:
    problem = few_seats(1)
    found = shortlist(problem)

    assert 0 < len(found.rows) < problem.volunteers // 4


def test_an_answer_whose_prices_do_not_keep_out_those_who_were_left_out_is_none() -> None:
    problem = few_seats(1)
    found = shortlist(problem)
    solution, _ = match(problem.among(found.rows), clock=lambda: 0.0)

    assert restored(found, solution) is not None
    assert found.left.max() > 0
    assert restored(found, replace(solution, role_price=np.zeros_like(solution.role_price))) is None
