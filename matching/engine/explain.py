"""Why this pair, why not, and why is a seat empty: numbers and reason codes; sentences are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine import score
from matching.engine.feasibility import REASONS, Index, Reason, judge
from matching.engine.problem import FINE, Flag, Int, Problem, Solution
from matching.engine.rulebook import Rulebook
from matching.rules.score_parts import PART_NAMES


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
    role to them. `fills`: how many of these would add more here, after a change no larger than lets them in, than the
    places that they would have to give up add even if these then stay empty: the change fills a place with any of them.
    """

    feasible: int
    elsewhere: int
    first: dict[Reason, int]
    alone: dict[Reason, int]
    fills: dict[Reason, int]


def why(problem: Problem, volunteer: int, role: int) -> Explanation:
    """What speaks for a pair, or against it."""
    # One person's part of the problem: nobody else's is arranged for it.
    index = Index(problem.among(np.array([volunteer], dtype=np.int64)))
    judged = judge(index, role)
    failing = tuple(reason for reason, fails in zip(REASONS, judged.fails[:, 0].tolist(), strict=True) if fails)
    if failing:
        return Explanation({}, failing)
    row = score.parts(index, role, judged)[0].tolist()
    return Explanation(dict(zip(PART_NAMES, row, strict=True)), ())


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
    mine = np.flatnonzero(solution.volunteer == volunteer)
    book = Rulebook(problem.among(np.array([volunteer], dtype=np.int64)))
    gains = solution.score[mine] * FINE - solution.role_price[solution.role[mine]]
    elsewhere = _given_up(book, 0, role, solution.role[mine], gains)
    price = max(0, int(solution.role_price[role]))
    return NotPlaced((), sum(found.parts.values()), -(-price // FINE), -(-elsewhere // FINE))


def _given_up(book: Rulebook, volunteer: int, role: int, roles: Int, gains: Int) -> int:
    """What somebody loses by those of their places, each of which gains so much, that do not fit beside this role."""
    kept, lost = [role], 0
    for place in np.argsort(-gains, kind="stable").tolist():
        other = int(roles[place])
        if other == role:
            continue
        if book.fit_together(volunteer, [*kept, other]):
            kept.append(other)
        else:
            lost += max(0, int(gains[place]))
    return lost


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
    opened = np.flatnonzero(others)[broken == 1]
    return Emptiness(
        feasible=int((broken == 0).sum()),
        elsewhere=int((placed[others] & (broken == 0)).sum()),
        first=_counted(first),
        alone=_counted(alone),
        fills=_counted(alone[_would_come(index, solution, role, opened)]),
    )


def _would_come(index: Index, solution: Solution, role: int, rows: Int) -> Flag:
    """[n] whether each of these, who break one rule only, would add more here than what they would have to give up.

    The change is taken to be no larger than lets them in: it earns no spare level and no spare hour. What is given up
    counts whole, since a price only bounds from above what the next one would bring there.
    """
    problem = index.problem
    worth = np.maximum(score.parts(index, role, judge(index, role, rows)), 0).sum(axis=1)
    has = np.zeros(problem.volunteers, dtype=np.int64)
    np.add.at(has, solution.volunteer, solution.score)
    comes: Flag = worth > has[rows]
    torn = np.flatnonzero(~comes & (worth > 0))  # who might do both
    if len(torn):
        book = Rulebook(problem.among(rows[torn]))
        for row, one in enumerate(torn.tolist()):
            mine = np.flatnonzero(solution.volunteer == rows[one])
            comes[one] = worth[one] > _given_up(book, row, role, solution.role[mine], solution.score[mine])
    return comes


def _counted(reasons: np.ndarray) -> dict[Reason, int]:
    counts = np.bincount(reasons, minlength=len(REASONS)).tolist()
    return {reason: count for reason, count in zip(REASONS, counts, strict=True) if count}
