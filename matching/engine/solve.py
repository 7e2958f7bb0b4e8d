"""The best answer found: an auction, chains of moves, whole teams, and prices that bound what could be better."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from matching.engine.feasibility import Index
from matching.engine.graph import Graph
from matching.engine.market import Market
from matching.engine.openings import Openings, openings
from matching.engine.placement import Placement
from matching.engine.problem import Int, Problem
from matching.engine.teams import Team, Teams

Progress = Callable[[str, float], None]

STEPS = 500  # a price rises by at least this part of a usual score
BIDS_A_CHOICE = 20  # bids taken at most, for every choice there is
ROUNDS = 4  # of staffing and dissolving teams


class Answer(NamedTuple):
    """Pairs, as positions in the graph, ascending; and the prices [R] at which the auction ended."""

    pairs: Int
    price: Int


def solve(
    problem: Problem, graph: Graph, index: Index, competing: Openings | None = None, progress: Progress | None = None
) -> Answer:
    """Choose pairs of high total score that respect every limit; the same problem always gives the same answer.

    `progress` hears the name of a step and the share that is done, from 0.0 to 1.0.
    """
    tell = progress or _silent
    competing = competing or openings(problem, graph, index)
    gains = _gains(problem, graph, competing)
    tell("auction", 0.0)
    market = _auction(graph, competing, gains)
    tell("chains", 0.6)
    placement = Placement(competing.choices, gains, competing.seats)
    for volunteer, held in enumerate(market.held):
        for at in held.values():
            placement.take(volunteer, at)
    teams = Teams(placement, _teams(problem, competing, placement))
    teams.chains.fill(range(problem.roles))
    tell("teams", 0.7)
    teams.settle(ROUNDS)
    tell("done", 1.0)
    chosen = [own.pair[at] for own, held in zip(competing.choices, placement.held, strict=True) for at in held.values()]
    pairs = np.array(sorted([*competing.forced, *chosen]), dtype=np.int64)
    return Answer(pairs, np.array(market.prices(), dtype=np.int64))


def _silent(step: str, share: float) -> None:
    pass


def _auction(graph: Graph, competing: Openings, gains: list[list[int]]) -> Market:
    # Prices are whole numbers: where scores are small ones, a finer unit keeps the steps small beside them.
    usual = max(1, int(graph.score.mean())) if graph.pairs else 1
    market = Market(competing.choices, gains, competing.seats, step=max(1, usual // STEPS))
    market.call(range(len(competing.choices)))
    market.run(BIDS_A_CHOICE * graph.pairs)
    return market


def _gains(problem: Problem, graph: Graph, competing: Openings) -> list[list[int]]:
    """What each choice is worth to the solver: its score, and for a team pin more than any team could be."""
    team_pins = set(competing.team_pins)
    largest = int(graph.score.max(initial=0))
    bonus = largest * (2 * problem.seats + 1)
    return [
        [score + bonus if pair in team_pins else score for pair, score in zip(own.pair, own.score, strict=True)]
        for own in competing.choices
    ]


def _teams(problem: Problem, competing: Openings, placement: Placement) -> list[Team]:
    roles: dict[int, list[int]] = {}
    for role, seats in enumerate(competing.seats):
        request = int(problem.role_request[role])
        if seats and problem.request_whole[request]:
            roles.setdefault(request, []).append(role)
    return [Team(tuple(sorted(team, key=lambda role: (len(placement.ranked[role]), role)))) for team in roles.values()]
