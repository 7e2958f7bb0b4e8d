"""A generalised auction: roles bid for people who have hours and projects to give.

Each vacant seat bids for the volunteer who leaves it the most, as high as the second best lets it (Bertsekas, 1988). A
volunteer holds the bids that fit together; what a further one must exceed is the least that has to be let go for it, so
the price of a person depends on how much of them is wanted. `worth` and bids are in the same fine unit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.room import NEVER, Held, displaced, fits, least_gone, leave, nothing_held, take
from matching.engine.market import Market, Small
from matching.engine.problem import Flag, Int

LOG = 200  # moves that one trial may make, and those that its last bid makes


class Floor(NamedTuple):
    """An auction going on: who holds what at which bid, who waits, and what was done since a mark."""

    held: Held
    worth: Int  # [n] what pairs bid with
    counted: Int  # [n] what they count for in the answer
    lot: Int  # [R] the whole team of a role, -1: none; a role with seats in one must be full
    bid: Int  # [n] of the pairs that are held
    reserve: Int  # [V] nobody goes for less
    queue: Small  # [R] a ring of roles that have something to bid for
    queued: Flag  # [R]
    stack: Small  # [V] people who have something to offer
    stacked: Flag  # [V]
    out: Small  # scratch of `displaced`
    log: Int  # [LOG and some, 3] pair, 1 taken or 0 left, its bid before
    counts: Int  # [4] roles queued, where the ring begins, people stacked, moves logged (-1: not kept)


ROLES, BEGIN, PEOPLE, MOVES = 0, 1, 2, 3


def open_floor(market: Market, worth: Int, lot: Int) -> Floor:
    """A floor on which nothing has happened yet."""
    longest = int(np.diff(market.own_start).max(initial=0)) + 1
    return Floor(
        held=nothing_held(market),
        worth=worth.copy(),
        counted=worth,
        lot=lot,
        bid=np.zeros(market.pairs, np.int64),
        reserve=np.zeros(market.volunteers, np.int64),
        queue=np.zeros(market.roles, np.int32),
        queued=np.zeros(market.roles, np.bool_),
        stack=np.zeros(market.volunteers, np.int32),
        stacked=np.zeros(market.volunteers, np.bool_),
        out=np.zeros(2 * longest, np.int32),
        log=np.zeros((LOG + longest + 2, 3), np.int64),
        counts=np.array([0, 0, 0, -1]),
    )


@kernel
def enqueue(floor: Floor, role: int) -> None:
    """Let a role bid in its turn."""
    if not floor.queued[role]:
        size = len(floor.queue)
        floor.queue[(floor.counts[BEGIN] + floor.counts[ROLES]) % size] = role
        floor.queued[role] = True
        floor.counts[ROLES] += 1


@kernel
def push(floor: Floor, volunteer: int) -> None:
    """Let a person offer themselves in their turn."""
    if not floor.stacked[volunteer]:
        floor.stack[floor.counts[PEOPLE]] = volunteer
        floor.stacked[volunteer] = True
        floor.counts[PEOPLE] += 1


@kernel
def enqueue_vacant(market: Market, floor: Floor) -> None:
    """Let every role bid that has a vacant seat."""
    for role in range(len(floor.queued)):
        if floor.held.taken[role] < market.seats[role]:
            enqueue(floor, role)


@kernel
def push_unwanted(floor: Floor) -> None:
    """Let everybody offer themselves who holds nothing and has a reserve."""
    for volunteer in range(len(floor.stacked)):
        if floor.reserve[volunteer] > 0 and floor.held.head[volunteer] < 0:
            push(floor, volunteer)


@kernel
def give(market: Market, floor: Floor, pair: int, bid: int) -> None:
    """Let the pair's volunteer hold it at this bid."""
    at = floor.counts[MOVES]
    if at >= 0:
        floor.log[at, 0], floor.log[at, 1], floor.log[at, 2] = pair, 1, floor.bid[pair]
        floor.counts[MOVES] = at + 1
    floor.bid[pair] = bid
    take(market, floor.held, pair)


@kernel
def free(market: Market, floor: Floor, pair: int) -> None:
    """Let the pair's volunteer hold it no more."""
    at = floor.counts[MOVES]
    if at >= 0:
        floor.log[at, 0], floor.log[at, 1], floor.log[at, 2] = pair, 0, floor.bid[pair]
        floor.counts[MOVES] = at + 1
    leave(market, floor.held, pair)


@kernel
def undo(market: Market, floor: Floor) -> None:
    """Take back every logged move."""
    at = floor.counts[MOVES]
    while at > 0:
        at -= 1
        pair = floor.log[at, 0]
        if floor.log[at, 1] == 1:
            leave(market, floor.held, pair)
        else:
            take(market, floor.held, pair)
        floor.bid[pair] = floor.log[at, 2]
    floor.counts[MOVES] = 0


@kernel
def forward(market: Market, floor: Floor, step: int, budget: int) -> int:
    """Let the queued roles' vacant seats bid until none wants to, or `budget` bids were made; returns how many were.

    A bid exceeds what it must by `step` at least; nobody goes for less than their reserve.
    """
    held, worth, counts = floor.held, floor.worth, floor.counts
    bids = 0
    while counts[ROLES] > 0 and bids < budget and counts[MOVES] < LOG:
        role = floor.queue[counts[BEGIN]]
        counts[BEGIN] = (counts[BEGIN] + 1) % len(floor.queue)
        counts[ROLES] -= 1
        floor.queued[role] = False
        while held.taken[role] < market.seats[role] and bids < budget and counts[MOVES] < LOG:
            best, second, chosen = 0, 0, -1
            for pair in range(market.role_start[role], market.role_start[role + 1]):
                if worth[pair] <= second:
                    break
                if held.holds[pair] or worth[pair] - least_gone(market, held, floor.bid, pair) <= second:
                    continue
                cost, _ = displaced(market, held, floor.bid, pair, floor.out)
                net = worth[pair] - max(cost, floor.reserve[market.volunteer[pair]])
                if net > best:
                    best, second, chosen = net, best, pair
                elif net > second:
                    second = net
            if chosen < 0:
                break
            bids += 1
            _, gone = displaced(market, held, floor.bid, chosen, floor.out)
            for at in range(gone):
                loser = market.role[floor.out[at]]
                free(market, floor, floor.out[at])
                if loser != role:
                    enqueue(floor, loser)
            give(market, floor, chosen, min(worth[chosen], worth[chosen] - second + step))
    return bids


@kernel
def least_left(market: Market, floor: Floor, role: int) -> tuple[int, int]:
    """What the role's poorest seat leaves it, and the pair that holds it; 0 and -1 while a seat is vacant."""
    held = floor.held
    if held.taken[role] < market.seats[role]:
        return 0, -1
    least, loser, other = NEVER, -1, held.role_head[role]
    while other >= 0:
        if floor.worth[other] - floor.bid[other] < least:
            least, loser = floor.worth[other] - floor.bid[other], other
        other = held.role_following[other]
    return least, loser


@kernel
def backward(market: Market, floor: Floor, step: int, budget: int) -> None:
    """Let the stacked people, whom nobody wants at their reserve, offer what is free of them for less.

    Somebody takes a seat that is vacant, or whose holder leaves the role less by more than `step`; the holder then
    offers themselves in turn. It ends when `budget` seats were taken.
    """
    held, worth, counts = floor.held, floor.worth, floor.counts
    while counts[PEOPLE] > 0 and budget > 0 and counts[MOVES] < LOG:
        counts[PEOPLE] -= 1
        volunteer = floor.stack[counts[PEOPLE]]
        floor.stacked[volunteer] = False
        floor.reserve[volunteer] = 0
        while budget > 0 and counts[MOVES] < LOG:
            best, second, chosen, worst = step, 0, -1, -1
            for at in range(market.own_start[volunteer], market.own_start[volunteer + 1]):
                pair = market.own[at]
                if worth[pair] <= second or held.holds[pair] or market.seats[market.role[pair]] == 0:
                    continue
                least, loser = least_left(market, floor, market.role[pair])
                gain = worth[pair] - least
                if gain <= second or not fits(market, held, pair):
                    continue
                if gain > best:
                    if chosen >= 0:
                        second = best
                    best, chosen, worst = gain, pair, loser
                else:
                    second = gain
            if chosen < 0:
                break
            if worst >= 0:
                free(market, floor, worst)
                push(floor, market.volunteer[worst])
            budget -= 1
            give(market, floor, chosen, max(0, second - step))
