"""A first answer, and what people and seats cost in it, so that of very many pairs few have to be looked at closely."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.descent import BIDS, COARSER, PART
from matching.engine.kernels.draft import BID, HELD, PACK, PLACES, Pairs, auction, open_draft
from matching.engine.kernels.room import NEVER
from matching.engine.problem import FINE, Int, Problem
from matching.engine.sparse import Sparse


class Drafted(NamedTuple):
    """Who would hold which pairs, at which bids, and what follows; in sixty-fourths of a point."""

    pair: Int  # [m] positions in the graph
    bid: Int  # [m]
    price: Int  # [R] what a seat costs: what the poorest leaves; 0 where one is vacant
    least: Int  # [V] what a person costs at least


def draft(problem: Problem, sparse: Sparse) -> Drafted:
    """Auction the seats off to people of whom no more is asked than enough projects and hours for all that they hold.

    That is right where all requests share a day, but for both sides of a contest and meetings at one hour.
    """
    held = problem.held_volunteer
    projects = problem.projects - np.bincount(held, minlength=problem.volunteers)
    hours = problem.hours - np.bincount(held, problem.held_hours, problem.volunteers).astype(np.int64)
    going = open_draft(projects, hours, problem.role_seats)
    pairs = Pairs(sparse.role_start, sparse.volunteer, sparse.score, problem.role_request, problem.role_hours)
    least = step = max(1, FINE * int(sparse.score.max(initial=0)) // PART)
    budget = BIDS * problem.seats + 1000
    while auction(pairs, going, step, budget) >= budget:
        step *= COARSER
    places = np.ascontiguousarray(going.person[:, HELD:BID]).ravel()
    at = np.flatnonzero(places >= 0)
    pair, bid = places[at] & ((1 << PACK) - 1), going.person[at // PLACES, BID + at % PLACES]
    price = np.full(problem.roles, NEVER)
    # A bid is a step higher than what would have been enough.
    np.minimum.at(price, sparse.role[pair], FINE * sparse.score[pair] - bid + least)
    price[(going.vacant > 0) | (price >= NEVER)] = 0
    return Drafted(pair, bid, np.maximum(0, price), going.least)
