"""Of every role the best pairs, or those that leave something over a price: what the solver looks at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.hurdles import Hurdles
from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.judging import Sieve, judge, judge_role, ones, wishes
from matching.engine.market import Rivals, Small, order_of
from matching.engine.postings import LEVEL, NEED, PLACE, REQUEST, SEVERAL, Demand, People, Postings
from matching.engine.problem import FINE, Bits, Int

STEPS = 128  # a bid exceeds what it must by such a part of what the pair is worth
SPREAD = 1_640_531_527  # a large odd number, so that roles that follow one another begin far apart


@kernel
def best_pairs(
    postings: Postings,
    people: People,
    demand: Demand,
    rivals: Rivals,
    roles: Int,
    left: Sieve,
    price: Int,
    chosen: Small,
    value: Int,
    count: Int,
    feasible: Int,
    least: Int,
) -> None:
    """For each of these roles, which ask for one skill, the best of all pairs at what people seem to cost.

    `chosen` and `value` [roles, K] get them in any order and `count` [roles] how many they are; no pair that was left
    out is worth more than `least` [roles], -1: none was. `feasible` [roles] is how many pairs there are. Each role in
    turn bids for its best people, which raises their `price` (as long as the skill's posting): those who come later
    prefer others, so that not all of them want the same few.
    """
    most = chosen.shape[1]
    begin = postings.start[demand.skill[roles[0]]] if len(roles) else 0
    for place in range(len(roles)):
        role = roles[place]
        length = judge_role(postings, people, demand, rivals, role, left)
        keys, ones_of = value[place], chosen[place]
        kept, best_left, turn = 0, -1, (role * SPREAD) % max(1, length)
        for step in range(length):
            one = turn + step if turn + step < length else turn + step - length
            key = left.worth[one] - price[left.which[one] - begin]
            if kept < most:
                keys[kept], ones_of[kept] = key, one
                kept += 1
                if kept == most:
                    for root in range(most // 2 - 1, -1, -1):
                        _sift(keys, ones_of, root, most)
            elif key > keys[0]:
                best_left = max(best_left, left.worth[ones_of[0]])
                keys[0], ones_of[0] = key, one
                _sift(keys, ones_of, 0, most)
            else:
                best_left = max(best_left, left.worth[one])
        count[place], feasible[place], least[place] = kept, length, best_left
        _bid(demand.seats[role], keys, ones_of, kept, left, price, begin)
        for at in range(kept):
            one = ones_of[at]
            keys[at], ones_of[at] = left.worth[one], postings.volunteer[left.which[one]]


@kernel
def _bid(seats: int, keys: Int, ones_of: Small, kept: int, left: Sieve, price: Int, begin: int) -> None:
    """Let a role's best candidates cost so much more that the next best one is as good."""
    for seat in range(min(seats, kept - 1)):  # the best ones come to the front
        best = seat
        for at in range(seat + 1, kept):
            if keys[at] > keys[best]:
                best = at
        keys[seat], keys[best] = keys[best], keys[seat]
        ones_of[seat], ones_of[best] = ones_of[best], ones_of[seat]
    following = 0
    for at in range(seats, kept):
        following = max(following, keys[at])
    for seat in range(min(seats, kept)):
        if keys[seat] > 0:
            one = ones_of[seat]
            price[left.which[one] - begin] += keys[seat] - following + 1 + left.worth[one] // STEPS


@kernel
def _sift(keys: Int, ones_of: Small, root: int, size: int) -> None:
    """Let an entry of a heap sink to where none below it is smaller."""
    mine, who = keys[root], ones_of[root]
    while 2 * root + 1 < size:
        child = 2 * root + 1
        if child + 1 < size and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= mine:
            break
        keys[root], ones_of[root] = keys[child], ones_of[child]
        root = child
    keys[root], ones_of[root] = mine, who


class Ranked(NamedTuple):
    """Who claims each skill at each level, those first who come closest to what matters; C in all, L levels."""

    start: Int  # [skills, L + 1]
    at: Small  # [C] row of the postings
    head: Int  # [C] whole points: what is the same in every role, less what must be surpassed, rounded up
    posted: Int  # [C] the same in the order of the postings
    given: Bits  # [C] what follows is the postings', in this order
    place: Small
    claims: Bits  # [C, words]


def ranked(postings: Postings, least: Int) -> Ranked:
    """The postings by what is missing to `least` [V], their people's lowest hurdle."""
    head = postings.fixed - least[postings.volunteer] // FINE
    skills, levels = len(postings.start) - 1, int(postings.level.max(initial=0)) + 1
    group = np.repeat(np.arange(skills), np.diff(postings.start)) * levels + postings.level
    at = order_of(group, int(head.max(initial=0)) - head)
    start = np.searchsorted(group[at], np.arange(skills * levels + 1))
    return Ranked(
        start=start[np.arange(skills)[:, None] * levels + np.arange(levels + 1)],
        at=at.astype(np.int32),
        head=head[at],
        posted=head,
        given=postings.given[at],
        place=postings.place[at],
        claims=postings.claims[at],
    )


@kernel
def pairs_above(
    postings: Postings,
    people: People,
    demand: Demand,
    rivals: Rivals,
    roles: Int,
    begin: int,
    price: Int,
    hurdle: Hurdles,
    rank: Ranked,
    left: Sieve,
    chosen: Small,
    value: Int,
    count: Int,
) -> int:
    """Of these roles, from place `begin` on, the pairs that leave more over the price [R] than their hurdle.

    `chosen` and `value` get them one role after the other, and `count` [roles] how many they are, as long as there is
    room for all who claim a role's skill; returns the place of the first role for which there is none. Who could not
    leave enough if they had all the hours in the world is not judged, and after the first who could not with all that a
    role wishes for, nobody of that level is looked at. What is listed of few counts for these few only.
    """
    most_spare, kept = demand.weights[2] * demand.caps[2], 0
    for place in range(begin, len(roles)):
        role = roles[place]
        skill = demand.skill[role]
        if kept + postings.start[skill + 1] - postings.start[skill] > len(chosen):
            return place
        kind = hurdle.kind[role]
        must, before = price[role] // FINE - demand.role[role, NEED] - most_spare, kept
        length = _near(demand, rank, role, must, left.which)
        length = _near_if_listed(postings, demand, rank, role, must, length, left.which)
        length = judge(postings, people, demand, rivals, role, length, left)
        for one in range(length):
            volunteer = postings.volunteer[left.which[one]]
            chosen[kept], value[kept] = volunteer, left.worth[one]
            kept += FINE * left.worth[one] - price[role] > hurdle.least[hurdle.row[volunteer], kind]
        count[place] = kept - before
    return len(roles)


@kernel
def _near(demand: Demand, rank: Ranked, role: int, must: int, which: Small) -> int:
    """Puts those into `which` who have what bits tell and surpass `must` with level, place and skills; how many."""
    by_level, by_nice, _, by_place = demand.weights
    most_levels, most_nice, _, _ = demand.caps
    skill, level, asked, lineage = demand.skill[role], demand.role[role, LEVEL], demand.asked[role], demand.lineage
    where, wished = demand.request[demand.role[role, REQUEST], PLACE], wishes(demand, role)
    most, length = by_place + by_nice * min(most_nice, wished), 0
    for mine in range(max(0, level), rank.start.shape[1] - 1):
        over = must - by_level * min(most_levels, mine - level)
        for at in range(rank.start[skill, mine], rank.start[skill, mine + 1]):
            if rank.head[at] + most <= over:
                break
            near = rank.place[at] == SEVERAL
            for above in range(lineage.shape[1]):
                near |= lineage[where, above] == rank.place[at]
            worth = rank.head[at] + by_place * near
            if wished > 0:
                skills = 0
                for word in range(rank.claims.shape[1]):
                    skills += ones(demand.nice[role, word] & rank.claims[at, word])
                worth += by_nice * min(most_nice, skills)
            which[length] = rank.at[at]
            length += (worth > over) & ((rank.given[at] & asked) == asked)
    return length


@kernel
def _near_if_listed(
    postings: Postings, demand: Demand, rank: Ranked, role: int, must: int, length: int, which: Small
) -> int:
    """Adds those who surpass `must` only with what is listed of them and the role, which `_near` does not count.

    It asks each of them what `_near` asks, so that no person is in `which` twice; returns how many there are then.
    """
    by_level, by_nice, _, by_place = demand.weights
    most_levels, most_nice, _, _ = demand.caps
    level, asked, lineage = demand.role[role, LEVEL], demand.asked[role], demand.lineage
    where = demand.request[demand.role[role, REQUEST], PLACE]
    for row in range(demand.earned_start[role], demand.earned_start[role + 1]):
        at = demand.earned_at[row]
        near = postings.place[at] == SEVERAL
        for above in range(lineage.shape[1]):
            near |= lineage[where, above] == postings.place[at]
        skills = 0
        for word in range(postings.claims.shape[1]):
            skills += ones(demand.nice[role, word] & postings.claims[at, word])
        worth = rank.posted[at] + by_place * near + by_nice * min(most_nice, skills)
        over = must - by_level * min(most_levels, postings.level[at] - level)
        which[length] = at
        length += (
            (postings.level[at] >= level)
            & (worth <= over)
            & (worth + demand.earned[row] > over)
            & ((postings.given[at] & asked) == asked)
        )
    return length
