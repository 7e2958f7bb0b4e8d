"""All feasible pairs with what each is worth, one role after the other: the plain twin of what the kernels keep."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matching.engine import score
from matching.engine.feasibility import Index, feasible
from matching.engine.problem import Int, Problem
from matching.rules.score_parts import PARTS


class Graph(NamedTuple):
    """n feasible pairs by role, then volunteer; those of role r are `role_start[r]` up to `role_start[r + 1]`."""

    role: Int  # [n]
    volunteer: Int  # [n]
    parts: Int  # [n, number of parts]
    role_start: Int  # [R + 1]

    @property
    def score(self) -> Int:
        """[n] what each is worth."""
        total: Int = self.parts.sum(axis=1)
        return total


def build(problem: Problem) -> Graph:
    """Judge everybody for every role."""
    index = Index(problem)
    found = [feasible(index, role) for role in range(problem.roles)]
    counts = [len(looks.rows) for looks in found]
    nobody = np.empty(0, np.int64)
    return Graph(
        role=np.repeat(np.arange(problem.roles), counts),
        volunteer=np.concatenate([nobody, *(looks.rows for looks in found)]),
        parts=np.concatenate(
            [
                np.empty((0, len(PARTS)), np.int64),
                *(score.parts(index, role, looks) for role, looks in enumerate(found)),
            ]
        ),
        role_start=np.cumsum([0, *counts]),
    )
