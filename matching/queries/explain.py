"""Why this match, why not, and why is this seat empty."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from campaigns.models import Role
from core.models import Skill
from matching.engine.digest import unpack, unpack_solution
from matching.engine.explain import Emptiness, NotPlaced, why, why_empty, why_not
from matching.engine.feasibility import Index, Reason
from matching.engine.problem import Problem, Solution
from matching.engine.scarcity import Scarce, scarcity
from matching.models import Match, Policy, Run, RunArrays
from matching.queries.scope import Scope
from matching.queries.snapshot import take_pair
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class OutOfPlay:
    """A pair of which one side cannot be matched at all any more: `side` is "seat" or "volunteer"."""

    side: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a pair stands today: the parts of its score, or every rule that it would break, the first one first."""

    parts: dict[str, int]
    failing: list[Reason | OutOfPlay]


def standing(match: Match, *, policy: Policy, at: datetime, racing: bool = False, holding: bool = False) -> Standing:
    """Judges the pair of a match anew. `racing`: the person has been asked already, among others; `holding`: the match
    holds its place, and is judged as if it did not.
    """
    snapshot = take_pair(match, policy=policy, at=at, racing=racing, holding=holding)
    problem = snapshot.problem
    # The role may have other free seats: it is this one that somebody would be given.
    if not problem.roles or match.seat_id not in snapshot.seats[0]:
        return Standing({}, [OutOfPlay("seat")])
    if not problem.volunteers:
        return Standing({}, [OutOfPlay("volunteer")])
    found = why(problem, 0, 0)
    return Standing(found.parts, list(found.failing))


def not_placed(run: Run, volunteer: Volunteer, role: Role) -> NotPlaced | OutOfPlay | None:
    """Why the run did not give this role to this volunteer; None when its arrays are gone."""
    kept = _kept(run)
    if kept is None:
        return None
    problem, solution = kept
    one, other = np.flatnonzero(problem.volunteer_id == volunteer.pk), np.flatnonzero(problem.role_id == role.pk)
    if not len(other):
        return OutOfPlay("seat")
    if len(one):
        return why_not(problem, solution, int(one[0]), int(other[0]))
    # A run over some roles looks only at those who claim what these ask for.
    scope = Scope.of(run)
    claims = scope.people(Volunteer.objects.filter(pk=volunteer.pk)).exists()
    return OutOfPlay("volunteer") if scope.roles is None or claims else NotPlaced((Reason.SKILL,))


def scarce(run: Run) -> list[tuple[Scarce, Skill]] | None:
    """The skills and weekdays of which one more volunteer would have added most; None when its arrays are gone."""
    kept = _kept(run)
    if kept is None:
        return None
    found = scarcity(*kept)
    skills = Skill.objects.in_bulk({one.skill for one in found})
    return [(one, skills[one.skill]) for one in found if one.skill in skills]


def emptiness(run: Run, roles: Collection[int]) -> dict[int, Emptiness]:
    """Why the run left places of these roles, by id, empty; those that it did not have, or all when its arrays are
    gone, are missing.
    """
    kept = _kept(run) if roles else None
    if kept is None:
        return {}
    problem, solution = kept
    index = Index(problem)
    rows = np.flatnonzero(np.isin(problem.role_id, list(roles))).tolist()
    return {int(problem.role_id[row]): why_empty(index, solution, row) for row in rows}


def _kept(run: Run) -> tuple[Problem, Solution] | None:
    """What the run was asked and what it answered, as long as that is kept."""
    arrays = RunArrays.objects.filter(run=run).first()
    return (unpack(bytes(arrays.problem)), unpack_solution(bytes(arrays.solution))) if arrays else None
