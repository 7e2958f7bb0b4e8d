"""Assess one pair as it stands today."""

from dataclasses import dataclass
from datetime import datetime

from campaigns.models import Role, Seat
from matching.engine.explain import why
from matching.engine.feasibility import Reason
from matching.models import Match, Policy
from matching.snapshot.assembly import take_pair_snapshot
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class SideUnavailable:
    """The reason of a pair whose one side cannot be matched at all any more: `side` is "seat" or "volunteer"."""

    side: str


NO_ROOM = SideUnavailable("room")
"""What is said instead of each reason that comes from what else the volunteer does."""


@dataclass(frozen=True, slots=True)
class PairAssessment:
    """A pair as it stands today: the parts of its score, or every rule that it breaks, in the rules' order."""

    score_parts: dict[str, int]
    failing: list[Reason | SideUnavailable]


def assess_pair(
    match: Match,
    *,
    policy: Policy,
    at: datetime,
    has_broadcast_offer: bool = False,
    holds_seat: bool = False,
) -> PairAssessment:
    """Assess whether the pair of a match fits today.

    With `has_broadcast_offer` the volunteer has an offer among others. With `holds_seat` the match itself is left out.
    """
    snapshot = take_pair_snapshot(
        match, policy=policy, at=at, has_broadcast_offer=has_broadcast_offer, holds_seat=holds_seat
    )
    problem = snapshot.problem
    # The role may have other free seats, but the match is for this one.
    if not problem.roles or match.seat_id not in snapshot.seat_ids[0]:
        return PairAssessment({}, [SideUnavailable("seat")])
    if not problem.volunteers:
        return PairAssessment({}, [SideUnavailable("volunteer")])
    explanation = why(problem, 0, 0)
    return PairAssessment(explanation.parts, list(explanation.failing))


def list_rules_broken_by_profile(
    volunteer: Volunteer, role: Role, *, policy: Policy, at: datetime
) -> list[Reason | SideUnavailable]:
    """Return the rules that the pair breaks today, also for a volunteer who cannot be matched at all.

    None are returned for a role without an open seat.
    """
    pair = Match(volunteer=volunteer, seat=Seat(role=role))
    problem = take_pair_snapshot(pair, policy=policy, at=at, ignores_availability=True).problem
    return list(why(problem, 0, 0).failing) if problem.roles and problem.volunteers else []
