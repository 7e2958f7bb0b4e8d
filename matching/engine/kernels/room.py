"""Whether a pair fits beside what a volunteer holds, and what has to go to make room for it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.kernels.compiled import kernel
from matching.engine.market import Market, Rivals, Small
from matching.engine.problem import Flag, Int

FEW = 6  # so many held pairs are tried in every combination; of more, one, two, or the cheapest by the hour

NEVER = 1 << 60


class Held(NamedTuple):
    """Who holds what: linked lists by volunteer and by role, -1 at their ends."""

    head: Small  # [V] a pair that the volunteer holds
    following: Small  # [n] the next one of the same volunteer
    role_head: Small  # [R] a pair that is held of the role
    role_following: Small  # [n]
    holds: Flag  # [n]
    taken: Int  # [R] seats


def nothing_held(market: Market) -> Held:
    """Nobody holds anything."""
    return Held(
        head=np.full(market.volunteers, -1, np.int32),
        following=np.full(market.pairs, -1, np.int32),
        role_head=np.full(market.roles, -1, np.int32),
        role_following=np.full(market.pairs, -1, np.int32),
        holds=np.zeros(market.pairs, np.bool_),
        taken=np.zeros(market.roles, np.int64),
    )


@kernel
def barred(rivals: Rivals, one: int, other: int) -> bool:
    """Whether nobody may serve both requests: the same one, both sides of a contest, or meetings at one hour."""
    if one < 0 or other < 0:
        return False
    if one == other:
        return True
    opposed = rivals.contest[one] >= 0 and rivals.contest[one] == rivals.contest[other]
    if opposed and rivals.campaign[one] != rivals.campaign[other]:
        return True
    if not (rivals.meets[one] and rivals.meets[other]):
        return False
    if rivals.begins[one] > rivals.ends[other] or rivals.begins[other] > rivals.ends[one]:
        return False
    begin = max(rivals.regime_first[one], rivals.regime_first[other])
    for regime in range(begin, min(rivals.regime_last[one], rivals.regime_last[other]) + 1):
        for word in range(rivals.meetings.shape[2]):
            if rivals.meetings[one, regime, word] & rivals.meetings[other, regime, word]:
                return True
    return False


@kernel
def take(market: Market, held: Held, pair: int) -> None:
    """Let the pair's volunteer hold it."""
    volunteer, role = market.volunteer[pair], market.role[pair]
    held.following[pair] = held.head[volunteer]
    held.head[volunteer] = pair
    held.role_following[pair] = held.role_head[role]
    held.role_head[role] = pair
    held.holds[pair] = True
    held.taken[role] += 1


@kernel
def take_what_fits(market: Market, held: Held, pairs: Int) -> None:
    """Let the volunteers of these pairs hold them, one after the other, as long as they fit and roles have seats."""
    for pair in pairs:
        role = market.role[pair]
        if held.taken[role] < market.seats[role] and fits(market, held, pair):
            take(market, held, pair)


@kernel
def _unlink(head: Small, following: Small, whose: int, pair: int) -> None:
    """Take the pair out of one linked list."""
    if head[whose] == pair:
        head[whose] = following[pair]
        return
    at = head[whose]
    while following[at] != pair:
        at = following[at]
    following[at] = following[pair]


@kernel
def leave(market: Market, held: Held, pair: int) -> None:
    """Let the pair's volunteer hold it no more."""
    volunteer, role = market.volunteer[pair], market.role[pair]
    _unlink(held.head, held.following, volunteer, pair)
    _unlink(held.role_head, held.role_following, role, pair)
    held.holds[pair] = False
    held.taken[role] -= 1


@kernel
def fits(market: Market, held: Held, pair: int) -> bool:
    """Whether the pair fits beside all that its volunteer holds."""
    head = held.head[market.volunteer[pair]]
    if head < 0:
        return True
    request, at = market.request[market.role[pair]], head
    while at >= 0:
        if barred(market.rivals, request, market.request[market.role[at]]):
            return False
        at = held.following[at]
    for segment in range(market.first[pair], market.last[pair] + 1):
        hours, projects = market.hours_left[segment] - market.hours[pair], market.projects_left[segment] - 1
        at = head
        while at >= 0:
            if market.first[at] <= segment and segment <= market.last[at]:
                hours -= market.hours[at]
                projects -= 1
            at = held.following[at]
        if hours < 0 or projects < 0:
            return False
    return True


@kernel
def _fits_without(market: Market, pair: int, others: Small, count: int, gone: int) -> bool:
    """Whether the pair fits beside the first `count` of `others`, those left aside whose bit is set in `gone`."""
    for segment in range(market.first[pair], market.last[pair] + 1):
        hours, projects = market.hours_left[segment] - market.hours[pair], market.projects_left[segment] - 1
        for at in range(count):
            other = others[at]
            if not (gone >> at) & 1 and market.first[other] <= segment and segment <= market.last[other]:
                hours -= market.hours[other]
                projects -= 1
        if hours < 0 or projects < 0:
            return False
    return True


@kernel
def least_gone(market: Market, held: Held, worth: Int, pair: int) -> int:
    """At least so much of `worth` [n] must go for the pair. Most bids need no more than this, and `displaced` takes
    several times as long.
    """
    at, first = held.head[market.volunteer[pair]], market.first[pair]
    if at < 0:
        return 0
    least, projects = NEVER, market.projects_left[first]
    while at >= 0:
        if market.first[at] <= first <= market.last[at]:
            least = min(least, worth[at])
            projects -= 1
        at = held.following[at]
    return least if projects <= 0 else 0


@kernel
def displaced(market: Market, held: Held, worth: Int, pair: int, out: Small) -> tuple[int, int]:
    """What must go so that the pair's volunteer can take it: the least total of `worth` [n], and how many pairs.

    These are written to `out`, which is at least twice as long as the longest list of one volunteer's pairs. With more
    than FEW held pairs in the way the least is not sought among all combinations.
    """
    volunteer = market.volunteer[pair]
    if held.head[volunteer] < 0:
        return 0, 0
    at = held.head[volunteer]
    alone = held.following[at] < 0
    if (
        alone
        and market.projects_left[market.first[pair]] == 1
        and market.first[at] <= market.first[pair] <= market.last[at]
    ):
        out[0] = at
        return worth[at], 1
    request = market.request[market.role[pair]]
    half = len(out) // 2
    kept = out[half:]
    gone, cost, count = 0, 0, 0
    at = held.head[volunteer]
    while at >= 0:
        if barred(market.rivals, request, market.request[market.role[at]]):
            out[gone] = at
            gone += 1
            cost += worth[at]
        elif market.first[at] <= market.last[pair] and market.first[pair] <= market.last[at]:
            kept[count] = at
            count += 1
        at = held.following[at]
    if _fits_without(market, pair, kept, count, 0):
        return cost, gone
    if count <= FEW:
        best, chosen = NEVER, -1
        for some in range(1, 1 << count):
            total = 0
            for bit in range(count):
                if (some >> bit) & 1:
                    total += worth[kept[bit]]
            if total < best and _fits_without(market, pair, kept, count, some):
                best, chosen = total, some
        if chosen < 0:
            return NEVER, 0
        for bit in range(count):
            if (chosen >> bit) & 1:
                out[gone] = kept[bit]
                gone += 1
        return cost + best, gone
    return _displaced_of_many(market, worth, pair, out, gone, cost, count)


@kernel
def _displaced_of_many(
    market: Market, worth: Int, pair: int, out: Small, gone: int, cost: int, count: int
) -> tuple[int, int]:
    """The same where many are held: by what is missing on the pair's segments, one, two, then the cheapest an hour."""
    kept = out[len(out) // 2 :]
    begin, end = market.first[pair], market.last[pair]
    best, one, two = NEVER, -1, -1
    if begin == end:
        hours, projects = market.hours_left[begin] - market.hours[pair], market.projects_left[begin] - 1
        for at in range(count):
            hours -= market.hours[kept[at]]
            projects -= 1
        for at in range(count):
            freed = hours + market.hours[kept[at]]
            if worth[kept[at]] < best and freed >= 0 and projects + 1 >= 0:
                best, one, two = worth[kept[at]], at, -1
            for other in range(at):
                total = worth[kept[at]] + worth[kept[other]]
                if total < best and freed + market.hours[kept[other]] >= 0 and projects + 2 >= 0:
                    best, one, two = total, at, other
    if best < NEVER:
        out[gone] = kept[one]
        gone += 1
        if two >= 0:
            out[gone] = kept[two]
            gone += 1
        return cost + best, gone
    while count > 0:
        cheapest = 0
        for at in range(1, count):
            each = worth[kept[at]] / max(1, market.hours[kept[at]])
            if each < worth[kept[cheapest]] / max(1, market.hours[kept[cheapest]]):
                cheapest = at
        out[gone] = kept[cheapest]
        gone += 1
        cost += worth[kept[cheapest]]
        count -= 1
        kept[cheapest] = kept[count]
        if _fits_without(market, pair, kept, count, 0):
            return cost, gone
    return NEVER, 0
