"""A whole run of the engine: graph, solve, certify."""

from __future__ import annotations

from collections.abc import Callable

from matching.engine.feasibility import Index
from matching.engine.openings import rivals
from matching.engine.postings import arrange
from matching.engine.problem import Problem, Solution
from matching.engine.shortlist import MANY, SEATS, restored, shortlist
from matching.engine.solve import Solver
from matching.engine.sparse import best_of_each, parts

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
    and whole all the same. `progress` hears the name of each stage as it begins, and nothing ("") now and then; what it
    raises ends the run. Raises ValueError when the policy's weights are too large to add up.
    """
    spent: dict[str, float] = {}
    tell = progress or _silent
    began = clock()

    def stop() -> bool:
        return seconds is not None and clock() - began > seconds

    stage, stage_began = "graph", began

    def enter(following: str) -> None:
        nonlocal stage, stage_began
        now = clock()
        spent[stage] = spent.get(stage, 0.0) + now - stage_began
        stage, stage_began = following, now
        tell(following)

    tell("graph")
    if 0 < problem.seats <= SEATS and problem.volunteers > MANY:
        few = shortlist(problem)
        if len(few.rows) < problem.volunteers // 2:
            enter("graph")
            asked = problem.among(few.rows)
            among, later = match(asked, clock=clock, progress=progress, seconds=seconds)
            answer = restored(few, among)
            if answer is not None:
                return answer, {name: spent.get(name, 0.0) + later[name] for name in later}
    index = Index(problem)
    arranged = arrange(problem, index, rivals(problem))
    sparse = best_of_each(problem, arranged, index, lambda: tell(""))
    solver = Solver(problem, arranged, index, sparse, stop)
    solver.run(enter, lambda: tell(""))
    found = solver.answer()
    solution = Solution(
        volunteer=found.volunteer,
        role=found.role,
        parts=parts(problem, arranged, index, found.volunteer, found.role, found.score),
        role_price=found.price,
        value=found.value,
        bound=found.bound,
        pairs=sparse.considered,
        cut=found.cut,
    )
    enter("")
    return solution, {name: seconds for name, seconds in spent.items() if name}


def _silent(stage: str) -> None:
    pass
