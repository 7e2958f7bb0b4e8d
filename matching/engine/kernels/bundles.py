"""The best set of roles that one volunteer can serve together, at given prices of seats."""

from __future__ import annotations

from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.room import NEVER, barred
from matching.engine.kernels.scratch import MANY, WIDE, Scratch
from matching.engine.market import Market
from matching.engine.problem import Int

NODES = 2_000  # steps that one search may take; then the bound is what the most valuable few would be worth
FEW = 12  # pairs at most in a set, up to which it is looked for pairs that others surpass


@kernel
def _incumbent(market: Market, price: Int, volunteer: int, room: Scratch) -> tuple[int, int]:
    """What the set that was found last is worth at these prices, and what a pair must exceed to be in a better one.

    Beside a pair there could be the most valuable others at best. NEVER: no set is better.
    """
    begin = room.kept_start[volunteer]
    kept = 0
    for at in range(begin, begin + room.kept_size[volunteer]):
        kept += room.worth[room.kept[at]] - price[room.role[room.kept[at]]]
    most = room.most[volunteer]
    if most > FEW or kept <= 0:
        return max(0, kept), 0
    for place in range(most):
        room.hope[place] = 0
    for at in range(market.own_start[volunteer], market.own_start[volunteer + 1]):
        profit = room.worth[at] - price[room.role[at]]
        if profit > room.hope[most - 1]:
            place = most - 1
            while place > 0 and room.hope[place - 1] < profit:
                room.hope[place] = room.hope[place - 1]
                place -= 1
            room.hope[place] = profit
    rest = 0
    for place in range(most - 1):
        rest += room.hope[place]
    if kept >= rest + room.hope[most - 1]:
        return kept, NEVER
    return kept, max(0, kept - rest)


@kernel
def _choose(market: Market, price: Int, volunteer: int, room: Scratch) -> None:
    """Begin with the pair that leaves the most, and then with whichever leaves the most of those that fit beside.

    Who has very many pairs has a set to begin with, so that most of them need no look.
    """
    begin, size = room.kept_start[volunteer], 0
    while size < min(FEW, room.most[volunteer]):
        best, chosen = 0, -1
        for at in range(market.own_start[volunteer], market.own_start[volunteer + 1]):
            profit = room.worth[at] - price[room.role[at]]
            if profit > best:
                _put(room, size, at, profit)
                if _fits(market, room, size, size):
                    best, chosen = profit, at
        if chosen < 0:
            break
        _put(room, size, chosen, best)
        room.kept[begin + size], room.at[size] = chosen, size
        size += 1
    room.kept_size[volunteer] = size


@kernel
def candidates(market: Market, price: Int, volunteer: int, least: int, room: Scratch) -> int:
    """Writes the volunteer's pairs that leave more than `least` over the price to `room`, the best first; how many.

    Left out is a pair that others surpass, each at least as good in less or the same time, as many as there could be in
    a set and no two of them rivals: whatever the rest of the set is, one of these could take its place.
    """
    count, most = 0, room.most[volunteer]
    for at in range(market.own_start[volunteer], market.own_start[volunteer + 1]):
        profit = room.worth[at] - price[room.role[at]]
        if profit <= least:
            continue
        if most == 1:
            if count == 0 or profit > room.profit[0]:
                room.profit[0], room.spot[0], count = profit, at, 1
            continue
        if count >= most and _surpassed(room, count, at, profit, most):
            continue
        place = count
        while place > 0 and room.profit[place - 1] < profit:
            room.profit[place], room.spot[place] = room.profit[place - 1], room.spot[place - 1]
            room.hours[place], room.rival[place] = room.hours[place - 1], room.rival[place - 1]
            room.first[place], room.last[place] = room.first[place - 1], room.last[place - 1]
            place -= 1
        _put(room, place, at, profit)
        count += 1
    return count


@kernel
def _put(room: Scratch, place: int, spot: int, profit: int) -> None:
    """Let the pair at this place of `own` be the candidate at `place`."""
    room.profit[place], room.spot[place] = profit, spot
    room.hours[place], room.rival[place] = room.need[spot], room.side[room.role[spot]]
    room.first[place], room.last[place] = room.begin[spot], room.end[spot]


@kernel
def _surpassed(room: Scratch, count: int, spot: int, profit: int, most: int) -> bool:
    """Whether `most` candidates that are no rivals of each other surpass the pair."""
    if most > FEW:
        return False
    found, hours, first, last = 0, room.need[spot], room.begin[spot], room.end[spot]
    for place in range(count):
        if room.profit[place] < profit:
            break
        if room.hours[place] > hours or room.first[place] < first or room.last[place] > last:
            continue
        side = room.rival[place]
        fresh = side != 0
        for seen in range(found):
            if room.at[seen] == side:
                fresh = False
        if fresh:
            room.at[found] = side
            found += 1
            if found == most:
                return True
    return False


@kernel
def best_set(market: Market, price: Int, volunteer: int, room: Scratch) -> tuple[int, int]:
    """The volunteer's best set over the prices [R]: a bound on its worth, and how many pairs it has.

    The pairs are in `room.best`. The bound is exact but for a search that takes too long, and for a knapsack, which
    minds neither rivals nor projects.
    """
    begin = room.kept_start[volunteer]
    kept, least = _incumbent(market, price, volunteer, room)
    if kept <= 0 and market.own_start[volunteer + 1] - market.own_start[volunteer] > WIDE:
        _choose(market, price, volunteer, room)
        kept, least = _incumbent(market, price, volunteer, room)
    size, bound = (room.kept_size[volunteer] if kept > 0 else 0), kept
    count = candidates(market, price, volunteer, least, room) if least < NEVER else 0
    if count > 0:
        bound, found = _search(market, room, volunteer, count, kept)
        if found > 0:
            size = found
            for at in range(size):
                room.kept[begin + at] = room.best[at]
            room.kept_size[volunteer] = size
    for at in range(size):
        room.best[at] = market.own[room.kept[begin + at]]
    return bound, size


@kernel
def _search(market: Market, room: Scratch, volunteer: int, count: int, kept: int) -> tuple[int, int]:
    """The best set of the first `count` candidates, if it is worth more than `kept`; 0 pairs if it is not."""
    if count == 1 or room.most[volunteer] == 1:
        if room.profit[0] <= kept:
            return kept, 0
        room.best[0] = room.spot[0]
        return room.profit[0], 1
    first = room.first[0]
    single = True
    for place in range(count):
        if room.first[place] != first or room.last[place] != first:
            single = False
    hours = market.hours_left[first]
    if single and count > WIDE and market.projects_left[first] >= MANY and len(room.table) > hours:
        return _by_table(market, room, count, hours)
    _hopes(market, room, count)
    return _by_search(market, room, count, kept)


@kernel
def _hopes(market: Market, room: Scratch, count: int) -> None:
    """`hope[k]`: at least what candidates k and after can add. Of those that begin on one segment only so many count
    as there are projects and hours for there.
    """
    room.hope[count] = 0
    for begin in range(count - 1, -1, -1):
        first, least = room.first[begin], room.hours[begin]
        for place in range(count):
            if room.first[place] == first:
                least = min(least, room.hours[place])
        left, gone = market.projects_left[first], -1
        if least > 0:
            left = min(left, market.hours_left[first] // least)
        left -= 1
        for place in range(begin + 1, count):
            if room.first[place] == first:
                if left == 0:
                    gone = place  # it counted among those after, and is one too many now
                    break
                left -= 1
        room.hope[begin] = room.hope[begin + 1] + room.profit[begin] - (room.profit[gone] if gone >= 0 else 0)


@kernel
def _by_search(market: Market, room: Scratch, count: int, kept: int) -> tuple[int, int]:
    """Depth first, the most valuable first."""
    best, size, depth, worth, place, nodes = kept, 0, 0, 0, 0, 0
    while True:
        if place < count and worth + room.hope[place] > best and nodes < NODES:
            nodes += 1
            if _fits(market, room, depth, place):
                room.at[depth] = place
                depth += 1
                worth += room.profit[place]
                if worth > best:
                    best, size = worth, depth
                    for at in range(depth):
                        room.best[at] = room.spot[room.at[at]]
            place += 1
            continue
        if depth == 0:
            break
        depth -= 1
        place = room.at[depth]
        worth -= room.profit[place]
        place += 1
    return (best if nodes < NODES else max(best, room.hope[0])), size


@kernel
def _fits(market: Market, room: Scratch, depth: int, place: int) -> bool:
    """Whether the candidate fits beside those chosen so far.

    Written out, though `room` asks the same of held pairs: shared, it would make a whole run a tenth slower.
    """
    side = room.rival[place]
    for at in range(depth):
        other = room.at[at]
        if side == 0 or room.rival[other] == 0 or side == room.rival[other]:
            request = market.request[room.role[room.spot[place]]]
            if barred(market.rivals, request, market.request[room.role[room.spot[other]]]):
                return False
    for segment in range(room.first[place], room.last[place] + 1):
        hours, projects = market.hours_left[segment] - room.hours[place], market.projects_left[segment] - 1
        for at in range(depth):
            other = room.at[at]
            if room.first[other] <= segment and segment <= room.last[other]:
                hours -= room.hours[other]
                projects -= 1
        if hours < 0 or projects < 0:
            return False
    return True


@kernel
def _by_table(market: Market, room: Scratch, count: int, hours: int) -> tuple[int, int]:
    """The knapsack of hours, by the hour."""
    for left in range(hours + 1):
        room.table[left] = 0
    for place in range(count):
        need, profit = room.hours[place], room.profit[place]
        base = place * (hours + 1)
        for left in range(hours + 1):
            room.took[base + left] = 0
        for left in range(hours, need - 1, -1):
            with_it = room.table[left - need] + profit
            if with_it > room.table[left]:
                room.table[left] = with_it
                room.took[base + left] = 1
    size, left = 0, hours
    for place in range(count - 1, -1, -1):
        if room.took[place * (hours + 1) + left]:
            room.best[size] = room.spot[place]
            size += 1
            left -= room.hours[place]
    return room.table[hours], size
