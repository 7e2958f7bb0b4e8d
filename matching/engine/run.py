"""A whole run of the engine: graph, solve, certify."""

from __future__ import annotations

from collections.abc import Callable

from matching.engine.feasibility import Index
from matching.engine.graph import build
from matching.engine.openings import openings
from matching.engine.problem import Problem, Solution
from matching.engine.solve import solve

Clock = Callable[[], float]


def match(
    problem: Problem,
    *,
    clock: Clock,
    progress: Callable[[str], None] | None = None,
    seconds: float | None = None,
) -> tuple[Solution, dict[str, float]]:
    """The answer to a problem, and the seconds spent in each stage by `clock`.

    The same problem always gets the same answer, unless `seconds` end the search first: then the solution is `cut`,
    and whole all the same. `progress` hears the name of each stage as it begins; what it raises ends the run. Raises
    ValueError when the policy's weights are too large to add up.
    """
    spent: dict[str, float] = {}
    tell = progress or _silent
    began = clock()

    def stop() -> bool:
        return seconds is not None and clock() - began > seconds

    tell("graph")
    started = clock()
    index = Index(problem)
    graph = build(problem, index)
    competing = openings(problem, graph, index)
    spent["graph"] = clock() - started
    tell("solve")
    started = clock()
    found = solve(competing, stop=stop)
    spent["solve"] = clock() - started
    forced = int(graph.score[competing.forced].sum())
    solution = Solution(
        volunteer=graph.volunteer[found.pairs],
        role=graph.role[found.pairs],
        parts=graph.parts[found.pairs],
        role_price=found.price,
        value=int(graph.score[found.pairs].sum()),
        bound=found.bound + forced,
        pairs=graph.pairs,
        cut=found.cut,
    )
    return solution, spent


def _silent(stage: str) -> None:
    pass
