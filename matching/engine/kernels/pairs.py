"""Every rule, and what a pair is worth, for one role after another and all who claim its skill.

`feasibility` and `score` say the same in numpy, for explaining; the tests hold the two against each other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.room import barred
from matching.engine.market import Rivals
from matching.engine.postings import (
    ANY_TIME,
    ASKS,
    CAMPAIGN,
    CONTEST,
    FIRST,
    HOURS,
    LAST,
    LEVEL,
    LEVEL_ONLY,
    LISTED,
    MEETS,
    NEED,
    OFFICE,
    PARTY,
    PARTY_ONLY,
    PLACE,
    PLACE_ONLY,
    PLACES,
    REFUSED,
    REGIME_FIRST,
    REGIME_LAST,
    REQUEST,
    SIDED,
    VETO,
    VETTING,
    Demand,
    People,
    Postings,
)
from matching.engine.problem import Int

_ONES = np.uint64(0x5555555555555555)
_TWOS = np.uint64(0x3333333333333333)
_FOURS = np.uint64(0x0F0F0F0F0F0F0F0F)
_BYTES = np.uint64(0x0101010101010101)


@kernel
def ones(word: np.uint64) -> int:
    """How many bits are set."""
    word = word - ((word >> np.uint64(1)) & _ONES)
    word = (word & _TWOS) + ((word >> np.uint64(2)) & _TWOS)
    word = (word + (word >> np.uint64(4))) & _FOURS
    count: int = np.int64((word * _BYTES) >> np.uint64(56))  # type: ignore[assignment]
    return count


@kernel
def named(start: Int, rows: Int, parent: Int, volunteer: int, place: int) -> bool:
    """Whether the volunteer's list of places has this one, or one above it."""
    begin, end = start[volunteer], start[volunteer + 1]
    while begin < end and place >= 0:
        for at in range(begin, end):
            if rows[at] == place:
                return True
        place = parent[place]
    return False


@kernel
def free_of_bars(start: Int, bars: Int, volunteer: int, campaign: int, request: int, contest: int) -> bool:
    """Whether no veto, no earlier refusal and no service on another side keeps the volunteer from the request."""
    for at in range(start[volunteer], start[volunteer + 1]):
        kind, what = bars[at, 0], bars[at, 1]
        if kind == VETO and what == campaign:
            return False
        if kind == REFUSED and what == request:
            return False
        if kind == SIDED and what == contest and bars[at, 2] != campaign:
            return False
    return True


@kernel
def is_here(start: Int, away: Int, volunteer: int, first: int, last: int) -> bool:
    """Whether none of the volunteer's time off touches these days."""
    for at in range(start[volunteer], start[volunteer + 1]):
        if away[at, 0] <= last and away[at, 1] >= first:
            return False
    return True


@kernel
def has_room(
    start: Int, held: Int, rivals: Rivals, request: int, hours: int, most: int, projects: int, mine: int
) -> bool:
    """Whether the request goes together with what volunteer `mine` holds, on the fullest of its days too."""
    begin, end = start[mine], start[mine + 1]
    first, last = rivals.begins[request], rivals.ends[request]
    for at in range(begin, end):
        if barred(rivals, request, held[at, 0]):
            return False
    for at in range(begin, end):
        day = max(rivals.begins[held[at, 0]], first)
        used, count = hours, 1
        if day > last or day > rivals.ends[held[at, 0]]:
            continue
        for other in range(begin, end):
            if rivals.begins[held[other, 0]] <= day and day <= rivals.ends[held[other, 0]]:
                used += held[other, 1]
                count += 1
        if used > most or count > projects:
            return False
    return True


@kernel
def judge_role(postings: Postings, people: People, demand: Demand, rivals: Rivals, role: int, worth: Int) -> int:
    """What each who claims the role's skill is worth in it, in the order of the posting; -1: not feasible.

    Returns how many are feasible. What is the same for everybody is looked up before the loop.
    """
    begin, end = postings.start[demand.skill[role]], postings.start[demand.skill[role] + 1]
    posted, posted_level, posted_wanted = postings.volunteer, postings.level, postings.wanted
    request, level, hours = demand.role[role, REQUEST], demand.role[role, LEVEL], demand.role[role, HOURS]
    asks, vetting, need = demand.role[role, ASKS], demand.role[role, VETTING], demand.role[role, NEED]
    campaign, contest = demand.request[request, CAMPAIGN], demand.request[request, CONTEST]
    party, place = demand.request[request, PARTY], demand.request[request, PLACE]
    first, last = demand.request[request, FIRST], demand.request[request, LAST]
    regime, regimes = demand.request[request, REGIME_FIRST], demand.request[request, REGIME_LAST] + 1
    meets, office = demand.request[request, MEETS], np.uint64(demand.request[request, OFFICE])
    always = demand.request[request, ANY_TIME] and not meets
    spoken, parent, work, meetings = demand.languages[role], demand.parent, demand.work, demand.meetings
    nice, by_level, by_wish, by_nice = demand.nice, demand.weights[0], demand.weights[1], demand.weights[2]
    by_spare, by_place = demand.weights[3], demand.weights[4]
    traits, languages, levels, until = postings.traits, postings.languages, postings.levels, postings.until
    most, projects, turn, claims = postings.hours, postings.projects, postings.turn, postings.claims
    availability, total = postings.availability, postings.total
    words, masks = availability.shape[2], nice.shape[1]
    several = availability.shape[1] > 1
    feasible = 0
    for at in range(begin, end):
        worth[at - begin] = -1
        mine = traits[at]
        # One test instead of seven: which of them fails cannot be foreseen, and a wrong guess costs more than they do.
        fit = (posted_level[at] >= level) & ((asks & ~mine) == 0) & (hours <= most[at]) & (projects[at] >= 1)
        fit &= (spoken == 0) | ((spoken & languages[at]) != 0)
        fit &= ((mine & LEVEL_ONLY) == 0) | ((levels[at] >> office) & np.uint64(1) != 0)
        if vetting >= 0:
            fit &= until[at, vetting] >= last
        if not fit:
            continue
        volunteer = posted[at]
        if mine & PARTY_ONLY:
            found = False
            for row in range(people.parties_start[volunteer], people.parties_start[volunteer + 1]):
                found = found or people.parties[row] == party
            if not found:
                continue
        least = 1 << 30
        if always and not several:
            least = total[at]
        else:
            for when in range(regime, regimes):
                count = 0
                for word in range(words):
                    free = availability[at, when, word]
                    count += ones(free & work[request, when, word])
                    if meets and meetings[request, when, word] & ~free:
                        count = -(1 << 20)
                least = min(least, count)
        if least < 2 * hours:
            continue
        close = mine & PLACES and named(people.places_start, people.places, parent, volunteer, place)
        if mine & PLACE_ONLY and not close:
            continue
        if mine & LISTED:
            if not free_of_bars(people.bars_start, people.bars, volunteer, campaign, request, contest):
                continue
            if not is_here(people.away_start, people.away, volunteer, first, last):
                continue
            if not has_room(people.held_start, people.held, rivals, request, hours, most[at], projects[at], volunteer):
                continue
        skills = 0
        for word in range(masks):
            skills += ones(nice[role, word] & claims[at, word])
        sum_of = need + turn[at] + by_level * min(2, posted_level[at] - level) + by_wish * posted_wanted[at]
        sum_of += by_nice * min(3, skills) + by_spare * min(5, (least - 2 * hours) // 4)
        worth[at - begin] = sum_of + (by_place if close else 0)
        feasible += 1
    return feasible


@kernel
def best_pairs(
    postings: Postings,
    people: People,
    demand: Demand,
    rivals: Rivals,
    roles: Int,
    worth: Int,
    chosen: NDArray[np.int32],
    value: Int,
    count: Int,
    feasible: Int,
) -> None:
    """For each of these roles the best of all pairs.

    `chosen` and `value` [roles, K] get them as a heap, the poorest first, so that what was left out is worth no more
    than `value[:, 0]`; `count` [roles] how many these are, and `feasible` [roles] how many there would have been.
    `worth` is scratch, as long as the longest posting.
    """
    most = chosen.shape[1]
    for place in range(len(roles)):
        role = roles[place]
        feasible[place] = judge_role(postings, people, demand, rivals, role, worth)
        begin, end = postings.start[demand.skill[role]], postings.start[demand.skill[role] + 1]
        kept = 0
        for at in range(begin, end):
            mine = worth[at - begin]
            if mine < 0:
                continue
            if kept < most:
                value[place, kept], chosen[place, kept] = mine, postings.volunteer[at]
                kept += 1
                if kept == most:
                    for root in range(most // 2 - 1, -1, -1):
                        _sift(value, chosen, place, root, most)
            elif mine > value[place, 0]:
                value[place, 0], chosen[place, 0] = mine, postings.volunteer[at]
                _sift(value, chosen, place, 0, most)
        count[place] = kept


@kernel
def _sift(value: Int, chosen: NDArray[np.int32], place: int, root: int, size: int) -> None:
    """Let an entry of a heap sink to where none below it is smaller."""
    mine, who = value[place, root], chosen[place, root]
    while 2 * root + 1 < size:
        child = 2 * root + 1
        if child + 1 < size and value[place, child + 1] < value[place, child]:
            child += 1
        if value[place, child] >= mine:
            break
        value[place, root], chosen[place, root] = value[place, child], chosen[place, child]
        root = child
    value[place, root], chosen[place, root] = mine, who


@kernel
def pairs_above(
    postings: Postings,
    people: People,
    demand: Demand,
    rivals: Rivals,
    role: int,
    price: int,
    least: Int,
    fine: int,
    worth: Int,
    chosen: NDArray[np.int32],
    value: Int,
) -> int:
    """The pairs of a role that leave more over its price than `least` [V] of their volunteer; how many.

    Prices and `least` are in the unit of which a point has `fine`. `worth`, `chosen` and `value` are as long as the
    longest posting.
    """
    judge_role(postings, people, demand, rivals, role, worth)
    begin, end = postings.start[demand.skill[role]], postings.start[demand.skill[role] + 1]
    count = 0
    for at in range(begin, end):
        mine = worth[at - begin]
        if mine >= 0 and fine * mine - price > least[postings.volunteer[at]]:
            chosen[count], value[count] = postings.volunteer[at], mine
            count += 1
    return count
