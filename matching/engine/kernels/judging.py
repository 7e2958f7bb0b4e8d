"""Every rule, and what a pair is worth, for one role after another and all who claim its skill.

`feasibility` and `score` say the same in numpy, for explaining; the tests hold the two against each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.room import barred
from matching.engine.market import Rivals, Small
from matching.engine.postings import (
    ANY_TIME,
    ASKS,
    CAMPAIGN,
    CONTEST,
    EARNS,
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
    REFUSED,
    REGIME_FIRST,
    REGIME_LAST,
    REQUEST,
    SEVERAL,
    SIDED,
    VETO,
    VETTING,
    Demand,
    People,
    Postings,
)
from matching.engine.problem import WORDS, Int

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
def named(start: Int, rows: Int, lineage: Int, volunteer: int, place: int) -> bool:
    """Whether the volunteer's list of places has this one, or one above it."""
    for at in range(start[volunteer], start[volunteer + 1]):
        for above in range(lineage.shape[1]):
            if lineage[place, above] == rows[at]:
                return True
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


class Sieve(NamedTuple):
    """Scratch for judging a role: those who are left, and what is known of them. As long as the longest posting."""

    which: Small  # row of the postings
    spare: Small  # half-hours in common beyond those needed
    worth: Int


def sieve(postings: Postings) -> Sieve:
    """Scratch for all roles of these postings."""
    longest = int(np.diff(postings.start).max(initial=0)) + 1
    return Sieve(np.empty(longest, np.int32), np.empty(longest, np.int32), np.empty(longest, np.int64))


@kernel
def judge_role(postings: Postings, people: People, demand: Demand, rivals: Rivals, role: int, left: Sieve) -> int:
    """Leaves those in the sieve who are feasible, ascending, with what each is worth; returns how many they are.

    One rule after the other is asked of all who are left. Nobody is jumped over: who stays is overwritten or not, since
    a wrong guess at a jump costs more than a rule.
    """
    asked, which = demand.asked[role], left.which
    count = 0
    for at in range(postings.start[demand.skill[role]], postings.start[demand.skill[role] + 1]):
        which[count] = at
        count += (postings.given[at] & asked) == asked
    return judge(postings, people, demand, rivals, role, count, left)


@kernel
def judge(
    postings: Postings, people: People, demand: Demand, rivals: Rivals, role: int, count: int, left: Sieve
) -> int:
    """The same for those in the sieve, who have what bits tell."""
    request, level, hours = demand.role[role, REQUEST], demand.role[role, LEVEL], demand.role[role, HOURS]
    count = _in_time(postings, demand, request, 2 * hours, count, left)
    count = _with_reservations(postings, people, demand, rivals, role, count, left)
    by_level, by_nice, by_spare, by_place = demand.weights
    most_levels, most_nice, most_spare, _ = demand.caps
    need, lineage, masks = demand.role[role, NEED], demand.lineage, demand.nice.shape[1]
    place, nice = demand.request[request, PLACE], wishes(demand, role) > 0
    for one in range(count):
        at = left.which[one]
        worth = need + postings.fixed[at] + by_level * min(most_levels, postings.level[at] - level)
        worth += by_spare * min(most_spare, left.spare[one] // 4)
        close = False
        for above in range(lineage.shape[1]):
            close |= lineage[place, above] == postings.place[at]
        if postings.place[at] == SEVERAL:
            close = named(people.places_start, people.places, lineage, postings.volunteer[at], place)
        worth += by_place * close
        if nice:
            skills = 0
            for word in range(masks):
                skills += ones(demand.nice[role, word] & postings.claims[at, word])
            worth += by_nice * min(most_nice, skills)
        left.worth[one] = worth
    if demand.earned_start[role] < demand.earned_start[role + 1]:
        for one in range(count):
            if postings.traits[left.which[one]] & EARNS:
                left.worth[one] += find_earned_points(demand, role, left.which[one])
    return count


@kernel
def find_earned_points(demand: Demand, role: int, at: int) -> int:
    """What is listed of a role and a row of the postings adds to the score."""
    low, high = demand.earned_start[role], demand.earned_start[role + 1]
    while low < high:
        middle = (low + high) // 2
        if demand.earned_at[middle] < at:
            low = middle + 1
        else:
            high = middle
    if low < demand.earned_start[role + 1] and demand.earned_at[low] == at:
        points: int = demand.earned[low]
        return points
    return 0


@kernel
def wishes(demand: Demand, role: int) -> int:
    """How many skills would be nice to have in a role."""
    wishes = 0
    for word in range(demand.nice.shape[1]):
        wishes += ones(demand.nice[role, word])
    return wishes


@kernel
def _in_time(postings: Postings, demand: Demand, request: int, need: int, count: int, left: Sieve) -> int:
    """Leaves those who have as many half-hours as are needed in common with the request, and its meetings free."""
    regime, regimes = demand.request[request, REGIME_FIRST], demand.request[request, REGIME_LAST] + 1
    meets = demand.request[request, MEETS] != 0
    availability, which, spare = postings.availability, left.which, left.spare
    kept = 0
    if demand.request[request, ANY_TIME] and not meets and availability.shape[1] == 1:
        for one in range(count):
            at = which[one]
            which[kept], spare[kept] = at, postings.total[at] - need
            kept += postings.total[at] >= need
        return kept
    for one in range(count):
        at, least = which[one], 1 << 30
        for when in range(regime, regimes):
            common, missing = 0, np.uint64(0)
            for word in range(WORDS):
                free = availability[at, when, word]
                common += ones(free & demand.work[request, when, word])
                if meets:
                    missing |= demand.meetings[request, when, word] & ~free
            least = min(least, common if missing == 0 else -1)
        which[kept], spare[kept] = at, least - need
        kept += least >= need and least >= 0
    return kept


@kernel
def _with_reservations(
    postings: Postings, people: People, demand: Demand, rivals: Rivals, role: int, count: int, left: Sieve
) -> int:
    """Leaves those whom nothing that is listed of few keeps from the role, nor a rule that no bit tells."""
    request, hours, told = demand.role[role, REQUEST], demand.role[role, HOURS], demand.told[role]
    place, which, spare = demand.request[request, PLACE], left.which, left.spare
    campaign, contest = demand.request[request, CAMPAIGN], demand.request[request, CONTEST]
    first, last = demand.request[request, FIRST], demand.request[request, LAST]
    kept = 0
    for one in range(count):
        at = which[one]
        which[kept], spare[kept] = at, spare[one]
        traits = postings.traits[at]
        if told and not traits & (PLACE_ONLY | LISTED):
            kept += 1
            continue
        who = postings.volunteer[at]
        if not told and not _untold(postings, people, demand, role, at):
            continue
        if traits & PLACE_ONLY and not named(people.places_start, people.places, demand.lineage, who, place):
            continue
        if traits & LISTED:
            if not free_of_bars(people.bars_start, people.bars, who, campaign, request, contest):
                continue
            if not is_here(people.away_start, people.away, who, first, last):
                continue
            most, projects = people.hours[who], people.projects[who]
            if not has_room(people.held_start, people.held, rivals, request, hours, most, projects, who):
                continue
        kept += 1
    return kept


@kernel
def _untold(postings: Postings, people: People, demand: Demand, role: int, at: int) -> bool:
    """Whether a posting passes the rules that bits may not tell."""
    who, mine, request = postings.volunteer[at], postings.traits[at], demand.role[role, REQUEST]
    asks, vetting, spoken = demand.role[role, ASKS], demand.role[role, VETTING], demand.languages[role]
    if postings.level[at] < demand.role[role, LEVEL] or asks & ~mine or people.projects[who] < 1:
        return False
    if people.hours[who] < demand.role[role, HOURS] or (spoken and not spoken & people.languages[who]):
        return False
    if mine & LEVEL_ONLY and not (people.levels[who] >> np.uint64(demand.request[request, OFFICE])) & np.uint64(1):
        return False
    if vetting >= 0 and people.until[who, vetting] < demand.request[request, LAST]:
        return False
    willing = not mine & PARTY_ONLY
    for row in range(people.parties_start[who], people.parties_start[who + 1]):
        willing = willing or people.parties[row] == demand.request[request, PARTY]
    return bool(willing)
