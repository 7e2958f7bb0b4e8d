"""A whole run of the engine: graph, solve, certify."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.engine.certify import certify
from matching.engine.feasibility import Index
from matching.engine.graph import build
from matching.engine.openings import openings
from matching.engine.problem import Problem, Solution
from matching.engine.relaxation import Programme
from matching.engine.solve import solve

Clock = Callable[[], float]


def match(
    problem: Problem, *, clock: Clock, progress: Callable[[str], None] | None = None
) -> tuple[Solution, dict[str, float]]:
    """The answer to a problem, and the seconds spent in each stage by `clock`.

    The same problem always gets the same answer. `progress` hears the name of each stage as it begins. Raises
    ValueError when the policy's weights are too large to add up.
    """
    seconds: dict[str, float] = {}
    tell = progress or _silent
    tell("graph")
    started = clock()
    index = Index(problem)
    graph = build(problem, index)
    competing = openings(problem, graph, index)
    seconds["graph"] = clock() - started
    tell("solve")
    started = clock()
    relaxed = Programme(competing).solve()
    pairs = solve(problem, graph, competing, relaxed)
    value = int(graph.score[pairs].sum())
    seconds["solve"] = clock() - started
    tell("certify")
    started = clock()
    forced = int(graph.score[np.array(competing.forced, dtype=np.int64)].sum())
    certificate = certify(problem, competing, relaxed, forced_worth=forced, value=value)
    seconds["certify"] = clock() - started
    solution = Solution(
        volunteer=graph.volunteer[pairs],
        role=graph.role[pairs],
        parts=graph.parts[pairs],
        role_price=certificate.price,
        value=value,
        bound=certificate.bound,
        pairs=graph.pairs,
    )
    return solution, seconds


def _silent(stage: str) -> None:
    pass
