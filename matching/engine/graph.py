"""All feasible pairs of a volunteer and a role, with what each is worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine import score
from matching.engine.feasibility import Index, judge
from matching.engine.problem import Int, Problem


@dataclass(frozen=True)
class Graph:
    """n feasible pairs in ascending order of role, then volunteer; a pair is named by its position.

    The pairs of role r are `role_start[r]` up to `role_start[r + 1]`; those of volunteer v are
    `by_volunteer[volunteer_start[v] : volunteer_start[v + 1]]`, in ascending order of role.
    """

    role: Int  # [n]
    volunteer: Int  # [n]
    parts: Int  # [n, number of parts]
    score: Int  # [n]
    role_start: Int  # [R + 1]
    volunteer_start: Int  # [V + 1]
    by_volunteer: Int  # [n]

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return len(self.role)

    def find(self, volunteer: int, role: int) -> int:
        """The position of a pair, or -1 when it is not feasible."""
        begin, end = int(self.role_start[role]), int(self.role_start[role + 1])
        at = begin + int(np.searchsorted(self.volunteer[begin:end], volunteer))
        return at if at < end and self.volunteer[at] == volunteer else -1


def build(problem: Problem, index: Index | None = None) -> Graph:
    """Judge everybody who claims a role's skill, for every role. Raises ValueError when weights are too large."""
    score.check_weights(problem)
    index = index or Index(problem)
    roles, volunteers, tables = [_NONE], [_NONE], [np.empty((0, len(score.PARTS)), dtype=np.int64)]
    # Roles of one request follow each other, so that what concerns the request is worked out once.
    for role in np.argsort(problem.role_request, kind="stable").tolist():
        judged = judge(index, role, index.claims(int(problem.role_skill[role])).volunteer)
        fit = ~judged.fails.any(axis=0)
        volunteers.append(judged.rows[fit])
        tables.append(score.parts(index, role, judged)[fit])
        roles.append(np.full(len(volunteers[-1]), role, dtype=np.int64))
    return _arranged(problem, np.concatenate(roles), np.concatenate(volunteers), np.concatenate(tables))


_NONE: Int = np.empty(0, dtype=np.int64)


def _arranged(problem: Problem, role: Int, volunteer: Int, parts: Int) -> Graph:
    order = np.argsort(role, kind="stable")
    role, volunteer, parts = role[order], volunteer[order], parts[order]
    by_volunteer = np.argsort(volunteer, kind="stable")
    return Graph(
        role=role,
        volunteer=volunteer,
        parts=parts,
        score=parts.sum(axis=1),
        role_start=np.searchsorted(role, np.arange(problem.roles + 1)),
        volunteer_start=np.searchsorted(volunteer[by_volunteer], np.arange(problem.volunteers + 1)),
        by_volunteer=by_volunteer,
    )
