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
from matching.engine.kernels.bundles import best_set
from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.demand import forget
from matching.engine.kernels.room import displaced
from matching.engine.kernels.scratch import Scratch
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
        counted = floor.counted[floor.log[at, 0]]
        total += counted if floor.log[at, 1] == 1 else -counted
    return total


@kernel
def torn(market: Market, floor: Floor) -> bool:
    """Whether the logged moves left a seat of a whole team vacant."""
    for at in range(floor.counts[MOVES]):
        role = market.role[floor.log[at, 0]]
        if floor.lot[role] >= 0 and floor.held.taken[role] < market.seats[role]:
            return True
    return False


@kernel
def settle(market: Market, floor: Floor, loss: int) -> int:
    """Keep what was done, or undo what lost more than `loss` or tore a team; returns the gain."""
    gain = gained(floor)
    if gain < -loss or floor.counts[MOVES] >= LOG or torn(market, floor):
        undo(market, floor)
        gain = 0
    calm(floor)
    floor.counts[MOVES] = -1
    return gain


@kernel
def adjust(market: Market, floor: Floor, step: int, budget: int) -> None:
    """Let whoever waits bid and offer, until nobody does or the budget is used up."""
    for _ in range(3):
        forward(market, floor, step, budget)
        backward(market, floor, step, budget)


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
    adjust(market, floor, step, budget)
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
        if held.holds[pair] or market.seats[market.role[pair]] == 0:
            continue
        _, loser = least_left(market, floor, market.role[pair])
        if loser >= 0:
            free(market, floor, loser)
            push(floor, market.volunteer[loser])
        give(market, floor, pair, floor.worth[pair])
    adjust(market, floor, step, budget)
    return settle(market, floor, loss)


@kernel
def try_sets(
    market: Market, floor: Floor, price: Int, room: Scratch, begin: int, end: int, step: int, budget: int, loss: int
) -> int:
    """Try the set that the prices [R] recommend for each volunteer from `begin` to `end`; returns the gain.

    Whoever misses less by what they hold than a bid's `step` is left alone: little can come of it.
    """
    total = 0
    forget(price, room)
    for volunteer in range(begin, end):
        if market.own_start[volunteer] == market.own_start[volunteer + 1]:
            continue
        missed, size = best_set(market, price, volunteer, room)
        known, at = 0, floor.held.head[volunteer]
        while at >= 0:
            missed -= floor.worth[at] - price[market.role[at]]
            for place in range(size):
                if room.best[place] == at:
                    known += 1
            at = floor.held.following[at]
        for place in range(size):
            if market.seats[market.role[room.best[place]]] == 0:
                known += 1
        if known < size and missed >= step:
            total += try_set(market, floor, room, volunteer, size, step, budget, loss)
    return total


@kernel
def dissolve(market: Market, floor: Floor, roles: Int, boost: int) -> None:
    """Free everybody in these roles and close them; `boost` is what made their pairs bid higher."""
    for role in roles:
        at = floor.held.role_head[role]
        while at >= 0:
            following = floor.held.role_following[at]
            free(market, floor, at)
            push(floor, market.volunteer[at])
            at = following
        _reprice(market, floor, role, -boost)
        market.seats[role] = 0


@kernel
def _reprice(market: Market, floor: Floor, role: int, boost: int) -> None:
    for pair in range(market.role_start[role], market.role_start[role + 1]):
        floor.worth[pair] += boost
        if floor.held.holds[pair]:
            floor.bid[pair] += boost


@kernel
def try_teams(
    market: Market, floor: Floor, full: Int, closing: Int, opening: Int, boost: int, step: int, budget: int
) -> int:
    """Dissolve the team whose roles are `closing` and staff the one whose roles are `opening`; the gain.

    `full` [R] are the seats of teams that are open. What gains nothing is undone.
    """
    floor.counts[MOVES] = 0
    dissolve(market, floor, closing, boost)
    for role in opening:
        market.seats[role] = full[role]
        _reprice(market, floor, role, boost)
        enqueue(floor, role)
    adjust(market, floor, step, budget)
    good = gained(floor) > 0 and floor.counts[MOVES] < LOG and not torn(market, floor)
    for role in opening:
        good = good and floor.held.taken[role] == full[role]
    gain = gained(floor) if good else 0
    if not good:
        undo(market, floor)
        for role in opening:
            market.seats[role] = 0
            _reprice(market, floor, role, -boost)
        for role in closing:
            market.seats[role] = full[role]
            _reprice(market, floor, role, boost)
    calm(floor)
    floor.counts[MOVES] = -1
    return gain


@kernel
def fill(market: Market, floor: Floor, step: int, budget: int) -> int:
    """Let whoever waits find what there is to gain; returns the gain, which may be a loss."""
    before = 0
    for pair in range(len(floor.counted)):
        if floor.held.holds[pair]:
            before -= floor.counted[pair]
    adjust(market, floor, step, budget)
    calm(floor)
    for pair in range(len(floor.counted)):
        if floor.held.holds[pair]:
            before += floor.counted[pair]
    return before
