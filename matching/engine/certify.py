"""How good an answer is at least: a bound on every answer, from prices, made as low as is worth the time.

It begins at the relaxed answer's prices, whose bound takes people for divisible. With each volunteer's best set of
whole roles instead, the same prices bound lower; then they are lowered where seats stay empty and raised where too many
ask (subgradient steps of Polyak's length). Any prices give a valid bound, so the search can stop at any time.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.dual import Dual
from matching.engine.openings import Openings
from matching.engine.problem import Int, Problem
from matching.engine.relaxation import Relaxed

ROUNDS = 8
PATIENCE = 2  # rounds in a row that lower nothing, after which the search stops
CLOSE = 1e-4  # a gap at which the search stops


class Certificate(NamedTuple):
    """No answer is worth more than `bound`, which the prices [R] prove."""

    bound: int
    price: Int


def certify(
    problem: Problem, competing: Openings, relaxed: Relaxed, *, forced_worth: int, value: int, rounds: int = ROUNDS
) -> Certificate:
    """The lowest bound found in so many rounds.

    `forced_worth` is what the forced pins are worth, which is part of every answer, and `value` the answer's own,
    which tells how far there is to go.
    """
    dual = Dual(problem, competing, relaxed)
    whole = problem.request_whole[problem.role_request]
    best = Certificate(relaxed.bound + forced_worth, relaxed.price)
    at = relaxed.price.astype(np.float64)
    idle = 0
    for _ in range(rounds):
        price = np.rint(at).astype(np.int64)
        reading = dual.read(price)
        bound = reading.bound + forced_worth
        idle = 0 if bound < best.bound else idle + 1
        best = min(best, Certificate(bound, price), key=lambda found: found.bound)
        length = float((reading.slope * reading.slope).sum())
        if not length or idle == PATIENCE or best.bound - value <= CLOSE * best.bound:
            break
        at -= 0.5 * max(0, bound - value) / length * reading.slope
        at[~whole] = np.maximum(at[~whole], 0.0)
    return best
