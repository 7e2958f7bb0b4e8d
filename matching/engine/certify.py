"""How good an answer is at least: a bound on every answer, from prices, made as low as is worth the time.

Prices are lowered where seats stay empty and raised where too many ask, by steps that shrink as the bound stops
falling (subgradient steps of Polyak's length). Any prices give a valid bound, so the search can stop at any time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.dual import Dual
from matching.engine.openings import Openings
from matching.engine.problem import Int, Problem

ROUNDS = 80
PATIENCE = 5  # rounds without a lower bound after which the step is halved
CLOSE = 2e-4  # a gap at which the search stops


class Certificate(NamedTuple):
    """No answer is worth more than `bound`, which the prices [R] prove."""

    bound: int
    price: Int


def certify(
    problem: Problem, competing: Openings, *, forced_worth: int, value: int, price: Int, rounds: int = ROUNDS
) -> Certificate:
    """The lowest bound found in so many rounds, starting from the prices at which the solver ended.

    `forced_worth` is what the forced pins are worth, which is part of every answer, and `value` the answer's own,
    which tells how far there is to go.
    """
    dual = Dual(problem, competing)
    # A pin's bid may have driven a price above anything that the seat is worth.
    price = np.minimum(price, max((max(own.score, default=0) for own in competing.choices), default=0))
    whole = problem.request_whole[problem.role_request]
    best = Certificate(_bound(dual, price, forced_worth), price)
    at, scale, idle = price.astype(np.float64), 1.0, 0
    for _ in range(rounds):
        whole_numbers = np.rint(at).astype(np.int64)
        reading = dual.read(whole_numbers)
        bound = reading.bound + forced_worth
        if bound < best.bound:
            best, idle = Certificate(bound, whole_numbers), 0
        else:
            idle += 1
        length = float((reading.slope * reading.slope).sum())
        if not length or best.bound - value <= CLOSE * best.bound:
            break
        if idle >= PATIENCE:
            at, scale, idle = best.price.astype(np.float64), scale / 2, 0
            continue
        at -= scale * (bound - value) / length * reading.slope
        at[~whole] = np.maximum(at[~whole], 0.0)
    return best


def _bound(dual: Dual, price: Int, forced_worth: int) -> int:
    return dual.read(price).bound + forced_worth
