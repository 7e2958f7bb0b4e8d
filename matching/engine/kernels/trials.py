"""Improving an answer by trial: somebody takes the set that the prices recommend, the rest adjusts, and what does not
gain is undone.
"""

from __future__ import annotations

from matching.engine.kernels.auction import (
    LOG,
    MOVES,
    PEOPLE,
    ROLES,
    Floor,
    backward,
    enqueue,
    forward,
    free,
    give,
    least_left,
    push,
    undo,
)
from matching.engine.kernels.bundles import Scratch, best_set
from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.room import displaced
from matching.engine.market import Market
from matching.engine.problem import Int


@kernel
def calm(floor: Floor) -> None:
    """Let nobody wait any more."""
    while floor.counts[ROLES] > 0:
        floor.counts[ROLES] -= 1
        floor.queued[floor.queue[(floor.counts[1] + floor.counts[ROLES]) % len(floor.queue)]] = False
    while floor.counts[PEOPLE] > 0:
        floor.counts[PEOPLE] -= 1
        floor.stacked[floor.stack[floor.counts[PEOPLE]]] = False


@kernel
def gained(floor: Floor) -> int:
    """What the logged moves gained together."""
    total = 0
    for at in range(floor.counts[MOVES]):
        worth = floor.worth[floor.log[at, 0]]
        total += worth if floor.log[at, 1] == 1 else -worth
    return total


@kernel
def settle(market: Market, floor: Floor, loss: int) -> int:
    """Keep what was done, or undo what lost more than `loss`; returns the gain."""
    gain = gained(floor)
    if gain < -loss or floor.counts[MOVES] >= LOG:
        undo(market, floor)
        gain = 0
    calm(floor)
    floor.counts[MOVES] = -1
    return gain


@kernel
def try_pair(market: Market, floor: Floor, pair: int, step: int, budget: int, loss: int) -> int:
    """Let the pair's volunteer take a seat of its role, whatever that displaces, and the others adjust; the gain.

    What loses more than `loss` is undone.
    """
    role = market.role[pair]
    if floor.held.holds[pair] or market.seats[role] == 0:
        return 0
    floor.counts[MOVES] = 0
    _, loser = least_left(market, floor, role)
    if loser >= 0:
        free(market, floor, loser)
        push(floor, market.volunteer[loser])
    _, gone = displaced(market, floor.held, floor.bid, pair, floor.out)
    for at in range(gone):
        free(market, floor, floor.out[at])
        enqueue(floor, market.role[floor.out[at]])
    give(market, floor, pair, floor.worth[pair])
    for _ in range(2):
        forward(market, floor, step, budget)
        backward(market, floor, step)
    return settle(market, floor, loss)


@kernel
def try_pairs(market: Market, floor: Floor, pairs: Int, step: int, budget: int, loss: int) -> int:
    """Try each of these pairs in turn; returns the gain."""
    total = 0
    for pair in pairs:
        total += try_pair(market, floor, pair, step, budget, loss)
    return total


@kernel
def try_set(
    market: Market, floor: Floor, room: Scratch, volunteer: int, size: int, step: int, budget: int, loss: int
) -> int:
    """Let the volunteer hold the set in `room.best` and the others adjust; returns the gain.

    What loses more than `loss` is undone.
    """
    held = floor.held
    floor.counts[MOVES] = 0
    at = held.head[volunteer]
    while at >= 0:
        following = held.following[at]
        wanted = False
        for place in range(size):
            wanted = wanted or room.best[place] == at
        if not wanted:
            free(market, floor, at)
            enqueue(floor, market.role[at])
        at = following
    for place in range(size):
        pair = room.best[place]
        if held.holds[pair]:
            continue
        _, loser = least_left(market, floor, market.role[pair])
        if loser >= 0:
            free(market, floor, loser)
            push(floor, market.volunteer[loser])
        give(market, floor, pair, floor.worth[pair])
    for _ in range(3):
        forward(market, floor, step, budget)
        backward(market, floor, step)
    return settle(market, floor, loss)


@kernel
def try_sets(
    market: Market, floor: Floor, price: Int, room: Scratch, begin: int, end: int, step: int, budget: int, loss: int
) -> int:
    """Try the set that the prices [R] recommend for each volunteer from `begin` to `end`; returns the gain."""
    total = 0
    for volunteer in range(begin, end):
        if market.own_start[volunteer] == market.own_start[volunteer + 1]:
            continue
        _, size = best_set(market, floor.worth, price, volunteer, room)
        known, at = 0, floor.held.head[volunteer]
        while at >= 0:
            for place in range(size):
                if room.best[place] == at:
                    known += 1
            at = floor.held.following[at]
        if known < size:
            total += try_set(market, floor, room, volunteer, size, step, budget, loss)
    return total
