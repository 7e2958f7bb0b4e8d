"""What everybody would take at given prices of seats."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from matching.engine.kernels.bundles import best_set
from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.scratch import Scratch, beside
from matching.engine.market import Market
from matching.engine.problem import Int

SHARED = 20_000  # pairs, from which two threads ask people what they want


def of_all(market: Market, price: Int, room: Scratch) -> tuple[int, Int, Int]:
    """What all best sets are worth together, how often each role is in one [R], and what each is worth [V]."""
    gain, asked, people = np.zeros(market.volunteers, np.int64), np.zeros_like(price), market.volunteers
    reprice(market, price, room)
    if market.pairs < SHARED:
        return demand(market, price, room, 0, people, asked, gain), asked, gain
    half, other = int(np.searchsorted(market.own_start, market.pairs // 2)), np.zeros_like(price)
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(demand, market, price, beside(room), half, people, other, gain)
        total = demand(market, price, room, 0, half, asked, gain) + second.result()
    return total, asked + other, gain


@kernel
def reprice(market: Market, price: Int, room: Scratch) -> None:
    """Mark everybody who is to be asked again: those for one of whose roles the price has changed."""
    changed = 0
    for role in range(len(price)):
        if price[role] != room.at_price[role]:
            changed += market.role_start[role + 1] - market.role_start[role]
    if not room.known[0] or 4 * changed > len(market.role):
        room.dirty[:] = True
    else:
        for role in range(len(price)):
            if price[role] != room.at_price[role]:
                for pair in range(market.role_start[role], market.role_start[role + 1]):
                    room.dirty[market.volunteer[pair]] = True
    for role in range(len(price)):
        room.at_price[role] = price[role]
    room.known[0] = True


@kernel
def demand(market: Market, price: Int, room: Scratch, begin: int, end: int, asked: Int, gain: Int) -> int:
    """What the best sets of the volunteers from `begin` to `end` over the prices [R] are worth together.

    `asked` [R] is raised by how often each role is in one of them, and `gain` [V], of zeros, gets what each is worth.
    Whoever is not marked is known already. Two ranges may be asked at once, each with its own room for a search.
    """
    total = 0
    for volunteer in range(begin, end):
        if market.own_start[volunteer] == market.own_start[volunteer + 1]:
            continue
        if room.dirty[volunteer]:
            room.gain[volunteer], room.size[volunteer] = best_set(market, price, volunteer, room)
            if room.capped[0]:
                room.gain[volunteer] = min(room.gain[volunteer], _cap(market, price, volunteer, room))
            room.dirty[volunteer] = False
        gain[volunteer] = room.gain[volunteer]
        total += gain[volunteer]
        first = room.kept_start[volunteer]
        for at in range(first, first + room.size[volunteer]):
            asked[room.role[room.kept[at]]] += 1
    return total


@kernel
def _cap(market: Market, price: Int, volunteer: int, room: Scratch) -> int:
    """No set is worth more than its volunteer's own limits at their prices, and what pairs leave over both prices."""
    total: int = room.own_worth[volunteer]
    for at in range(market.own_start[volunteer], market.own_start[volunteer + 1]):
        total += max(0, room.worth[at] - price[room.role[at]] - room.own_cost[at])
    return total


@kernel
def forget(price: Int, room: Scratch) -> None:
    """Let `demand` begin anew if sets are sought at other prices meanwhile."""
    for role in range(len(price)):
        if price[role] != room.at_price[role]:
            room.known[0] = False
            return
