"""Assess one pair as it stands today."""

from dataclasses import dataclass
from datetime import datetime

from matching.engine.explain import why
from matching.engine.feasibility import Reason
from matching.models import Match, Policy
from matching.snapshot.assembly import take_pair_snapshot


@dataclass(frozen=True, slots=True)
class SideUnavailable:
    """A pair of which one side cannot be matched at all any more: `side` is "seat" or "volunteer"."""

    side: str


@dataclass(frozen=True, slots=True)
class PairAssessment:
    """How a pair stands today: the parts of its score, or every rule that it would break, the first one first."""

    parts: dict[str, int]
    failing: list[Reason | SideUnavailable]


def assess_pair(
    match: Match, *, policy: Policy, at: datetime, racing: bool = False, holding: bool = False
) -> PairAssessment:
    """Judges the pair of a match anew. `racing`: the person has been asked already, among others; `holding`: the match
    holds its place, and is judged as if it did not.
    """
    snapshot = take_pair_snapshot(match, policy=policy, at=at, racing=racing, holding=holding)
    problem = snapshot.problem
    # The role may have other free seats: it is this one that somebody would be given.
    if not problem.roles or match.seat_id not in snapshot.seat_ids[0]:
        return PairAssessment({}, [SideUnavailable("seat")])
    if not problem.volunteers:
        return PairAssessment({}, [SideUnavailable("volunteer")])
    found = why(problem, 0, 0)
    return PairAssessment(found.parts, list(found.failing))
