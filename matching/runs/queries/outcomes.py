"""Why this match, why not, and why is this seat empty."""

from collections.abc import Collection

import numpy as np

from campaigns.models import Role
from core.models import Skill
from matching.engine.digest import unpack, unpack_solution
from matching.engine.explain import Emptiness, NotPlaced, why_empty, why_not
from matching.engine.feasibility import Index, Reason
from matching.engine.problem import Problem, Solution
from matching.engine.scarcity import Scarce, scarcity
from matching.lifecycle.queries.eligibility import SideUnavailable
from matching.models import Run, RunArrays
from matching.snapshot.scope import RunScope
from volunteers.models import Volunteer


def find_why_not_placed(run: Run, volunteer: Volunteer, role: Role) -> NotPlaced | SideUnavailable | None:
    """Why the run did not give this role to this volunteer; None when its arrays are gone."""
    kept = _read_arrays(run)
    if kept is None:
        return None
    problem, solution = kept
    one, other = np.flatnonzero(problem.volunteer_id == volunteer.pk), np.flatnonzero(problem.role_id == role.pk)
    if not len(other):
        return SideUnavailable("seat")
    if len(one):
        return why_not(problem, solution, int(one[0]), int(other[0]))
    # A run over some roles looks only at those who claim what these ask for.
    scope = RunScope.of_run(run)
    claims = scope.limit_volunteers(Volunteer.objects.filter(pk=volunteer.pk)).exists()
    return SideUnavailable("volunteer") if scope.roles is None or claims else NotPlaced((Reason.SKILL,))


def list_scarce_skills(run: Run) -> list[tuple[Scarce, Skill]] | None:
    """The skills and weekdays of which one more volunteer would have added most; None when its arrays are gone."""
    kept = _read_arrays(run)
    if kept is None:
        return None
    found = scarcity(*kept)
    skills = Skill.objects.in_bulk({one.skill for one in found})
    return [(one, skills[one.skill]) for one in found if one.skill in skills]


def find_why_empty(run: Run, roles: Collection[int]) -> dict[int, Emptiness]:
    """Why the run left places of these roles, by id, empty; those that it did not have, or all when its arrays are
    gone, are missing.
    """
    kept = _read_arrays(run) if roles else None
    if kept is None:
        return {}
    problem, solution = kept
    index = Index(problem)
    rows = np.flatnonzero(np.isin(problem.role_id, list(roles))).tolist()
    return {int(problem.role_id[row]): why_empty(index, solution, row) for row in rows}


def _read_arrays(run: Run) -> tuple[Problem, Solution] | None:
    """What the run was asked and what it answered, as long as that is kept."""
    arrays = RunArrays.objects.filter(run=run).first()
    return (unpack(bytes(arrays.problem)), unpack_solution(bytes(arrays.solution))) if arrays else None
