"""Few seats: the few people who can matter for them, so that nobody else has to be looked at closely.

With S seats in all, no role needs more than its S most valuable people. Whoever has a seat of it in an answer and is
not among them can hand it to one of them who has none, of whom there is always one, as S - 1 others sit at most; that
person is free, fits by every rule, and is worth at least as much. One more a role keeps the prices high enough for
those who are left out, which is looked at when the prices are there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from matching.engine import score
from matching.engine.feasibility import Index, feasible
from matching.engine.problem import FINE, Int, Problem, Solution

SEATS = 64  # at most
MANY = 500  # people, up to whom everybody is looked at


class Shortlist(NamedTuple):
    """`rows` are the volunteers who can matter, and there are so many feasible `pairs` in all.

    `left[r]` is what the best pair that was left out of role r is worth, 0: none was.
    """

    rows: Int
    pairs: int
    left: Int


def shortlist(problem: Problem) -> Shortlist:
    """Who can matter for this problem's seats."""
    index, most = Index(problem), problem.seats + 1
    chosen, pairs, left = [problem.pin_volunteer], 0, np.zeros(problem.roles, np.int64)
    for role in range(problem.roles):
        fit = feasible(index, role)
        pairs += len(fit.rows)
        if problem.role_seats[role] == 0:
            continue
        worth = score.worth(index, role, fit)
        first = best(worth, most + 1)
        chosen.append(fit.rows[first[:most]])
        left[role] = worth[first[most]] if len(first) > most else 0
    return Shortlist(np.unique(np.concatenate(chosen)), pairs, left)


def restored(found: Shortlist, solution: Solution) -> Solution | None:
    """The answer to the question about the shortlist as one to the whole question; None when its prices are too low.

    At these prices nobody who was left out gains anything, so that they prove the same bound.
    """
    if (found.left * FINE > solution.role_price).any():
        return None
    return replace(solution, volunteer=found.rows[solution.volunteer], pairs=found.pairs)


def best(worth: Int, most: int) -> Int:
    """The positions of the `most` largest, of equals the first, in descending order."""
    size = len(worth)
    order: Int = worth * size + np.arange(size)[::-1]  # no two alike, and within 64 bits by `check_weights`
    if not 0 < most < size:
        return np.argsort(-order)[:most]
    found = np.argpartition(order, -most)[-most:]
    return found[np.argsort(-order[found])]
