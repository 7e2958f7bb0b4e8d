"""The question with people and seats divisible: a linear programme, solved to some digits by a first-order method.

Its answer says which pairs matter, its prices bound every whole answer. The method is the primal-dual hybrid gradient
with a step of its own for every row and column (Chambolle and Pock, 2011; Pock and Chambolle, 2011), restarted from
the average of the steps where that bounds better (Applegate and others, 2021). Each step costs two passes over
the programme's numbers, whatever the prices are; the same programme always gets the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.engine.bundles import Choices
from matching.engine.openings import Openings
from matching.engine.problem import Flag, Int

Real = NDArray[np.float64]

STEPS = 800
SPELL = 100  # steps between two looks at the average
SAFETY = 1e-6  # more than the sums of the bound can be wrong by, in points


@dataclass(frozen=True)
class Relaxed:
    """`share[k]`: how much of choice k is taken, from 0 to 1, the volunteers' choices one after the other.

    `price[r] >= 0` is what a seat of role r costs, in whole points. Together with the prices of each volunteer's own
    limits it proves that nothing whole is worth more than `bound`, the forced pins left aside: `own_cost[k]` is what
    choice k costs at those, and `own_worth[v]` what all of volunteer v's limits are worth.
    """

    share: Real
    price: Int
    bound: int
    own_cost: Real
    own_worth: Real


class Programme:
    """Maximise score x share: seats of roles; hours and projects on each day of a volunteer; one role a request."""

    def __init__(self, competing: Openings) -> None:
        limits = list(map(float, competing.seats))
        rows, columns, values = [], [], []
        at, owners = 0, []
        for volunteer, choices in enumerate(competing.choices):
            own = range(at, at + len(choices.role))
            rows.append(choices.role)
            columns.append(list(own))
            values.append([1] * len(choices.role))
            for limit, entries in _limits(choices):
                rows.append([len(limits)] * len(entries))
                columns.append([at + place for place, _ in entries])
                values.append([need for _, need in entries])
                limits.append(limit)
                owners.append(volunteer)
            at += len(choices.role)
        self.roles, self.volunteers = len(competing.seats), len(competing.choices)
        self.owner = np.array(owners, dtype=np.int64)
        self.row, self.column = _whole(rows), _whole(columns)
        self.value = _real(values)
        self.limit = np.array(limits, dtype=np.float64)
        self.score = _real([choices.score for choices in competing.choices])
        self._ahead = 1.0 / np.maximum(self.cost(np.ones(len(self.limit))), 1e-9)
        self._dearer = 1.0 / np.maximum(_sums(self.row, self.value, len(self.limit)), 1e-9)

    def cost(self, price: Real) -> Real:
        """What every choice costs at these prices of the limits."""
        return _sums(self.column, self.value * price[self.row], len(self.score))

    def bound(self, price: Real) -> float:
        """No shares are worth more than this, whatever the prices, as long as none is below zero."""
        return float(self.limit @ price + np.maximum(0.0, self.score - self.cost(price)).sum())

    def solve(self, steps: int = STEPS) -> Relaxed:
        """Shares and prices after so many steps; the bound is the best that was seen."""
        weight = max(1.0, float(self.score.mean())) if len(self.score) else 1.0
        share, price = np.zeros(len(self.score)), np.zeros(len(self.limit))
        best = (self.bound(price), share, price)
        for _ in range(0, steps, SPELL):
            # A choice that nobody would take at anything like these prices waits for the next spell.
            near = (share > 0) | (self.score - self.cost(price) > -weight / 4)
            ends = self._spell(share, price, near, weight)
            share, price = min(ends, key=lambda end: self.bound(end[1]))
            best = min(best, (self.bound(price), share, price), key=lambda seen: seen[0])
        return self._rounded(best[1], best[2])

    def _spell(self, share: Real, price: Real, near: Flag, weight: float) -> list[tuple[Real, Real]]:
        """Some steps with the choices that are `near`: where they end, and their average."""
        kept = near[self.column]
        row, value = self.row[kept], self.value[kept]
        column = (np.cumsum(near) - 1)[self.column[kept]]
        ahead, dearer, score = self._ahead[near] / weight, self._dearer * weight, self.score[near]
        own, rows = share[near], len(self.limit)
        shares, prices = np.zeros_like(own), np.zeros_like(price)
        for _ in range(SPELL):
            following = np.clip(own + ahead * (score - _sums(column, value * price[row], len(own))), 0.0, 1.0)
            used = _sums(row, value * (2 * following - own)[column], rows)
            own, price = following, np.maximum(0.0, price + dearer * (used - self.limit))
            shares += own
            prices += price
        last, average = np.zeros_like(share), np.zeros_like(share)
        last[near], average[near] = own, shares / SPELL
        return [(last, price), (average, prices / SPELL)]

    def _rounded(self, share: Real, price: Real) -> Relaxed:
        """The same with the roles' prices in whole points, and the bound that these prove."""
        whole = price.copy()
        whole[: self.roles] = np.rint(price[: self.roles])
        # Nothing whole has a worth between two points.
        bound = int(np.floor(self.bound(whole) + SAFETY))
        own = whole.copy()
        own[: self.roles] = 0.0
        worth = _sums(self.owner, (self.limit * own)[self.roles :], self.volunteers)
        return Relaxed(share, whole[: self.roles].astype(np.int64), bound, self.cost(own), worth)


def _limits(choices: Choices) -> list[tuple[float, list[tuple[int, int]]]]:
    """A volunteer's limits: how much there is, and which choices need how much of it."""
    width, field = choices.width, (1 << choices.width - 1) - 1
    found: list[tuple[float, list[tuple[int, int]]]] = []
    for begin in range(0, choices.guard.bit_length(), width):
        entries = [(at, need >> begin & field) for at, need in enumerate(choices.need) if need >> begin & field]
        room = choices.room >> begin & field
        if sum(need for _, need in entries) > room:  # or it limits nothing
            found.append((float(room), entries))
    same: dict[int, list[tuple[int, int]]] = {}
    for at, request in enumerate(choices.request):
        same.setdefault(request, []).append((at, 1))
    return found + [(1.0, entries) for entries in same.values() if len(entries) > 1]


def _whole(lists: list[list[int]]) -> Int:
    return np.fromiter(chain.from_iterable(lists), np.int64)


def _real(lists: list[list[int]]) -> Real:
    return np.fromiter(chain.from_iterable(lists), np.float64)


def _sums(keys: Int, values: Real, size: int) -> Real:
    """The sum of the values of each key."""
    return np.bincount(keys, values, size).astype(np.float64, copy=False)
