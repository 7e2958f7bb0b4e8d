"""A first auction over very many pairs, in which a person is no more than a number of projects and hours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine.kernels.compiled import kernel
from matching.engine.kernels.room import NEVER
from matching.engine.market import Small
from matching.engine.problem import FINE, Flag, Int

# What is known of a person stands side by side, so that it is fetched at once: a row of eight numbers.
PROJECTS, HOURS, HELD, BID = 0, 1, 2, 5
PLACES = 3  # projects that one person has at most here
PACK = 32  # bits


class Pairs(NamedTuple):
    """Feasible pairs by role, and what they take; n in all."""

    start: Int  # [R + 1] the pairs of role r are start[r] up to start[r + 1], in any order
    volunteer: Int  # [n]
    worth: Int  # [n] whole points
    request: Int  # [R]
    hours: Int  # [R]


class Draft(NamedTuple):
    """An auction going on."""

    person: (
        Int  # [V, 8] projects, hours left, what is held (-1: nothing; else (role << PACK) + pair), and at which bids
    )
    least: Int  # [V] who goes for anything goes for so much at least, in sixty-fourths of a point
    vacant: Int  # [R] seats
    queue: Small  # [R] a ring of roles that have seats to bid for
    queued: Flag  # [R]


def open_draft(projects: Int, hours: Int, seats: Int) -> Draft:
    """A draft in which nothing has happened yet, for people [V] and seats [R]."""
    person = np.zeros((len(projects), 2 + 2 * PLACES), np.int64)
    person[:, PROJECTS], person[:, HOURS] = np.clip(projects, 0, PLACES), np.maximum(0, hours)
    person[:, HELD : HELD + PLACES] = -1
    return Draft(
        person=person,
        least=np.zeros(len(projects), np.int64),
        vacant=seats.copy(),
        queue=np.zeros(len(seats), np.int32),
        queued=np.zeros(len(seats), np.bool_),
    )


@kernel
def auction(pairs: Pairs, draft: Draft, step: int, budget: int) -> int:
    """Let vacant seats bid until none wants to, or `budget` bids were made; returns how many were.

    A bid exceeds by `step` what it must.
    """
    roles, begin, waiting, bids = len(draft.vacant), 0, 0, 0
    for role in range(roles):
        waiting = _enqueue(draft, role, begin, waiting)
    while waiting > 0 and bids < budget:
        role = draft.queue[begin]
        begin = begin + 1 if begin + 1 < roles else 0
        waiting -= 1
        draft.queued[role] = False
        while draft.vacant[role] > 0 and bids < budget:
            best, second, chosen, given = 0, 0, -1, 0
            for pair in range(pairs.start[role], pairs.start[role + 1]):
                worth, volunteer = FINE * pairs.worth[pair], pairs.volunteer[pair]
                if worth - draft.least[volunteer] <= second:
                    continue
                cost, some = _displaced(pairs, draft.person[volunteer], role, pair)
                if worth - cost > best:
                    best, second, chosen, given = worth - cost, best, pair, some
                elif worth - cost > second:
                    second = worth - cost
            if chosen < 0:
                break
            bids += 1
            person = draft.person[pairs.volunteer[chosen]]
            for place in range(person[PROJECTS]):
                if (given >> place) & 1:
                    loser = person[HELD + place] >> PACK
                    person[HELD + place] = -1
                    person[HOURS] += pairs.hours[loser]
                    draft.vacant[loser] += 1
                    waiting = _enqueue(draft, loser, begin, waiting)
            worth = FINE * pairs.worth[chosen]
            draft.vacant[role] -= 1
            person[HOURS] -= pairs.hours[role]
            draft.least[pairs.volunteer[chosen]] = _give(
                person, (role << PACK) + chosen, min(worth, worth - second + step)
            )
    return bids


@kernel
def _enqueue(draft: Draft, role: int, begin: int, waiting: int) -> int:
    """Let a role bid in its turn, if it has a vacant seat; returns how many wait then."""
    if draft.queued[role] or draft.vacant[role] == 0:
        return waiting
    at = begin + waiting
    draft.queue[at if at < len(draft.queue) else at - len(draft.queue)] = role
    draft.queued[role] = True
    return waiting + 1


@kernel
def _displaced(pairs: Pairs, person: Int, role: int, pair: int) -> tuple[int, int]:
    """What must go so that a person can take the pair: the least total of bids, and the places, a bit for each.

    NEVER if they hold it, or cannot take it at all.
    """
    request, hours, places = pairs.request[role], pairs.hours[role], person[PROJECTS]
    least, chosen, same = NEVER, 0, 0
    for place in range(places):
        held = person[HELD + place]
        if held == (role << PACK) + pair:
            return NEVER, 0
        if held >= 0 and pairs.request[held >> PACK] == request:
            same |= 1 << place
    for some in range(1 << places):
        if same & ~some:
            continue
        cost, left, room = 0, person[HOURS], False
        for place in range(places):
            held = person[HELD + place]
            if held < 0:
                room = True
            elif (some >> place) & 1:
                room = True
                cost += person[BID + place]
                left += pairs.hours[held >> PACK]
        if room and left >= hours and cost < least:
            least, chosen = cost, some
            if cost == 0:
                break
    for place in range(places):
        if person[HELD + place] < 0:
            chosen &= ~(1 << place)
    return least, chosen


@kernel
def _give(person: Int, held: int, bid: int) -> int:
    """Put what is held into a free place of a person, at this bid; returns the least that they go for then."""
    free, least = -1, NEVER
    for place in range(person[PROJECTS]):
        if person[HELD + place] < 0:
            free = place
    person[HELD + free], person[BID + free] = held, bid
    for place in range(person[PROJECTS]):
        least = min(least, person[BID + place] if person[HELD + place] >= 0 else 0)
    return least
