"""What a pair is worth: whole numbers with named parts that sum to the score."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matching.engine.feasibility import Index, Looks
from matching.engine.problem import Int, Problem

PARTS = ("priority", "election", "waiting", "level", "wanted", "nice", "spare", "place", "turn")

# The largest factor by which each part's weight is multiplied; priorities run from 1 to 5.
LARGEST = dict(priority=5, election=26, waiting=12, level=2, wanted=1, nice=3, spare=5, place=1, turn=26)


def check_weights(problem: Problem) -> None:
    """Raise ValueError when a weight is below zero, or totals might not fit 64 bits.

    The search counts in sixty-fourths of a point, and lets a pin count for more than all seats together.
    """
    weights = problem.weights
    if min(getattr(weights, part) for part in PARTS) < 0:
        raise ValueError("A weight is below zero: give every weight of the policy a whole number, zero or more.")
    most = sum(getattr(weights, part) * LARGEST[part] for part in PARTS)
    if most * (problem.seats + problem.volunteers + 1) >= 2**52:
        raise ValueError("The policy's weights are too large to add up: divide all of them by the same number.")


def need(problem: Problem, role: int) -> tuple[int, int, int]:
    """The parts that any holder of a role earns: priority, election, waiting."""
    weights, request = problem.weights, problem.role_request[role]
    return (
        weights.priority * int(problem.request_priority[request]),
        weights.election * max(0, 26 - int(problem.election_weeks[request])),
        weights.waiting * min(int(problem.waiting_weeks[request]), 12),
    )


def parts(index: Index, role: int, looks: Looks) -> Int:
    """[n, 9] the parts, named by PARTS, of a role's score for each of the n volunteers looked at.

    They mean something only where the volunteer is feasible.
    """
    table = np.empty((len(looks.rows), len(PARTS)), dtype=np.int64)
    table[:, :3] = need(index.problem, role)
    for number, part in enumerate(_of_pair(index, role, looks), start=3):
        table[:, number] = part
    return table


def worth(index: Index, role: int, looks: Looks) -> Int:
    """[n] the sums of these parts."""
    total = np.full(len(looks.rows), sum(need(index.problem, role)), dtype=np.int64)
    for part in _of_pair(index, role, looks):
        total += part
    return total


def _of_pair(index: Index, role: int, looks: Looks) -> Iterator[Int]:
    """The parts after the first three, one after the other."""
    problem, weights = index.problem, index.problem.weights
    yield weights.level * np.minimum(looks.level - problem.role_level[role], 2)
    yield weights.wanted * looks.wanted
    yield weights.nice * np.minimum(_nice_skills(index, role)[looks.rows], 3)
    yield weights.spare * np.minimum((looks.overlap - 2 * problem.role_hours[role]) >> 2, 5)  # two hours each
    yield weights.place * looks.near
    yield weights.turn * np.minimum(problem.turn_weeks[looks.rows], 26)


def _nice_skills(index: Index, role: int) -> Int:
    problem = index.problem
    count = np.zeros(problem.volunteers, dtype=np.int64)
    for skill in np.unique(problem.nice_skill[problem.nice_role == role]):
        count[index.claims(int(skill)).volunteer] += 1
    return count
