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


def hurdles(problem: Problem, market: Market, price: Int, gain: Int) -> Hurdles:
    """Work them out at these prices [R], at which everybody's best set leaves `gain` [V].

    Where work is spread over time, or somebody has many projects, any pair may go together with all the others.
    """
    kinds, kind = np.unique(problem.role_hours, return_inverse=True)
    together = problem.requests == 0 or problem.request_first.max() <= problem.request_last.min()
    told = (gain > 0) & (problem.projects >= 1) & (problem.projects <= MOST) & (problem.hours <= LONG) & together
    row: Int = np.where(told, np.cumsum(told), 0)
    least, best = np.zeros((int(told.sum()) + 1, len(kinds)), np.int64), np.zeros((MOST, LONG + 1), np.int64)
    set_hurdles(market, price, gain, problem.hours, problem.projects, kinds, row, best, least)
    return Hurdles(row, kind, least)
