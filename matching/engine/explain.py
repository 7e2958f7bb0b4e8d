"""Why this pair, why not, and why is a seat empty: numbers and reason codes; sentences are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine import score
from matching.engine.feasibility import REASONS, Index, Reason, judge
from matching.engine.problem import FINE, Problem, Solution
from matching.engine.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Explanation:
    """`parts` of the score of a feasible pair, else empty; every rule that the pair breaks, the first one first."""

    parts: dict[str, int]
    failing: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Emptiness:
    """About everybody who holds no place of a role in a solution.

    `feasible`: how many fit it, and `elsewhere`: how many of these have a place in another role of the solution.
    `first`: how many break each rule first. `alone`: how many break that rule only, so that one change would open the
    role to them.
    """

    feasible: int
    elsewhere: int
    first: dict[Reason, int]
    alone: dict[Reason, int]


def why(problem: Problem, volunteer: int, role: int) -> Explanation:
    """What speaks for a pair, or against it."""
    index = Index(problem)
    judged = judge(index, role, np.array([volunteer], dtype=np.int64))
    failing = tuple(reason for reason, fails in zip(REASONS, judged.fails[:, 0].tolist(), strict=True) if fails)
    if failing:
        return Explanation({}, failing)
    row = score.parts(index, role, judged)[0].tolist()
    return Explanation(dict(zip(score.PARTS, row, strict=True)), ())


@dataclass(frozen=True, slots=True)
class NotPlaced:
    """Why a solution does not give a role to a volunteer.

    `failing`: every rule that the pair breaks, the first one first; the rest is of interest where there is none.
    `score` is what the pair would be worth, `price` what a seat of the role costs by the solution's prices, `elsewhere`
    what the volunteer adds, above what those seats cost, by the roles they would have to give up for it, all in points.
    """

    failing: tuple[Reason, ...]
    score: int = 0
    price: int = 0
    elsewhere: int = 0

    @property
    def lost(self) -> int:
        """What pinning the pair would cost the whole at these prices: about as much less is everything worth then."""
        return max(0, self.price + self.elsewhere - self.score)


def why_not(problem: Problem, solution: Solution, volunteer: int, role: int) -> NotPlaced:
    """What keeps a pair out of a solution; somebody who has the place is kept out by nothing."""
    found = why(problem, volunteer, role)
    if found.failing:
        return NotPlaced(found.failing)
    mine = np.flatnonzero((solution.volunteer == volunteer) & (solution.role != role))
    book = Rulebook(problem)
    kept: list[int] = [role]
    elsewhere = 0
    gains = solution.score[mine] * FINE - solution.role_price[solution.role[mine]]
    for place in np.argsort(-gains, kind="stable").tolist():
        other = int(solution.role[mine[place]])
        if book.fit_together(volunteer, [*kept, other]):
            kept.append(other)
        else:
            elsewhere += max(0, int(gains[place]))
    price = max(0, int(solution.role_price[role]))
    return NotPlaced((), sum(found.parts.values()), -(-price // FINE), -(-elsewhere // FINE))


def why_empty(index: Index, solution: Solution, role: int) -> Emptiness:
    """Why nobody more has a place in this role."""
    problem, judged = index.problem, judge(index, role)
    others = np.ones(problem.volunteers, dtype=bool)
    others[solution.volunteer[solution.role == role]] = False
    fails = judged.fails[:, others]
    broken = fails.sum(axis=0)
    placed = np.zeros(problem.volunteers, dtype=bool)
    placed[solution.volunteer] = True
    first, alone = fails.argmax(axis=0)[broken > 0], fails.argmax(axis=0)[broken == 1]
    return Emptiness(
        feasible=int((broken == 0).sum()),
        elsewhere=int((placed[others] & (broken == 0)).sum()),
        first=_counted(first),
        alone=_counted(alone),
    )


@dataclass(frozen=True, slots=True)
class Unplaced:
    """About one volunteer who has no place in a solution, over the roles that ask for a skill which they claim.

    `roles`: how many there are; `feasible`: how many of them fit. `alone`: how many each rule alone keeps from them.
    """

    roles: int
    feasible: int
    alone: dict[Reason, int]


def why_unplaced(index: Index, volunteer: int) -> Unplaced:
    """What stands between somebody and the places that ask for what they can do."""
    problem = index.problem
    row = np.array([volunteer], dtype=np.int64)
    asked = np.unique(problem.role_skill)
    claimed = [skill for skill in asked.tolist() if volunteer in index.claims(skill).volunteer]
    roles = np.flatnonzero(np.isin(problem.role_skill, claimed) & (problem.role_seats > 0)).tolist()
    alone: list[int] = []
    feasible = 0
    for role in roles:
        failing = np.flatnonzero(judge(index, role, row).fails[:, 0]).tolist()
        feasible += not failing
        if len(failing) == 1:
            alone += failing
    return Unplaced(len(roles), feasible, _counted(np.array(alone, dtype=np.int64)))


def _counted(reasons: np.ndarray) -> dict[Reason, int]:
    counts = np.bincount(reasons, minlength=len(REASONS)).tolist()
    return {reason: count for reason, count in zip(REASONS, counts, strict=True) if count}
