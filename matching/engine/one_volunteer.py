"""One volunteer and all roles: the same rules as for one role and all volunteers, in arrays over the roles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.engine.feasibility import (
    REASONS,
    Circumstances,
    Index,
    Offer,
    Reason,
    find_failures,
    terms_of,
)
from matching.engine.problem import Flag, Int, Problem
from matching.rules.score_parts import Scope, list_parts


@dataclass(frozen=True)
class RoleJudgements:
    """What one volunteer finds in each role [R], and which rules the pair breaks."""

    level: Int  # [R] level claimed on the role's skill, 0 without a claim
    wanted: Flag  # [R] would like to use the skill
    fails: Flag  # [number of reasons, R] in the order of REASONS

    def fits(self) -> Flag:
        """[R] the roles that the volunteer may take."""
        broken: Flag = np.asarray(self.fails.any(axis=0))
        return ~broken


def judge_roles(problem: Problem) -> RoleJudgements:
    """Judge the only volunteer of a problem for each of its roles, by every rule.

    It says of each pair what `feasibility.judge` says. `Problem.among` makes a problem of one volunteer.
    """
    p, index = problem, Index(problem)
    level, wanted = _claims_by_role(index)
    touched = index.touched_regimes
    free = p.availability[0]
    common = np.bitwise_count(p.work & free).sum(axis=2, dtype=np.int64)
    overlap = np.where(touched, common, common.max(initial=0)).min(axis=1, initial=np.iinfo(np.int64).max)
    misses_meeting = (((p.meetings & ~free) != 0).any(axis=2) & touched).any(axis=1)
    request, area = p.role_request, p.role_vetting
    offer = Offer(
        leads=p.leads[0],
        decides=p.decides[0],
        vetted_until=np.where(area >= 0, p.vetted_until[0][area], 0),
        languages=p.languages[0],
        levels=p.levels[0],
        level_only=p.level_only[0],
        party_only=p.party_only[0],
        place_only=p.place_only[0],
        hours=p.hours[0],
        projects=p.projects[0],
    )
    failures = find_failures(
        terms_of(p, np.arange(p.roles)),
        offer,
        _circumstances(index).of(request),
        level=level,
        overlap=overlap[request],
        misses_meeting=misses_meeting[request],
    )
    # A number that no role changes stands for all of them.
    rows = [np.broadcast_to(failures[reason], p.roles) for reason in REASONS]
    return RoleJudgements(level, wanted, np.stack(rows))


def failing_alone(judged: RoleJudgements, reason: Reason) -> Flag:
    """[R] the roles from which this rule alone keeps the volunteer."""
    alone: Flag = judged.fails[REASONS.index(reason)] & (judged.fails.sum(axis=0) == 1)
    return alone


def _claims_by_role(index: Index) -> tuple[Int, Flag]:
    skills, skill = np.unique(index.problem.role_skill, return_inverse=True)
    level, wanted = np.zeros(len(skills), np.int64), np.zeros(len(skills), np.bool_)
    column = [part.name for part in list_parts(Scope.CLAIM)].index("wanted")
    for row, code in enumerate(skills.tolist()):
        claims = index.claims(code)
        if len(claims.volunteer):
            level[row], wanted[row] = claims.level[0], claims.numbers[0, column] > 0
    return level[skill], wanted[skill]


def _circumstances(index: Index) -> Circumstances:
    """What each request [Q] means for the volunteer."""
    p = index.problem
    rows = np.arange(p.requests)
    sided = [*zip(p.sided_contest.tolist(), p.sided_campaign.tolist(), strict=True)]
    sided += [(int(p.request_contest[held]), int(p.request_campaign[held])) for held in p.held_request.tolist()]
    sides, away, clash = (np.zeros(p.requests, np.bool_) for _ in range(3))
    for contest, campaign in sided:
        sides |= (p.request_contest == contest) & (p.request_campaign != campaign)
    for first, last in zip(p.time_off_first.tolist(), p.time_off_last.tolist(), strict=True):
        away |= (p.request_first <= last) & (p.request_last >= first)
    for held in p.held_request.tolist():
        clash |= index.clashes(held) & (rows != held)
    hours, projects = _peaks(p)
    return Circumstances(
        party=np.isin(p.request_party, p.party),
        near=_near_places(p)[p.request_place],
        veto=np.isin(p.request_campaign, p.veto_campaign),
        refused=np.isin(rows, p.refused_request),
        sides=sides,
        same=np.isin(rows, p.held_request),
        away=away,
        clash=clash,
        hours=hours,
        projects=projects,
    )


def _near_places(problem: Problem) -> Flag:
    """[P + 1] whether the volunteer named each place or one above it; the last row stands for no place."""
    parent = problem.place_parent
    near = np.zeros(len(parent) + 1, np.bool_)
    near[problem.place[problem.place >= 0]] = True
    for _ in range(len(parent)):
        below = near.copy()
        below[:-1] |= near[parent]  # the parent of a root is -1, the last row
        if (below == near).all():
            break
        near = below
    return near


def _peaks(problem: Problem) -> tuple[Int, Int]:
    """[Q] the most hours a week, and seats, that the volunteer holds on any of a request's days."""
    p = problem
    begins, ends = p.request_first[p.held_request], p.request_last[p.held_request]
    peak_hours, peak_projects = np.zeros(p.requests, np.int64), np.zeros(p.requests, np.int64)
    # What is held is highest on a day on which a held request begins, or on the first day looked at.
    for first, last in zip(begins.tolist(), ends.tolist(), strict=True):
        day = np.maximum(first, p.request_first)
        counted = (day <= last) & (day <= p.request_last)
        held = (begins <= day[:, None]) & (day[:, None] <= ends) & counted[:, None]
        peak_hours = np.maximum(peak_hours, (held * p.held_hours).sum(axis=1))
        peak_projects = np.maximum(peak_projects, held.sum(axis=1))
    return peak_hours, peak_projects
