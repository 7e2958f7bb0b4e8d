"""A whole run of the engine: graph, solve, certify."""

from __future__ import annotations

from collections.abc import Callable

from matching.engine.descent import Stop
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
    stages, began = Stages(clock, progress or _silent), clock()

    def stop() -> bool:
        return seconds is not None and clock() - began > seconds

    stages.enter("graph")
    solution = _of_few(problem, stages, stop) or _of_everybody(problem, stages, stop)
    stages.enter("")
    return solution, stages.spent


class Stages:
    """The seconds spent in each stage by `clock`; `tell` hears of each as it begins, and of nothing ("") at a tick."""

    def __init__(self, clock: Clock, tell: Callable[[str], None]) -> None:
        self._clock, self._tell = clock, tell
        self._stage, self._began = "", 0.0
        self.spent: dict[str, float] = {}

    def enter(self, following: str) -> None:
        """One stage ends and the next begins; after the last there is none."""
        now = self._clock()
        if self._stage:
            self.spent[self._stage] = self.spent.get(self._stage, 0.0) + now - self._began
        self._stage, self._began = following, now
        self._tell(following)

    def tick(self) -> None:
        """It goes on."""
        self._tell("")


def _of_few(problem: Problem, stages: Stages, stop: Stop) -> Solution | None:
    """The answer where there are few seats, found among the few people who can matter; None where that is no help."""
    if not 0 < problem.seats <= SEATS or problem.volunteers <= MANY:
        return None
    few = shortlist(problem)
    if 2 * len(few.rows) >= problem.volunteers:
        return None
    return restored(few, _of_everybody(problem.among(few.rows).without_idle(), stages, stop))


def _of_everybody(problem: Problem, stages: Stages, stop: Stop) -> Solution:
    index = Index(problem)
    arranged = arrange(problem, index, rivals(problem))
    sparse = best_of_each(problem, arranged, index, stages.tick)
    solver = Solver(problem, arranged, index, sparse, stop)
    solver.run(stages.enter, stages.tick)
    found = solver.answer()
    return Solution(
        volunteer=found.volunteer,
        role=found.role,
        parts=parts(problem, arranged, index, found.volunteer, found.role, found.score),
        role_price=found.price,
        value=found.value,
        bound=found.bound,
        pairs=sparse.considered,
        cut=found.cut,
    )


def _silent(stage: str) -> None:
    pass
