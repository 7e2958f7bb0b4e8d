"""Explain a run from its arrays: why a pair was not placed, why a seat is empty, which skills are scarce."""

from collections.abc import Collection

import numpy as np
import structlog
from django.core.cache import caches

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

log = structlog.get_logger(__name__)

MAX_ROLES_EXPLAINED = 8
_KEPT_SECONDS = 24 * 3600
_kept = caches["explanations"]


def find_why_not_placed(run: Run, volunteer: Volunteer, role: Role) -> NotPlaced | SideUnavailable | None:
    """Return why the run did not give this role to this volunteer. Return None when its arrays are deleted."""
    arrays = _read_arrays(run)
    if arrays is None:
        return None
    problem, solution = arrays
    volunteer_rows, role_rows = (
        np.flatnonzero(problem.volunteer_id == volunteer.pk),
        np.flatnonzero(problem.role_id == role.pk),
    )
    if not len(role_rows):
        return SideUnavailable("seat")
    if len(volunteer_rows):
        return why_not(problem, solution, int(volunteer_rows[0]), int(role_rows[0]))
    # A run over some roles has only the volunteers who claim the skills of these roles.
    scope = RunScope.of_run(run)
    is_in_scope = scope.limit_volunteers(Volunteer.objects.filter(pk=volunteer.pk)).exists()
    return SideUnavailable("volunteer") if scope.roles is None or is_in_scope else NotPlaced((Reason.SKILL,))


def list_scarce_skills(run: Run) -> list[tuple[Scarce, Skill]] | None:
    """Return the skills and weekdays for which one more volunteer would have added most, the largest first.

    Return None when the run's arrays are deleted.
    """
    arrays = _read_arrays(run)
    if arrays is None:
        return None
    scarce_rows = scarcity(*arrays)
    skills = Skill.objects.in_bulk({scarce.skill for scarce in scarce_rows})
    return [(scarce, skills[scarce.skill]) for scarce in scarce_rows if scarce.skill in skills]


def find_why_empty(run: Run, roles: Collection[int]) -> dict[int, Emptiness]:
    """Return why the run left seats of these roles empty, by role id.

    Each role costs up to a fifth of a second, and people read this as often as they like. So what was found is kept in
    the process, and `MAX_ROLES_EXPLAINED` are found anew at once: others are missing this time. Roles that the run did
    not have are missing, too; so are all when its arrays are deleted.
    """
    keys = {f"why-empty:{run.pk}:{role}": role for role in roles}
    found: dict[int, Emptiness] = {keys[key]: kept for key, kept in _kept.get_many(keys).items()}
    unknown = [role for role in roles if role not in found][:MAX_ROLES_EXPLAINED]
    arrays = _read_arrays(run) if unknown else None
    if arrays is None:
        return found
    problem, solution = arrays
    index = Index(problem)
    rows = np.flatnonzero(np.isin(problem.role_id, unknown)).tolist()
    new = {int(problem.role_id[row]): why_empty(index, solution, row) for row in rows}
    _kept.set_many({f"why-empty:{run.pk}:{role}": emptiness for role, emptiness in new.items()}, timeout=_KEPT_SECONDS)
    return found | new


def _read_arrays(run: Run) -> tuple[Problem, Solution] | None:
    """Return the problem and the solution of the run, or None when they are deleted.

    Arrays that today's code cannot read count as deleted, such as those stored before `Problem` got a new array.
    """
    arrays = RunArrays.objects.filter(run=run).first()
    if arrays is None:
        return None
    try:
        return unpack(bytes(arrays.problem)), unpack_solution(bytes(arrays.solution))
    except ValueError as error:
        log.warning("arrays cannot be read", run=str(run.public_id), error=str(error))
        return None
