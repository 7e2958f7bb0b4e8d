"""What a pair that was left out must leave over its price to matter: to let its volunteer have more than without it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.kernels.hurdle import set_hurdles
from matching.engine.kernels.room import NEVER
from matching.engine.market import Market, Small
from matching.engine.problem import Flag, Int, Problem

MOST = 4  # projects, from which anything may matter
LONG = 100  # hours, likewise


class Hurdles(NamedTuple):
    """By volunteer and the hours of the role, in sixty-fourths of a point.

    As long as each of somebody's pairs that are not in the market leaves no more, no set of theirs is worth more than
    the best one in the market, whatever several of them would do together.
    """

    row: Int  # [V]
    kind: Int  # [R]
    least: Int  # [rows, kinds]; the first row is of those for whom anything matters

    def of(self, volunteer: Int | Small, role: Int | Small) -> Int:
        """[n] those of these pairs."""
        found: Int = self.least[self.row[volunteer], self.kind[role]]
        return found

    def lowest(self) -> Int:
        """[V] the lowest of each volunteer's."""
        lowest: Int = self.least.min(axis=1, initial=NEVER)[self.row]
        return lowest

    def less(self, margin: int) -> Hurdles:
        """The same, lower by so much."""
        return self._replace(least=self.least - margin)

    def only(self, few: Flag) -> Hurdles:
        """The same of these few [V]; of anybody else nothing matters."""
        never = np.full((1, self.least.shape[1]), NEVER)
        return self._replace(row=np.where(few, self.row, len(self.least)), least=np.concatenate((self.least, never)))


def hurdles(problem: Problem, market: Market, person: Int, price: Int, gain: Int) -> Hurdles:
    """Work them out at these prices [R], at which the best set of each of the market's volunteers leaves `gain`.

    `person` are their rows in the problem. Where work is spread over time, or somebody has many projects, any pair may
    go together with all the others; so it is for those who have no pair in the market.
    """
    kinds, kind = np.unique(problem.role_hours, return_inverse=True)
    hours, projects = problem.hours[person], problem.projects[person]
    told = (gain > 0) & (projects >= 1) & (projects <= MOST) & (hours <= LONG) & problem.together
    mine: Int = np.where(told, np.cumsum(told), 0)
    least, best = np.zeros((int(told.sum()) + 1, len(kinds)), np.int64), np.zeros((MOST, LONG + 1), np.int64)
    set_hurdles(market, price, gain, hours, projects, kinds, mine, best, least)
    row = np.zeros(problem.volunteers, np.int64)
    row[person] = mine
    return Hurdles(row, kind, least)
