"""What competes in a run: the pins that are kept, the seats that are left, and the pairs that may fill them.

Solving and certifying start from here, so that the bound speaks of the same question as the answer.

A pin is kept when its pair is feasible, the pins kept before it leave it a seat and the volunteer the room, and its
request, when staffed whole, can be staffed at all. A kept pin of a rolling request is *forced*: it is in every answer.
One of a whole request is a *team pin*: whenever the request is staffed that seat is this volunteer's; a request that
is not staffed uses nobody. A bound that lets team pins go is therefore still a bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.feasibility import Index
from matching.engine.kernels.timeline import cut
from matching.engine.market import Market, Rivals, by_group, order_of, starts
from matching.engine.problem import Flag, Int, Problem
from matching.engine.sparse import Sparse


@dataclass(frozen=True)
class Openings:
    """What is left to decide, and what is not. Pairs are positions in the graph.

    `pair[k]` is the position of the market's pair k; `pinned` are the team pins among the market's pairs. `person[v]`
    is the problem's row of the market's volunteer v: there are only those who have a pair, in the same order. `lot[r]`
    numbers the whole team of role r, -1: none.
    """

    forced: Int
    market: Market
    person: Int
    pair: Int
    pinned: Int
    lot: Int


def openings(problem: Problem, graph: Sparse, index: Index) -> Openings:
    """Work out what competes. Pairs worth nothing do not, unless they are pinned."""
    pins = feasible_pins(problem, graph)
    usable = graph.score > 0
    usable[pins] = True
    hopeless = _hopeless(problem, graph, usable)
    usable &= ~hopeless[problem.role_request[graph.role]]
    kept = _kept(problem, graph, index, [pin for pin in pins if usable[pin]])
    whole = problem.request_whole[problem.role_request[graph.role[kept]]]
    forced = np.array(kept, np.int64)[~whole]
    seats = np.where(hopeless[problem.role_request], 0, problem.role_seats)
    np.subtract.at(seats, graph.role[forced], 1)
    usable &= seats[graph.role] > 0
    usable[forced] = False
    for pin in forced.tolist():  # what cannot be done beside a forced pin
        own = graph.by_volunteer[graph.volunteer_start[graph.volunteer[pin]] :][: _degree(graph, pin)]
        usable[own] &= ~_barred(problem, index, int(problem.role_request[graph.role[pin]]))[
            problem.role_request[graph.role[own]]
        ]
    market, person, pair = _market(problem, graph, np.flatnonzero(usable), forced, seats)
    team_pins = np.array(kept, np.int64)[whole]
    return Openings(forced, market, person, pair, np.flatnonzero(np.isin(pair, team_pins)), _lots(problem, seats))


def _degree(graph: Sparse, pair: int) -> int:
    volunteer = graph.volunteer[pair]
    return int(graph.volunteer_start[volunteer + 1] - graph.volunteer_start[volunteer])


def _lots(problem: Problem, seats: Int) -> Int:
    whole = problem.request_whole[problem.role_request] & (seats > 0)
    lot = np.full(problem.roles, -1, np.int64)
    lot[whole] = np.unique(problem.role_request[whole], return_inverse=True)[1]
    return lot


def _market(problem: Problem, graph: Sparse, usable: Int, forced: Int, seats: Int) -> tuple[Market, Int, Int]:
    """The usable pairs as a market beside what is held and forced, its volunteers, and the position of each pair.

    Those that fit not even alone are left out.
    """
    request = problem.role_request
    held = (
        np.concatenate((problem.held_volunteer, graph.volunteer[forced])),
        np.concatenate((problem.held_request, request[graph.role[forced]])),
        np.concatenate((problem.held_hours, problem.role_hours[graph.role[forced]])),
    )
    most = int(graph.score.max(initial=0))
    pair = usable[order_of(graph.role[usable], most - graph.score[usable])]
    while True:
        market, person = _cut(problem, graph, pair, held, seats)
        fits = _fits_alone(market)
        if fits.all():
            return market, person, pair
        pair = pair[fits]


def _cut(problem: Problem, graph: Sparse, pair: Int, held: tuple[Int, Int, Int], seats: Int) -> tuple[Market, Int]:
    """The market of these pairs, and its volunteers; `held` are volunteers, requests and hours."""
    among = np.zeros(problem.volunteers, np.bool_)
    among[graph.volunteer[pair]] = True
    person, row = np.flatnonzero(among), np.cumsum(among) - 1
    volunteer, role = row[graph.volunteer[pair]].astype(np.int32), graph.role[pair].astype(np.int32)
    value = graph.score[pair]
    own_start = starts(volunteer, len(person))
    own = order_of(volunteer, int(value.max(initial=0)) - value).astype(np.int32)
    owner, held_request, held_hours = (column[among[held[0]]] for column in held)
    held_start, held_order = by_group(row[owner], len(person))
    first, last = np.zeros(len(pair), np.int32), np.zeros(len(pair), np.int32)
    most = len(pair) + len(owner) + len(person)
    longest = int((np.diff(own_start) + np.diff(held_start)).max(initial=0)) + 1
    hours_left, projects_left = np.zeros(most, np.int64), np.zeros(most, np.int64)
    pieces = cut(
        problem.request_first,
        problem.request_last,
        problem.role_request[role],
        own_start,
        own,
        held_start,
        held_request[held_order],
        held_hours[held_order],
        problem.hours[person],
        problem.projects[person],
        first,
        last,
        hours_left,
        projects_left,
        np.zeros(longest, np.int64),
    )
    market = Market(
        role_start=np.searchsorted(role, np.arange(problem.roles + 1)),
        volunteer=volunteer,
        role=role,
        value=value,
        hours=problem.role_hours[role].astype(np.int32),
        first=first,
        last=last,
        own_start=own_start,
        own=own,
        seats=seats.copy(),
        request=problem.role_request,
        hours_left=hours_left[:pieces].copy(),
        projects_left=projects_left[:pieces].copy(),
        rivals=rivals(problem),
    )
    return market, person


def _fits_alone(market: Market) -> Flag:
    """[n] whether each pair fits on every segment that it covers."""
    fits = np.ones(market.pairs, np.bool_)
    for step in range(int((market.last - market.first).max(initial=-1)) + 1):
        segment = np.minimum(market.first + step, market.last)
        fits &= (market.hours_left[segment] >= market.hours) & (market.projects_left[segment] > 0)
    return fits


def rivals(problem: Problem) -> Rivals:
    """Which requests exclude each other."""
    meets: Flag = np.asarray(problem.meetings.any(axis=(1, 2)))
    return Rivals(
        contest=problem.request_contest,
        campaign=problem.request_campaign,
        begins=problem.request_first,
        ends=problem.request_last,
        regime_first=problem.regime_first,
        regime_last=problem.regime_last,
        meets=meets,
        meetings=problem.meetings,
    )


def _barred(problem: Problem, index: Index, request: int) -> Flag:
    """[Q] the requests that nobody may serve beside this one, itself among them."""
    contest, campaign = problem.request_contest, problem.request_campaign
    rows: Flag = index.clashes(request) | ((contest == contest[request]) & (campaign != campaign[request]))
    rows[request] = True
    return rows


def feasible_pins(problem: Problem, graph: Sparse) -> list[int]:
    """The positions of the pins in the graph, none twice."""
    found = graph.positions(problem.pin_volunteer, problem.pin_role).tolist()
    return [pair for pair in dict.fromkeys(found) if pair >= 0]


def _kept(problem: Problem, graph: Sparse, index: Index, pins: list[int]) -> list[int]:
    seats = problem.role_seats.tolist()
    kept: list[int] = []
    for pin in pins:
        role, volunteer = int(graph.role[pin]), int(graph.volunteer[pin])
        before = [int(graph.role[other]) for other in kept if graph.volunteer[other] == volunteer]
        if seats[role] and _together(problem, index, volunteer, [*before, role]):
            seats[role] -= 1
            kept.append(pin)
    return kept


def _together(problem: Problem, index: Index, volunteer: int, roles: list[int]) -> bool:
    """Whether the last of these roles fits beside the others and what the volunteer holds."""
    requests = problem.role_request[roles]
    if _barred(problem, index, int(requests[-1]))[requests[:-1]].any():
        return False
    held = problem.held_volunteer == volunteer
    request = np.concatenate((problem.held_request[held], requests))
    hours = np.concatenate((problem.held_hours[held], problem.role_hours[roles]))
    first, last = problem.request_first[request], problem.request_last[request]
    begin, end = first[-1], last[-1]
    for day in {int(begin), *first[(begin <= first) & (first <= end)].tolist()}:
        there = (first <= day) & (day <= last)
        if hours[there].sum() > problem.hours[volunteer] or there.sum() > problem.projects[volunteer]:
            return False
    return True


def _hopeless(problem: Problem, graph: Sparse, usable: Flag) -> Flag:
    """[Q] requests staffed whole whose seats cannot be filled even if they had everybody to themselves."""
    hopeless = np.zeros(problem.requests, dtype=bool)
    order = np.argsort(problem.role_request, kind="stable")
    ends = np.searchsorted(problem.role_request[order], np.arange(problem.requests + 1))
    for request in np.flatnonzero(problem.request_whole).tolist():
        roles = order[ends[request] : ends[request + 1]]
        hopeless[request] = not _staffable(problem, graph, usable, roles)
    return hopeless


def _staffable(problem: Problem, graph: Sparse, usable: Flag, roles: Int) -> bool:
    """Whether different volunteers can be found for all seats of these roles (augmenting paths)."""
    takers = {}
    for role in roles.tolist():
        pairs = slice(int(graph.role_start[role]), int(graph.role_start[role + 1]))
        takers[role] = graph.volunteer[pairs][usable[pairs]].tolist()
    seats = [role for role in roles.tolist() for _ in range(problem.role_seats[role])]
    if any(len(takers[role]) < problem.role_seats[role] for role in takers):
        return False
    holder: dict[int, int] = {}  # volunteer: seat
    return all(_seat(seat, seats, takers, holder, set()) for seat in range(len(seats)))


def _seat(seat: int, seats: list[int], takers: dict[int, list[int]], holder: dict[int, int], seen: set[int]) -> bool:
    for volunteer in takers[seats[seat]]:
        if volunteer not in holder:
            holder[volunteer] = seat
            return True
    for volunteer in takers[seats[seat]]:
        if volunteer not in seen:
            seen.add(volunteer)
            if _seat(holder[volunteer], seats, takers, holder, seen):
                holder[volunteer] = seat
                return True
    return False
