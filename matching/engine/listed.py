"""The parts of a score that are listed by pair: few pairs of a volunteer and a role have any."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine import score
from matching.engine.market import Small
from matching.engine.problem import Int, Problem
from matching.rules.score_parts import Scope, list_parts


class Listed(NamedTuple):
    """m pairs, none twice, in ascending order of role, then volunteer, with the numbers of their parts."""

    key: Int  # [m] role times V plus volunteer
    numbers: Int  # [m, parts of a pair]


def gather_listed(problem: Problem) -> Listed:
    """Gather what the problem lists: rows that repeat a pair and a part add up."""
    key, pair = np.unique(_key(problem, problem.listed_volunteer, problem.listed_role), return_inverse=True)
    numbers = np.zeros((len(key), len(list_parts(Scope.PAIR))), np.int64)
    np.add.at(numbers, (pair, problem.listed_part), problem.listed_number)
    return Listed(key, numbers)


def numbers_of(problem: Problem, volunteer: Int, role: Int) -> Int:
    """[n, parts of a pair] the numbers of these pairs."""
    listed = gather_listed(problem)
    numbers = np.zeros((len(role), listed.numbers.shape[1]), np.int64)
    if len(listed.key):
        key = _key(problem, volunteer, role)
        at = np.minimum(np.searchsorted(listed.key, key), len(listed.key) - 1)
        found = listed.key[at] == key
        numbers[found] = listed.numbers[at[found]]
    return numbers


class Earned(NamedTuple):
    """What the listed pairs add to the score, by role, then by row of the postings; those that add nothing left out."""

    start: Int  # [R + 1] those of role r are `start[r]` up to `start[r + 1]`
    at: Int  # [E] row of the postings
    points: Int  # [E]


def find_earned(problem: Problem, skill: Int, start: Int, posted: Small | Int) -> Earned:
    """Find them in the postings `posted`, in which those of each skill are from `start` on; `skill` is the roles' [R].

    Pairs whose volunteer does not claim the role's skill are left out, as they are not feasible.
    """
    listed = gather_listed(problem)
    points = score.sum_parts(problem, Scope.PAIR, listed.numbers)
    role, volunteer = np.divmod(listed.key, max(1, problem.volunteers))
    at = np.full(len(role), -1, np.int64)
    asked = skill[role]
    for one in np.unique(asked).tolist():
        rows = np.flatnonzero(asked == one)
        begin, end = int(start[one]), int(start[one + 1])
        if begin < end:
            place = np.minimum(begin + np.searchsorted(posted[begin:end], volunteer[rows]), end - 1)
            at[rows] = np.where(posted[place] == volunteer[rows], place, -1)
    some = np.flatnonzero((at >= 0) & (points > 0))
    return Earned(np.searchsorted(role[some], np.arange(problem.roles + 1)), at[some], points[some])


def _key(problem: Problem, volunteer: Int, role: Int) -> Int:
    return role * max(1, problem.volunteers) + volunteer
