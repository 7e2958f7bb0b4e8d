"""Assess one pair as it stands today."""

from dataclasses import dataclass
from datetime import datetime

from matching.engine.explain import why
from matching.engine.feasibility import Reason
from matching.models import Match, Policy
from matching.snapshot.assembly import take_pair_snapshot


@dataclass(frozen=True, slots=True)
class SideUnavailable:
    """The reason of a pair whose one side cannot be matched at all any more: `side` is "seat" or "volunteer"."""

    side: str


@dataclass(frozen=True, slots=True)
class PairAssessment:
    """A pair as it stands today: the parts of its score, or every rule that it breaks, in the rules' order."""

    score_parts: dict[str, int]
    failing: list[Reason | SideUnavailable]


def assess_pair(
    match: Match, *, policy: Policy, at: datetime, has_broadcast_offer: bool = False, holds_seat: bool = False
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
