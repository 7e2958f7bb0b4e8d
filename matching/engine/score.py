"""What a pair is worth: whole numbers with named parts that sum to the score."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from matching.engine.feasibility import Index, Looks
from matching.engine.problem import Int, Problem
from matching.rules.score_parts import PARTS, Scope, ScorePart, list_parts


def check_weights(problem: Problem) -> None:
    """Raise ValueError when a weight is below zero, or totals might not fit 64 bits.

    The search counts in sixty-fourths of a point, and lets a pin count for more than all seats together.
    """
    weights = problem.weights.tolist()
    if min(weights) < 0:
        raise ValueError("A weight is below zero: give every weight of the policy a whole number, zero or more.")
    most = sum(weight * part.cap for part, weight in zip(PARTS, weights, strict=True))
    if most * (problem.seats + problem.volunteers + 1) >= 2**52:
        raise ValueError("The policy's weights are too large to add up: divide all of them by the same number.")


def weights_of(problem: Problem, scope: Scope) -> list[tuple[ScorePart, int]]:
    """The parts of a scope, in their order, each with its weight."""
    pairs = zip(PARTS, problem.weights.tolist(), strict=True)
    return [(part, weight) for part, weight in pairs if part.scope == scope]


def compute_factors(part: ScorePart, numbers: Int) -> Int:
    """[n] what the weight of a part is multiplied by, for these numbers."""
    capped: Int = np.minimum(numbers, part.cap)
    return part.cap - capped if part.counts_down else capped


def sum_parts(problem: Problem, scope: Scope, numbers: Int) -> Int:
    """[n] the sum of the parts of a scope, for these numbers [n, parts of the scope]."""
    total = np.zeros(len(numbers), np.int64)
    for column, (part, weight) in enumerate(weights_of(problem, scope)):
        total += weight * compute_factors(part, numbers[:, column])
    return total


def compute_need(problem: Problem) -> Int:
    """[Q] the parts that any holder of a role of each request earns, as a sum."""
    return sum_parts(problem, Scope.REQUEST, problem.request_numbers)


def parts(index: Index, role: int, looks: Looks) -> Int:
    """[n, parts] the parts, in the order of `PARTS`, of a role's score for each of the n volunteers looked at.

    They mean something only where the volunteer is feasible.
    """
    table = np.empty((len(looks.rows), len(PARTS)), dtype=np.int64)
    for number, points in enumerate(_each_part(index, role, looks)):
        table[:, number] = points
    return table


def worth(index: Index, role: int, looks: Looks) -> Int:
    """[n] the sums of these parts."""
    each = list(_each_part(index, role, looks))
    total = np.full(len(looks.rows), sum(int(points) for points in each if not np.ndim(points)), dtype=np.int64)
    for points in each:
        if np.ndim(points):
            total += points
    return total


def _each_part(index: Index, role: int, looks: Looks) -> Iterator[Int]:
    """The parts, one after the other: [n], or one number where it is the same for all n."""
    problem = index.problem
    request = problem.role_request[role]
    place = {part.name: column for scope in Scope for column, part in enumerate(list_parts(scope))}
    for part, weight in zip(PARTS, problem.weights.tolist(), strict=True):
        column = place[part.name]
        match part.scope:
            case Scope.REQUEST:
                numbers = problem.request_numbers[request, column]
            case Scope.VOLUNTEER:
                numbers = problem.volunteer_numbers[looks.rows, column]
            case Scope.CLAIM:
                numbers = looks.claimed[:, column]
            case Scope.PAIR:
                numbers = _listed_numbers(problem, role, column, looks.rows)
            case Scope.COMPUTED:
                numbers = _COMPUTED[part.name](index, role, looks)
        yield weight * compute_factors(part, numbers)


def _listed_numbers(problem: Problem, role: int, column: int, volunteers: Int) -> Int:
    """[n] the numbers of a part that is listed by pair, for these volunteers in this role."""
    listed = np.flatnonzero((problem.listed_role == role) & (problem.listed_part == column))
    if not len(listed):
        return np.zeros_like(volunteers)
    numbers = np.zeros(problem.volunteers, dtype=np.int64)
    np.add.at(numbers, problem.listed_volunteer[listed], problem.listed_number[listed])
    return numbers[volunteers]


def _levels_above(index: Index, role: int, looks: Looks) -> Int:
    above: Int = looks.level - index.problem.role_level[role]
    return above


def _nice_skills(index: Index, role: int, looks: Looks) -> Int:
    problem = index.problem
    count = np.zeros(problem.volunteers, dtype=np.int64)
    for skill in np.unique(problem.nice_skill[problem.nice_role == role]):
        count[index.claims(int(skill)).volunteer] += 1
    return count[looks.rows]


def _spare_times(index: Index, role: int, looks: Looks) -> Int:
    """Two hours each: four half-hours."""
    spare: Int = (looks.overlap - 2 * index.problem.role_hours[role]) >> 2
    return spare


def _named_places(index: Index, role: int, looks: Looks) -> Int:
    return looks.near.astype(np.int64)


_COMPUTED: dict[str, Callable[[Index, int, Looks], Int]] = {
    "level": _levels_above,
    "nice": _nice_skills,
    "spare": _spare_times,
    "place": _named_places,
}
