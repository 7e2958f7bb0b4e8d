"""Of every role the best pairs, or those that leave something over a price: what the solver looks at."""

from __future__ import annotations

from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.judging import Sieve, judge, judge_role, wishes
from matching.engine.market import Rivals, Small
from matching.engine.postings import LEVEL, NEED, Demand, People, Postings
from matching.engine.problem import FINE, Int

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


@kernel
def pairs_above(
    postings: Postings,
    people: People,
    demand: Demand,
    rivals: Rivals,
    roles: Int,
    begin: int,
    price: Int,
    least: Int,
    head: Int,
    left: Sieve,
    chosen: Small,
    value: Int,
    count: Int,
) -> int:
    """Of these roles, from place `begin` on, the pairs that leave more over the price [R] than their people's `least`.

    `chosen` and `value` get them one role after the other, and `count` [roles] how many they are, as long as there is
    room for all who claim a role's skill; returns the place of the first role for which there is none. Prices and
    `least` [V] are in sixty-fourths of a point; `head` [C] are whole points: `fixed` less `least`, rounded up.
    Whoever could not leave enough if everything else were at its best is not judged.
    """
    by_level, by_nice, by_spare, by_place = demand.weights
    which, kept = left.which, 0
    for place in range(begin, len(roles)):
        role = roles[place]
        first, last = postings.start[demand.skill[role]], postings.start[demand.skill[role] + 1]
        if kept + last - first > len(chosen):
            return place
        best = demand.role[role, NEED] + by_spare * 5 + by_place + by_nice * min(3, wishes(demand, role))
        must, level, asked = price[role] // FINE - best, demand.role[role, LEVEL], demand.asked[role]
        length, before = 0, kept
        for at in range(first, last):
            which[length] = at
            enough = head[at] + by_level * min(2, postings.level[at] - level) > must
            length += enough & ((postings.given[at] & asked) == asked)
        length = judge(postings, people, demand, rivals, role, length, left)
        for one in range(length):
            volunteer = postings.volunteer[which[one]]
            chosen[kept], value[kept] = volunteer, left.worth[one]
            kept += FINE * left.worth[one] - price[role] > least[volunteer]
        count[place] = kept - before
    return len(roles)
