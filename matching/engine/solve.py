"""The best answer found: the relaxed answer rounded, chains of moves, whole teams."""

from __future__ import annotations

import numpy as np

from matching.engine.graph import Graph
from matching.engine.openings import Openings
from matching.engine.placement import Placement
from matching.engine.problem import Int, Problem
from matching.engine.relaxation import Relaxed
from matching.engine.teams import Team, Teams

SLIGHT = 0.02  # a share below this says nothing


def solve(problem: Problem, graph: Graph, competing: Openings, relaxed: Relaxed) -> Int:
    """Pairs of high total score that respect every limit, as ascending positions in the graph.

    The same arguments always give the same answer.
    """
    placement = Placement(competing.choices, _gains(problem, graph, competing), competing.seats)
    _round(placement, competing, relaxed)
    teams = Teams(placement, _teams(problem, competing, placement))
    teams.chains.fill(range(problem.roles))
    teams.settle()
    chosen = [own.pair[at] for own, held in zip(competing.choices, placement.held, strict=True) for at in held.values()]
    return np.array(sorted([*competing.forced, *chosen]), dtype=np.int64)


def _round(placement: Placement, competing: Openings, relaxed: Relaxed) -> None:
    """Seats whoever has the largest share first, as long as it fits; the pins of teams before all others."""
    sizes = [len(choices.role) for choices in competing.choices]
    owner = np.repeat(np.arange(len(sizes)), sizes)
    start = np.cumsum([0, *sizes])
    pair = np.array([pair for choices in competing.choices for pair in choices.pair], dtype=np.int64)
    score = np.array([score for choices in competing.choices for score in choices.score], dtype=np.int64)
    pinned = np.isin(pair, competing.team_pins)
    order = np.lexsort((-score, -np.round(relaxed.share, 3), ~pinned))
    for place in order[(relaxed.share > SLIGHT)[order] | pinned[order]].tolist():
        volunteer = int(owner[place])
        at = place - int(start[volunteer])
        role = placement.choices[volunteer].role[at]
        if placement.vacant(role) > 0 and placement.fits(volunteer, at):
            placement.take(volunteer, at)


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
