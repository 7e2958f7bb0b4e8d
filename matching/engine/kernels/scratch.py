"""Room to look for one volunteer's best set in, and what is known of everybody beforehand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.room import NEVER
from matching.engine.market import Market, Small
from matching.engine.problem import Flag, Int

TABLE = 1 << 22  # entries of the table of a knapsack
WIDE = 12  # more candidates than this, and MANY projects: a knapsack by table
MANY = 5


class Scratch(NamedTuple):
    """Room for one volunteer's search, and what is known of everybody beforehand.

    The lists of candidates are as long as the longest list of a volunteer's pairs, and one more.
    """

    most: Int  # [V] no set of the volunteer has more pairs
    kept_start: Int  # [V] where the set that was found last begins in `kept`
    kept_size: Int  # [V]
    kept: Small  # places in the market's `own`
    role: Small  # [n] by place in `own`: looking them up pair by pair takes several times as long
    worth: Int  # [n] likewise
    need: Small  # [n] hours, likewise
    begin: Small  # [n] the segments that a pair covers, likewise
    end: Small  # [n]
    known: Flag  # [1] whether the next three hold
    at_price: Int  # [R] the prices at which `demand` was last asked for
    gain: Int  # [V] what each best set was worth then
    size: Int  # [V] how many pairs it had
    dirty: Flag  # [V]
    capped: Flag  # [1] whether the next two hold
    own_cost: Int  # [n] by place in `own`: what a pair costs at prices of its volunteer's own limits
    own_worth: Int  # [V] what all of these limits are worth at those prices
    spot: Small  # place in `own`
    side: Int  # [R] a number that rivals share; 0 where rivals cannot be told by a number
    profit: Int
    rival: Int
    hours: Small
    first: Small
    last: Small
    hope: Int
    at: Int
    best: Small
    table: Int  # worth by hours
    took: NDArray[np.uint8]  # [candidates x hours]


def scratch(market: Market, worth: Int) -> Scratch:
    """Scratch that fits every volunteer of the market, whose pairs are worth `worth` [n]."""
    longest = int(np.diff(market.own_start).max(initial=0)) + 1
    hours = int(market.hours_left.max(initial=0)) + 1
    many = int(market.projects_left.max(initial=0)) >= MANY
    wide = many and longest > WIDE and longest * hours <= TABLE
    room = Scratch(
        most=np.zeros(market.volunteers, np.int64),
        kept_start=market.own_start[:-1],
        kept_size=np.zeros(market.volunteers, np.int64),
        kept=np.empty(market.pairs, np.int32),
        role=market.role[market.own],
        worth=worth[market.own],
        need=market.hours[market.own],
        begin=market.first[market.own],
        end=market.last[market.own],
        known=np.zeros(1, np.bool_),
        at_price=np.zeros(market.roles, np.int64),
        gain=np.zeros(market.volunteers, np.int64),
        size=np.zeros(market.volunteers, np.int64),
        dirty=np.zeros(market.volunteers, np.bool_),
        capped=np.zeros(1, np.bool_),
        own_cost=np.zeros(market.pairs, np.int64),
        own_worth=np.zeros(market.volunteers, np.int64),
        spot=np.empty(longest, np.int32),
        side=np.zeros(market.roles, np.int64),
        profit=np.empty(longest, np.int64),
        rival=np.empty(longest, np.int64),
        hours=np.empty(longest, np.int32),
        first=np.empty(longest, np.int32),
        last=np.empty(longest, np.int32),
        hope=np.empty(longest, np.int64),
        at=np.empty(longest, np.int64),
        best=np.empty(longest, np.int32),
        table=np.empty(hours if wide else 0, np.int64),
        took=np.empty(longest * hours if wide else 0, np.uint8),
    )
    prepare(market, room)
    return room


class Known(NamedTuple):
    """What is known of everybody's best set in a market, where each one's pairs are in it, and who they are."""

    room: Scratch
    own_start: Int
    person: Int  # ascending


def recollect(before: Known, after: Known) -> None:
    """Let what was known in one market be known in another, of people who have as many pairs: these are the same."""
    old, new = before.room, after.room
    if not old.known[0] or not len(before.person):
        return
    at = np.minimum(np.searchsorted(before.person, after.person), len(before.person) - 1)
    was, now = before.own_start[at], after.own_start[:-1]
    same = (before.person[at] == after.person) & (before.own_start[at + 1] - was == np.diff(after.own_start))
    new.at_price[:], new.gain[:], new.size[:], new.dirty[:] = old.at_price, old.gain[at], old.size[at], old.dirty[at]
    new.dirty[~same] = True
    new.kept_size[:] = np.where(same, old.kept_size[at], 0)
    shift = np.repeat(now - was, new.kept_size)
    first = np.repeat(was - (np.cumsum(new.kept_size) - new.kept_size), new.kept_size)
    place = first + np.arange(len(first))
    new.kept[place + shift] = old.kept[place] + shift
    new.known[0] = True


SEARCH = ("spot", "profit", "rival", "hours", "first", "last", "hope", "at", "best", "table", "took")


def beside(room: Scratch) -> Scratch:
    """The same, with room of its own for one search."""
    return room._replace(**{name: np.empty_like(getattr(room, name)) for name in SEARCH})


@kernel
def prepare(market: Market, room: Scratch) -> None:
    """Fills in `most` and `side`."""
    rivals = market.rivals
    for role in range(len(room.side)):
        request = market.request[role]
        if request < 0:
            room.side[role] = -1 - role
        elif not rivals.meets[request]:
            contest = rivals.contest[request]
            room.side[role] = 1 + (len(rivals.contest) + contest if contest >= 0 else request)
    for volunteer in range(len(room.most)):
        begin, end = market.own_start[volunteer], market.own_start[volunteer + 1]
        if begin < end:
            # So many can follow one another in time, and beside each there are so many others at most.
            after, follow, projects = -1, 0, 0
            while after < NEVER:
                soonest = NEVER
                for at in range(begin, end):
                    pair = market.own[at]
                    if market.first[pair] > after:
                        soonest = min(soonest, market.last[pair])
                        projects = max(projects, market.projects_left[market.first[pair]])
                after = soonest
                follow += soonest < NEVER
            room.most[volunteer] = follow * projects
            room.most[volunteer] = min(room.most[volunteer], end - begin)
