"""Steps of the primal-dual hybrid gradient on the divisible question: see `matching.engine.relaxation`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.kernels.compiled import kernel
from matching.engine.market import Small
from matching.engine.problem import Int

Real = NDArray[np.float64]


class Limits(NamedTuple):
    """One number for every limit: what is left of it, or what it costs, or how far its price moves in a step."""

    seat: Real  # [R] seats of a role
    hours: Real  # [S] hours on a segment
    project: Real  # [S] projects on a segment
    single: Real  # [K + 1] one role of a request for one person; the last limits nothing


class Choices(NamedTuple):
    """Pairs that may be taken in part, those of one volunteer side by side."""

    role: Small  # [n]
    hours: Real  # [n]
    first: Small  # [n] the segments that the pair covers
    last: Small  # [n]
    single: Int  # [n]
    score: Real  # [n]
    ahead: Real  # [n] how far the share moves in a step


class Used(NamedTuple):
    """Scratch: what all choices use of the limits."""

    seat: Real  # [R]
    single: Real  # [K + 1]
    before: Real  # [S + 1, 2] what hours and projects cost on all segments before
    change: Real  # [S + 1, 2] how much more of them is used than on the segment before


def walk(
    choices: Choices, limit: Limits, dearer: Limits, steps: int, share: Real, price: Limits
) -> tuple[Real, Limits]:
    """So many steps from the shares [n] and prices, in place; returns the sums of both on the way."""
    shares, prices = np.zeros_like(share), Limits(*(np.zeros_like(each) for each in price))
    room = (len(price.hours) + 1, 2)
    used = Used(np.empty_like(price.seat), np.empty_like(price.single), np.empty(room), np.empty(room))
    _walk(choices, limit, dearer, steps, share, price, shares, prices, used)
    return shares, prices


@kernel
def _walk(
    choices: Choices,
    limit: Limits,
    dearer: Limits,
    steps: int,
    share: Real,
    price: Limits,
    shares: Real,
    prices: Limits,
    used: Used,
) -> None:
    """Walks, and adds what both are on the way to `shares` and `prices`.

    A choice covers a stretch of segments, so what it costs is a difference of running sums, and so is what all use.
    """
    segments = len(price.hours)
    seat, single, before, change = used
    for _ in range(steps):
        seat[:], single[:], change[:] = 0.0, 0.0, 0.0
        before[0] = 0.0
        for segment in range(segments):
            before[segment + 1, 0] = before[segment, 0] + price.hours[segment]
            before[segment + 1, 1] = before[segment, 1] + price.project[segment]
        for choice in range(len(share)):
            role, one, need = choices.role[choice], choices.single[choice], choices.hours[choice]
            begin, end = choices.first[choice], choices.last[choice] + 1
            cost = price.seat[role] + price.single[one] + before[end, 1] - before[begin, 1]
            cost += need * (before[end, 0] - before[begin, 0])
            old = share[choice]
            new = min(1.0, max(0.0, old + choices.ahead[choice] * (choices.score[choice] - cost)))
            share[choice] = new
            shares[choice] += new
            beyond = 2.0 * new - old
            if beyond != 0.0:
                seat[role] += beyond
                single[one] += beyond
                change[begin, 0] += need * beyond
                change[end, 0] -= need * beyond
                change[begin, 1] += beyond
                change[end, 1] -= beyond
        for segment in range(1, segments):
            change[segment, 0] += change[segment - 1, 0]
            change[segment, 1] += change[segment - 1, 1]
        _raise(price.seat, dearer.seat, seat, limit.seat, prices.seat)
        _raise(price.hours, dearer.hours, change[:-1, 0], limit.hours, prices.hours)
        _raise(price.project, dearer.project, change[:-1, 1], limit.project, prices.project)
        _raise(price.single, dearer.single, single, limit.single, prices.single)


@kernel
def _raise(price: Real, dearer: Real, used: Real, limit: Real, prices: Real) -> None:
    """Raise prices of limits that are exceeded, lower the others, and add them up."""
    for at in range(len(price)):
        price[at] = max(0.0, price[at] + dearer[at] * (used[at] - limit[at]))
        prices[at] += price[at]
