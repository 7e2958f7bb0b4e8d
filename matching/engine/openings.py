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

from matching.engine.bundles import Arranger, Choices
from matching.engine.feasibility import Index
from matching.engine.graph import Graph
from matching.engine.problem import Flag, Int, Problem


@dataclass(frozen=True)
class Openings:
    """What is left to decide, and what is not. Pairs are positions in the graph."""

    forced: list[int]
    team_pins: list[int]
    seats: list[int]  # [R] free seats left beside the forced pins, 0 where nothing may be filled
    choices: list[Choices]  # [V]


def openings(problem: Problem, graph: Graph, index: Index) -> Openings:
    """Work out what competes. Pairs worth nothing do not, unless they are pinned."""
    pins = _feasible_pins(problem, graph)
    usable = graph.score > 0
    usable[pins] = True
    hopeless = _hopeless(problem, graph, usable)
    usable &= ~hopeless[problem.role_request[graph.role]]
    arranger = Arranger(problem, graph, index)
    kept = _kept(problem, graph, arranger, [pin for pin in pins if usable[pin]])
    whole = problem.request_whole[problem.role_request[graph.role[kept]]].tolist()
    forced = [pin for pin, is_whole in zip(kept, whole, strict=True) if not is_whole]
    seats = np.where(hopeless[problem.role_request], 0, problem.role_seats)
    np.subtract.at(seats, graph.role[forced], 1)
    usable &= seats[graph.role] > 0
    usable[forced] = False
    team_pins = [pin for pin, is_whole in zip(kept, whole, strict=True) if is_whole]
    return Openings(forced, team_pins, seats.tolist(), arranger.all(np.flatnonzero(usable).tolist(), forced))


def _feasible_pins(problem: Problem, graph: Graph) -> list[int]:
    found = (
        graph.find(volunteer, role)
        for volunteer, role in zip(problem.pin_volunteer.tolist(), problem.pin_role.tolist(), strict=True)
    )
    return [pair for pair in dict.fromkeys(found) if pair >= 0]


def _kept(problem: Problem, graph: Graph, arranger: Arranger, pins: list[int]) -> list[int]:
    seats = problem.role_seats.tolist()
    kept: list[int] = []
    for pin in pins:
        role, volunteer = int(graph.role[pin]), int(graph.volunteer[pin])
        before = [other for other in kept if graph.volunteer[other] == volunteer]
        if seats[role] and arranger.one(volunteer, [pin], before).pair:
            seats[role] -= 1
            kept.append(pin)
    return kept


def _hopeless(problem: Problem, graph: Graph, usable: Flag) -> Flag:
    """[Q] requests staffed whole whose seats cannot be filled even if they had everybody to themselves."""
    hopeless = np.zeros(problem.requests, dtype=bool)
    order = np.argsort(problem.role_request, kind="stable")
    ends = np.searchsorted(problem.role_request[order], np.arange(problem.requests + 1))
    for request in np.flatnonzero(problem.request_whole).tolist():
        roles = order[ends[request] : ends[request + 1]]
        hopeless[request] = not _staffable(problem, graph, usable, roles)
    return hopeless


def _staffable(problem: Problem, graph: Graph, usable: Flag, roles: Int) -> bool:
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
