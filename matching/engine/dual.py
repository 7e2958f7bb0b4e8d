"""What prices say at most: the value of every answer is bounded by the seats at their prices, plus what each volunteer
could still gain. (Lagrangian relaxation; any prices give a valid bound.).

A request staffed whole asks for its seats as one lot: it is sold when its prices sum to more than zero, and costs
nothing when not. Some of its prices may therefore be below zero: the rest of the team pays to have a scarce person.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.bundles import best
from matching.engine.openings import Openings
from matching.engine.problem import Flag, Int, Problem
from matching.engine.relaxation import SAFETY, Relaxed


class Reading(NamedTuple):
    """The bound at some prices, beside the forced pins, and the slope there of the bound in each role's price."""

    bound: int
    slope: Int  # [R] seats offered less seats asked for


class Dual:
    """The bound as a function of the prices, for one set of openings."""

    def __init__(self, problem: Problem, openings: Openings, relaxed: Relaxed) -> None:
        self.choices = openings.choices
        self._relaxed = relaxed
        self.seats: Int = np.array(openings.seats, dtype=np.int64)
        self.request: Int = problem.role_request
        self.whole: Flag = problem.request_whole[problem.role_request]
        self._requests = problem.requests
        sizes = [len(choices.role) for choices in self.choices]
        self._owner = np.repeat(np.arange(len(sizes)), sizes)
        self._start = np.cumsum([0, *sizes])
        self._role: Int = np.array([role for choices in self.choices for role in choices.role], dtype=np.int64)
        self._score: Int = np.array([score for choices in self.choices for score in choices.score], dtype=np.int64)
        self._most: Int = np.array([choices.most for choices in self.choices], dtype=np.int64)

    def read(self, price: Int) -> Reading:
        """Evaluate the bound at `price` [R]; prices of rolling requests must not be below zero."""
        lots = np.zeros(self._requests, dtype=np.int64)
        np.add.at(lots, self.request, self.seats * price)
        sold = ~self.whole | (lots[self.request] > 0)
        supply = self.seats * sold
        asked, worth = self._demand(price, self._most_worth(price))
        return Reading(int((supply * price).sum()) + worth, supply - asked)

    def _most_worth(self, price: Int) -> list[int]:
        """[V] no bundle of a volunteer is worth more: what the relaxed answer's prices of their own limits prove."""
        gain = np.maximum(0.0, self._score - price[self._role] - self._relaxed.own_cost)
        worth = self._relaxed.own_worth + np.bincount(self._owner, gain, len(self.choices))
        whole: list[int] = np.floor(worth + SAFETY).astype(np.int64).tolist()
        return whole

    def _demand(self, price: Int, most: list[int]) -> tuple[Int, int]:
        """How often each role is in the volunteers' best bundles, and what these are worth together."""
        profit = self._score - price[self._role]
        at = np.flatnonzero(profit > 0)
        owner, profit = self._owner[at], profit[at]
        first = np.flatnonzero(np.diff(owner, prepend=-1))
        size = np.diff(first, append=len(owner))
        simple = (size == 1) | (self._most[owner[first]] == 1)
        # The best of each volunteer: the first pair that has the highest profit.
        order = np.lexsort((at, -profit, owner))
        top = at[order[first[simple]]] if len(first) else at
        asked = np.bincount(self._role[top], minlength=len(price))
        worth = int((self._score[top] - price[self._role[top]]).sum())
        for begin, count in zip(first[~simple].tolist(), size[~simple].tolist(), strict=True):
            volunteer = int(owner[begin])
            base = int(self._start[volunteer])
            span = slice(begin, begin + count)
            options = zip(profit[span].tolist(), (at[span] - base).tolist(), strict=True)
            bundle = best(self.choices[volunteer], options)
            worth += min(bundle.bound, most[volunteer])
            for chosen in bundle.chosen:
                asked[self.choices[volunteer].role[chosen]] += 1
        return asked, worth
