"""What everybody would take at given prices of seats."""

from __future__ import annotations

from matching.engine.kernels.bundles import best_set
from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.scratch import Scratch
from matching.engine.market import Market
from matching.engine.problem import Int


@kernel
def demand(market: Market, price: Int, room: Scratch, asked: Int, gain: Int) -> int:
    """What all volunteers' best sets over the prices [R] are worth together.

    `asked` [R] gets how often each role is in one of them, and `gain` [V] what each is worth. Only those are asked
    again for one of whose roles the price has changed.
    """
    total = 0
    for role in range(len(asked)):
        asked[role] = 0
        if room.known[0] and price[role] != room.at_price[role]:
            for pair in range(market.role_start[role], market.role_start[role + 1]):
                room.dirty[market.volunteer[pair]] = True
        room.at_price[role] = price[role]
    for volunteer in range(len(gain)):
        if room.dirty[volunteer] or not room.known[0]:
            room.gain[volunteer], room.size[volunteer] = best_set(market, price, volunteer, room)
            if room.capped[0]:
                room.gain[volunteer] = min(room.gain[volunteer], _cap(market, price, volunteer, room))
            room.dirty[volunteer] = False
        gain[volunteer] = room.gain[volunteer]
        total += gain[volunteer]
        begin = room.kept_start[volunteer]
        for at in range(begin, begin + room.size[volunteer]):
            asked[room.role[room.kept[at]]] += 1
    room.known[0] = True
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
