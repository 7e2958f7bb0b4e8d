from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from matching.engine.feasibility import Index, judge
from matching.engine.problem import Problem, Solution
from matching.engine.rulebook import Rulebook
from matching.engine.run import match
from matching.engine.verify import judge_all, verify
from tests.matching.engine.instances import middling, tiny

Spoil = Callable[[Problem, Solution], tuple[Problem, Solution]]


def edited(solution: Solution, volunteer: list[int], role: list[int]) -> Solution:
    parts = np.zeros((len(role), 9), dtype=np.int64)
    return replace(solution, volunteer=np.array(volunteer, np.int64), role=np.array(role, np.int64), parts=parts)


def cheaper(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    return problem, replace(solution, bound=solution.value - 1)


def richer(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    return problem, replace(solution, value=solution.value + 1)


def flattered(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    parts = solution.parts.copy()
    parts[0, 0] += 1
    return problem, replace(solution, parts=parts)


def doubled(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    again = replace(
        solution,
        volunteer=np.append(solution.volunteer, solution.volunteer[0]),
        role=np.append(solution.role, solution.role[0]),
        parts=np.vstack([solution.parts, solution.parts[:1]]),
    )
    return problem, again


def overfilled(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    return replace(problem, role_seats=problem.role_seats - (np.arange(problem.roles) == solution.role[0])), solution


def tired(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    hours = problem.hours.copy()
    hours[solution.volunteer[0]] = 0
    return replace(problem, hours=hours), solution


def busy(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    projects = problem.projects.copy()
    projects[solution.volunteer[0]] = 0
    return replace(problem, projects=projects), solution


def vetoed(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    campaign = problem.request_campaign[problem.role_request[solution.role[0]]]
    return (
        replace(
            problem,
            veto_volunteer=np.append(problem.veto_volunteer, solution.volunteer[0]),
            veto_campaign=np.append(problem.veto_campaign, campaign),
        ),
        solution,
    )


def away(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    day = problem.request_last[problem.role_request[solution.role[0]]]
    return (
        replace(
            problem,
            time_off_volunteer=np.append(problem.time_off_volunteer, solution.volunteer[0]),
            time_off_first=np.append(problem.time_off_first, day),
            time_off_last=np.append(problem.time_off_last, day),
        ),
        solution,
    )


def asleep(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    free = problem.availability.copy()
    free[solution.volunteer[0]] = 0
    return replace(problem, availability=free), solution


def unlearnt(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    level = problem.claim_level.copy()
    level[problem.claim_volunteer == solution.volunteer[0]] = 0
    return replace(problem, claim_level=level), solution


def halved(problem: Problem, solution: Solution) -> tuple[Problem, Solution]:
    whole = np.ones_like(problem.request_whole)
    seats = problem.role_seats + (problem.role_request == problem.role_request[solution.role[0]])
    return replace(problem, request_whole=whole, role_seats=seats), solution


SPOILED = [
    *(cheaper, richer, flattered, doubled, overfilled, tired, busy, vetoed, away, asleep, unlearnt, halved),
]


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda spoil: spoil.__name__)
def test_whatever_is_wrong_is_named(spoil: Spoil) -> None:
    problem = middling(1)
    solution, _ = match(problem, clock=lambda: 0.0)
    assert verify(problem, solution) == []

    assert verify(*spoil(problem, solution)) != []


def test_an_edited_assignment_can_be_checked_without_prices() -> None:
    problem = middling(1)
    solution, _ = match(problem, clock=lambda: 0.0)
    fewer = replace(solution, volunteer=solution.volunteer[1:], role=solution.role[1:], parts=solution.parts[1:])
    rolling = replace(problem, request_whole=np.zeros_like(problem.request_whole))

    assert [told for told in verify(rolling, fewer, prices=False) if "pinned" not in told] == []


@pytest.mark.parametrize("seed", range(120))
def test_solver_and_checker_read_the_rules_alike(seed: int) -> None:
    problem = tiny(seed)
    index, book = Index(problem), Rulebook(problem)

    for role in range(problem.roles):
        fits = ~judge(index, role).fails.any(axis=0)
        assert fits.tolist() == [not book.broken(volunteer, role) for volunteer in range(problem.volunteers)]


@pytest.mark.parametrize("seed", range(10))
def test_no_more_seats_can_be_filled_than_the_checker_says(seed: int) -> None:
    problem = tiny(seed)
    solution = match(problem, clock=lambda: 0.0)[0]

    fillable = judge_all(problem, solution).fillable

    assert fillable is not None
    assert len(solution.role) <= fillable <= problem.seats
    nobody = judge_all(replace(problem, projects=np.zeros_like(problem.projects)), edited(solution, [], []))
    assert nobody.fillable == 0
