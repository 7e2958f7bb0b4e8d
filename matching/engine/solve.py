"""The best answer found and the bound that its prices prove, for what competes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.descent import Descent, Stop
from matching.engine.openings import Openings
from matching.engine.problem import FINE, Int
from matching.engine.teams import Teams

SMALL = 400  # pairs, up to which prices are worked out to the last
MORE = 30  # rounds of trials when the prices have settled
FEW = 20_000  # pairs, up to which these are made
CLOSE_TEAMS = 2e-4


class Found(NamedTuple):
    """Pairs, by position in the graph, ascending; and prices [R] that prove the bound, in points, for all but the
    forced pairs. `cut`: the time ended the search.
    """

    pairs: Int
    price: Int
    bound: int
    cut: bool


def solve(competing: Openings, *, stop: Stop, seed: int = 1) -> Found:
    """Pairs of high total score that respect every limit. The same arguments always give the same answer.

    The answer is whole, every team complete or empty, whenever `stop` says that the time is over.
    """
    search = Descent(competing.market, competing.lot, competing.pinned)
    search.auction()
    teams = Teams(search)
    teams.settle(stop)
    search.polish(stop, close=0.0 if competing.market.pairs <= SMALL else 1e-4)
    if teams.roles:
        teams.improve(stop)
    if competing.market.pairs <= FEW:
        search.vary(stop, MORE, seed=seed)
    pairs = np.sort(np.concatenate((competing.forced, competing.pair[search.pairs()])))
    return Found(pairs, search.price, search.bound // FINE, search.cut)
