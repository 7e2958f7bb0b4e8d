"""The question with people and seats divisible: a linear programme, solved to some digits by a first-order method.

Where what people do is spread over time an auction's prices are a poor bound, and the descent has far to go; the prices
of this programme are a better place to begin. The method is the primal-dual hybrid gradient with a step of its own for
every row and column (Chambolle and Pock, 2011; Pock and Chambolle, 2011), restarted from the average of the steps where
that bounds better, its two kinds of steps balanced anew at every start (Applegate and others, 2021). The same programme
always gets the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matching.engine.kernels.steps import Choices, Limits, Real, walk
from matching.engine.market import Market, Small
from matching.engine.problem import FINE, Int

STEPS = 2_000
SAFETY = 1e-3  # more than the sums can be wrong by, in sixty-fourths of a point
SPELL = 100  # steps between two looks at the average
PULL = 0.2  # by how much, after a spell, prices' steps over shares' are drawn to how far both have gone
NEAR = 1 / 64  # what a choice may lack, as a share of the usual score, to be in the next spell


class Programme:
    """Maximise score x share: seats of roles; hours and projects on each segment; one role a request."""

    def __init__(self, market: Market) -> None:
        self.market = market
        request = market.request[market.role]
        key = market.volunteer.astype(np.int64) * (int(request.max(initial=-1)) + 2) + request + 1
        _, pair, same, count = np.unique(key, return_index=True, return_inverse=True, return_counts=True)
        shared = (count > 1) & (request[pair] >= 0)
        number = np.where(shared, np.cumsum(shared) - 1, shared.sum())
        ones = np.ones(len(market.hours_left))
        self.limit = Limits(
            seat=market.seats.astype(np.float64),
            hours=market.hours_left.astype(np.float64),
            project=market.projects_left.astype(np.float64),
            single=np.ones(int(shared.sum()) + 1),
        )
        self.choices = Choices(
            role=market.role,
            hours=market.hours.astype(np.float64),
            first=market.first,
            last=market.last,
            single=number[same],
            score=market.value.astype(np.float64),
            ahead=np.zeros(market.pairs),
        )
        every = self._cost(Limits(np.ones(market.roles), ones, ones, _open(np.ones_like(self.limit.single))))
        self.choices = self.choices._replace(ahead=1.0 / np.maximum(every, 1e-9))
        seat, hours, project, single = (1.0 / np.maximum(used, 1e-9) for used in self._used())
        self.dearer = Limits(seat, hours, project, _open(single))

    def bound(self, price: Limits) -> float:
        """No shares are worth more than this, whatever the prices, as long as none is below zero."""
        limits = sum(float(limit @ each) for limit, each in zip(self.limit, price, strict=True))
        return limits + float(np.maximum(0.0, self.choices.score - self._cost(price)).sum())

    def solve(self, steps: int = STEPS) -> tuple[Real, Limits]:
        """Each pair's share, and what every limit costs, where the bound was best."""
        score, own = self.choices.score, self.market.own
        weight = max(1.0, float(score.mean())) if len(score) else 1.0
        share = np.zeros_like(score)
        price = Limits(*(np.zeros_like(limit) for limit in self.limit))
        best, usual = (self.bound(price), share, price), weight
        for _ in range(0, steps, SPELL):
            # A choice that nobody would take at anything like these prices waits for the next spell.
            near = own[((share > 0) | (score - self._cost(price) > -usual * NEAR))[own]]
            ends, began = self._spell(near, share, price, weight), (share, price)
            share, price = min(ends, key=lambda end: self.bound(end[1]))
            ratio = _distance(price, began[1]) / max(1e-9, _distance([share], [began[0]]))
            weight = float(np.clip(weight ** (1 - PULL) * max(1e-9, ratio) ** PULL, usual / 64, usual * 8))
            best = min(best, (self.bound(price), share, price), key=lambda seen: seen[0])
        return best[1], best[2]

    def of_people(self, price: Limits) -> tuple[Int, Int]:
        """What every pair costs at the prices of its volunteer's own limits [n], and what these are worth [V].

        In sixty-fourths of a point, rounded so that what they prove stays proven.
        """
        market = self.market
        worth = np.zeros(market.volunteers)
        spread = _running(self.limit.hours * price.hours + self.limit.project * price.project)
        begin, end = np.full(market.volunteers, len(price.hours)), np.zeros(market.volunteers, np.int64)
        np.minimum.at(begin, market.volunteer, market.first)
        np.maximum.at(end, market.volunteer, market.last + 1)
        busy = begin < end
        worth[busy] = spread[end[busy]] - spread[begin[busy]]
        single, pair = np.unique(self.choices.single, return_index=True)
        np.add.at(worth, market.volunteer[pair], price.single[single])
        cost = np.floor(self._cost(price._replace(seat=np.zeros(market.roles))) * FINE - SAFETY).astype(np.int64)
        return np.maximum(0, cost), np.ceil(worth * FINE + SAFETY).astype(np.int64)

    def _spell(self, near: Small, share: Real, price: Limits, weight: float) -> list[tuple[Real, Limits]]:
        """Some steps with the choices that are `near`: where they end, and their average."""
        every = self.choices
        some = Choices(
            role=every.role[near],
            hours=every.hours[near],
            first=every.first[near],
            last=every.last[near],
            single=every.single[near],
            score=every.score[near],
            ahead=every.ahead[near] / weight,
        )
        dearer = Limits(*(each * weight for each in self.dearer))
        last, average = np.zeros_like(share), np.zeros_like(share)
        own, at = share[near], Limits(*(each.copy() for each in price))
        shares, prices = walk(some, self.limit, dearer, SPELL, own, at)
        last[near], average[near] = own, shares / SPELL
        return [(last, at), (average, Limits(*(each / SPELL for each in prices)))]

    def _cost(self, price: Limits) -> Real:
        """What every choice costs at these prices of the limits."""
        choices, hours, project = self.choices, _running(price.hours), _running(price.project)
        begin, end = choices.first, choices.last + 1
        spread: Real = choices.hours * (hours[end] - hours[begin]) + project[end] - project[begin]
        return spread + price.seat[choices.role] + price.single[choices.single]

    def _used(self) -> Limits:
        """What all choices together would use of every limit."""
        choices, segments = self.choices, len(self.limit.hours)
        begin, end = choices.first, choices.last + 1

        def covered(amount: Real | None) -> Real:
            change = np.bincount(begin, amount, segments + 1) - np.bincount(end, amount, segments + 1)
            used: Real = np.cumsum(change)[:segments]
            return used

        return Limits(
            seat=np.bincount(choices.role, minlength=len(self.limit.seat)).astype(np.float64),
            hours=covered(choices.hours),
            project=covered(None),
            single=np.bincount(choices.single, minlength=len(self.limit.single)).astype(np.float64),
        )


def of_seats(price: Limits) -> Int:
    """[R] what a seat of each role costs, in sixty-fourths of a point."""
    return np.rint(price.seat * FINE).astype(np.int64)


def _distance(to: Sequence[Real], start: Sequence[Real]) -> float:
    return float(np.sqrt(sum(float(((one - other) ** 2).sum()) for one, other in zip(to, start, strict=True))))


def _open(single: Real) -> Real:
    """The last limits nothing, so it moves no price and costs nothing."""
    single[-1] = 0.0
    return single


def _running(each: Real) -> Real:
    """The sums of the first none, one, two ... of them."""
    return np.concatenate((np.zeros(1), np.cumsum(each)))
