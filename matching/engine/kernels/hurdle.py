"""What somebody's pair must leave over its price, by its hours, to be of use beside what they could have without it."""

from __future__ import annotations

from matching.engine.kernels.compiled import kernel
from matching.engine.market import Market
from matching.engine.problem import FINE, Int


@kernel
def set_hurdles(
    market: Market, price: Int, gain: Int, hours: Int, projects: Int, kinds: Int, row: Int, best: Int, least: Int
) -> None:
    """Sets `least` [n, K] of everybody who has a row [V], for pairs that take each of the hours `kinds` [K].

    `gain` [V] is what each best set leaves over the prices [R]; nobody's sets have more pairs than `projects` [V], nor
    take more than `hours` [V]. `best` is scratch, [most projects, most hours + 1].

    Let f(k, x) be the most that k pairs of x hours together leave, whoever excludes whom. A set with one pair that is
    not in the market, of h hours, leaves no more than that pair does and f(projects - 1, hours - h); one with q of them
    no more than these and f(projects - q, hours).
    """
    for volunteer in range(len(row)):
        if row[volunteer] == 0:
            continue
        mine, most, time = least[row[volunteer]], projects[volunteer], hours[volunteer]
        _fill(market, price, volunteer, most, time, best)
        several = gain[volunteer]
        for outside in range(2, most + 1):
            several = min(several, (gain[volunteer] - best[most - outside, time]) // outside)
        for kind in range(len(kinds)):
            beside = best[most - 1, max(0, time - kinds[kind])]
            mine[kind] = max(0, min(several, gain[volunteer] - beside))


@kernel
def _fill(market: Market, price: Int, volunteer: int, most: int, time: int, best: Int) -> None:
    """Sets `best[k, x]`, for fewer than `most` pairs: the most that k of them leave that take x hours together."""
    for count in range(most):
        for within in range(time + 1):
            best[count, within] = 0
    for at in range(market.own_start[volunteer], market.own_start[volunteer + 1]):
        pair = market.own[at]
        left, need = FINE * market.value[pair] - price[market.role[pair]], market.hours[pair]
        if left <= 0:
            continue
        for count in range(most - 1, 0, -1):
            for within in range(time, need - 1, -1):
                with_it = best[count - 1, within - need] + left
                if with_it > best[count, within]:
                    best[count, within] = with_it
