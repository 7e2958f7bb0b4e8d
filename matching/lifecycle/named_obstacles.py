"""Which obstacles of a pair a reviewer is told of.

What a volunteer does elsewhere keeps them from a place: the hours and projects that they hold, their meetings, their
side in a contest, a rest, the offers of a week. A reviewer with a part in a contest must not learn what a person does
there by trying the person on other places. So none of these is named to such a reviewer.
"""

from collections.abc import Sequence
from datetime import datetime

from campaigns.models import Role
from core.conflict_of_interest import has_any_part
from core.models import User
from matching.engine.explain import NotPlaced
from matching.engine.feasibility import Reason
from matching.lifecycle.queries.eligibility import (
    NO_ROOM,
    PairAssessment,
    SideUnavailable,
    assess_pair,
    list_rules_broken_by_profile,
)
from matching.models import Match, Policy
from matching.rules.pin_obstacles import PinObstacle
from volunteers.models import Volunteer

RULES_ABOUT_OTHER_WORK = frozenset({Reason.SIDES, Reason.CLASH, Reason.HOURS, Reason.PROJECTS})

PIN_OBSTACLES_IN_OTHER_WORK = frozenset(
    {*RULES_ABOUT_OTHER_WORK, PinObstacle.VOLUNTEER, PinObstacle.OTHER_PIN, PinObstacle.PROPOSED_ELSEWHERE}
)
"""The same of a pin that a run did not keep."""


def assess_pair_for(actor: User, match: Match, *, policy: Policy, at: datetime) -> PairAssessment:
    """Assess as `assess_pair` does whether a pair fits today, and name the obstacles that the actor is told of."""
    assessment = assess_pair(match, policy=policy, at=at)
    failing = name_obstacles(actor, match.volunteer, match.seat.role, assessment.failing, policy=policy, at=at)
    return PairAssessment(assessment.score_parts, failing)


def name_obstacles(
    actor: User,
    volunteer: Volunteer,
    role: Role,
    failing: Sequence[Reason | SideUnavailable],
    *,
    policy: Policy,
    at: datetime,
) -> list[Reason | SideUnavailable]:
    """Return those of the obstacles of a pair that a reviewer is told of.

    A reviewer with a part in a contest is told of the place and of the volunteer's profile, and of `NO_ROOM` where
    nothing else stands in the way. The profile is judged also while the volunteer cannot be matched. Otherwise a place
    that the profile does not fit would tell a rest from too few hours.
    """
    if not failing or failing[0] == SideUnavailable("seat") or not has_any_part(actor):
        return list(failing)
    if isinstance(failing[0], SideUnavailable):
        failing = list_rules_broken_by_profile(volunteer, role, policy=policy, at=at)
    named = [rule for rule in failing if rule not in RULES_ABOUT_OTHER_WORK]
    return named or [NO_ROOM]


def name_outcome(
    actor: User,
    outcome: NotPlaced | SideUnavailable | None,
    volunteer: Volunteer,
    role: Role,
    *,
    policy: Policy,
    at: datetime,
) -> NotPlaced | SideUnavailable | None:
    """Return why a run did not place a volunteer, as far as a reviewer is told of it."""
    failing: Sequence[Reason | SideUnavailable] = ()
    if outcome is not None:
        failing = outcome.failing if isinstance(outcome, NotPlaced) else (outcome,)
    named = name_obstacles(actor, volunteer, role, failing, policy=policy, at=at)
    if named == list(failing):
        return outcome
    return NO_ROOM if named == [NO_ROOM] else NotPlaced(tuple(rule for rule in named if isinstance(rule, Reason)))
