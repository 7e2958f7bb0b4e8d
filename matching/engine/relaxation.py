"""The question with people and seats divisible: a linear programme, solved to some digits by a first-order method.

Where what people do is spread over time an auction's prices are a poor bound, and the descent has far to go; the prices
of this programme are a better place to begin. The method is the primal-dual hybrid gradient with a step of its own for
every row and column (Chambolle and Pock, 2011; Pock and Chambolle, 2011), restarted from the average of the steps where
that bounds better (Applegate and others, 2021). The same programme always gets the same answer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.engine.market import Market
from matching.engine.problem import FINE, Flag, Int

Real = NDArray[np.float64]

STEPS = 800
SAFETY = 1e-3  # more than the sums can be wrong by, in sixty-fourths of a point
SPELL = 100  # steps between two looks at the average


class Programme:
    """Maximise value x share: seats of roles; hours and projects on each segment; one role a request."""

    def __init__(self, market: Market) -> None:
        self.roles, self.volunteers, segments = market.roles, market.volunteers, len(market.hours_left)
        self.owner = market.volunteer
        pair = np.arange(market.pairs)
        width = np.maximum(0, market.last.astype(np.int64) - market.first + 1)
        column = np.repeat(pair, width)
        segment = np.arange(len(column)) - np.repeat(np.cumsum(width) - width, width) + market.first[column]
        requests = int(market.request.max(initial=0)) + 2
        key = market.volunteer.astype(np.int64) * requests + market.request[market.role] + 1
        _, same, count = np.unique(key, return_inverse=True, return_counts=True)
        rivals = np.flatnonzero((count[same] > 1) & (market.request[market.role] >= 0))
        base = self.roles + 2 * segments
        hours, projects = self.roles + segment, self.roles + segments + segment
        self.row: Int = np.concatenate((market.role, hours, projects, base + same[rivals]))
        self.column: Int = np.concatenate((pair, column, column, rivals))
        ones = np.ones(market.pairs)
        self.value: Real = np.concatenate((ones, market.hours[column], np.ones(len(column)), np.ones(len(rivals))))
        limits = (market.seats, market.hours_left, market.projects_left, np.ones(len(count)))
        self.limit: Real = np.concatenate(limits).astype(np.float64)
        self.score = market.value.astype(np.float64)
        self._ahead = 1.0 / np.maximum(self.cost(np.ones(len(self.limit))), 1e-9)
        self._dearer = 1.0 / np.maximum(_sums(self.row, self.value, len(self.limit)), 1e-9)

    def cost(self, price: Real) -> Real:
        """What every choice costs at these prices of the limits."""
        return _sums(self.column, self.value * price[self.row], len(self.score))

    def bound(self, price: Real) -> float:
        """No shares are worth more than this, whatever the prices, as long as none is below zero."""
        return float(self.limit @ price + np.maximum(0.0, self.score - self.cost(price)).sum())

    def solve(self, steps: int = STEPS) -> tuple[Real, Real]:
        """Each pair's share, and what every limit costs, a seat of each role first, where the bound was best."""
        weight = max(1.0, float(self.score.mean())) if len(self.score) else 1.0
        share, price = np.zeros(len(self.score)), np.zeros(len(self.limit))
        best = (self.bound(price), share, price)
        for _ in range(0, steps, SPELL):
            # A choice that nobody would take at anything like these prices waits for the next spell.
            near = (share > 0) | (self.score - self.cost(price) > -weight / 4)
            ends = self._spell(share, price, near, weight)
            share, price = min(ends, key=lambda end: self.bound(end[1]))
            best = min(best, (self.bound(price), share, price), key=lambda seen: seen[0])
        return best[1], best[2]

    def of_seats(self, price: Real) -> Int:
        """[R] what a seat of each role costs, in sixty-fourths of a point."""
        return np.rint(price[: self.roles] * FINE).astype(np.int64)

    def of_people(self, price: Real) -> tuple[Int, Int]:
        """What every pair costs at the prices of its volunteer's own limits [n], and what these are worth [V].

        In sixty-fourths of a point, rounded so that what they prove stays proven.
        """
        own = price.copy()
        own[: self.roles] = 0.0
        worth = np.zeros(self.volunteers)
        row_owner = np.full(len(self.limit), -1)
        row_owner[self.row] = self.owner[self.column]
        mine = row_owner >= 0
        mine[: self.roles] = False
        np.add.at(worth, row_owner[mine], (self.limit * own)[mine])
        cost = np.floor(self.cost(own) * FINE - SAFETY).astype(np.int64)
        return np.maximum(0, cost), np.ceil(worth * FINE + SAFETY).astype(np.int64)

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


def _sums(keys: Int, values: Real, size: int) -> Real:
    """The sum of the values of each key."""
    return np.bincount(keys, values, size).astype(np.float64, copy=False)
