"""Read one team of proposals as a reviewer's page shows it: each place with its person, and the week they share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from campaigns.models import Request, Seat
from core.conflict_of_interest import no_part_in_contest
from core.models import User
from matching.lifecycle.queries.alternates import find_alternates, reviewer_profile_ids
from matching.lifecycle.queries.matches import CONTEST_OF_MATCH, matches_visible_to
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.review_teams import proposals_to_review
from matching.lifecycle.queries.teams import CommonHours, compute_common_hours
from matching.models import Match
from matching.rules.states import STATES_NOT_OVER, MatchState
from volunteers.models import SkillClaim, Volunteer

MAX_ALTERNATES = 3
MAX_APPROVALS_LISTED = 200


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """A place of the team with its match; None where it is empty. `level_held` is what the volunteer says to know."""

    seat: Seat
    match: Match | None
    level_held: int = 0
    done_count: int = 0


@dataclass(frozen=True, slots=True)
class TeamSheet:
    """A request with its places in order. `common` is when all of the people together have time."""

    request: Request
    places: list[SheetPlace]
    common: CommonHours


@dataclass(frozen=True, slots=True)
class RankedAlternate:
    """A person who could take a place instead. `changes` are the parts that differ, the largest difference first."""

    volunteer: Volunteer
    level_held: int
    difference: int
    changes: list[tuple[str, int]]


def find_reviewed_request(user: User, request_id: UUID) -> Request | None:
    """Return a request with proposals, or approvals that can be undone, which the reviewer decides about."""
    decided = _proposals_and_approvals(user).filter(request__public_id=request_id)
    requests = Request.objects.filter(public_id=request_id, pk__in=decided.values("request"))
    return requests.select_related("campaign__candidate__contest__jurisdiction", "campaign__candidate__party").first()


def _proposals_and_approvals(user: User) -> "QuerySet[Match]":
    if not user.is_reviewer:
        return Match.objects.none()
    states = (MatchState.PROPOSED, MatchState.APPROVED)
    return matches_visible_to(user).filter(state__in=states, request__emergency=False)


def read_team_sheet(user: User, request: Request, *, at: datetime) -> TeamSheet:
    """Return the team of a request that the reviewer may see. Their own match is missing: its place looks empty."""
    seats = Seat.objects.filter(role__request=request, closed_at=None).select_related("role__skill")
    matches = matches_visible_to(user).filter(request=request, state__in=STATES_NOT_OVER)
    by_seat: dict[int, Match] = {}
    for match in matches.select_related("volunteer").prefetch_related("volunteer__windows").order_by("pk"):
        by_seat.setdefault(match.seat_id, match)
    people = [match.volunteer for match in by_seat.values()]
    levels = _read_levels(people)
    done = _count_done(user, people)
    places = [
        SheetPlace(
            seat=seat,
            match=match,
            level_held=levels.get((match.volunteer_id, seat.role.skill_id), 0) if match else 0,
            done_count=done.get(match.volunteer_id, 0) if match else 0,
        )
        for seat in seats.order_by("role__order", "role_id", "number")
        for match in [by_seat.get(seat.pk)]
    ]
    return TeamSheet(request, places, compute_common_hours(request, people, at=at))


def _read_levels(people: Sequence[Volunteer]) -> dict[tuple[int, int], int]:
    claims = SkillClaim.objects.filter(volunteer__in=people).values_list("volunteer_id", "skill_id", "level")
    return {(volunteer, skill): level for volunteer, skill, level in claims}


def _count_done(user: User, people: Sequence[Volunteer]) -> dict[int, int]:
    """Count the projects that each of these people has completed, without those that the reviewer may not know of."""
    done = Match.objects.filter(
        no_part_in_contest(user, CONTEST_OF_MATCH), volunteer__in=people, state=MatchState.COMPLETED
    )
    return dict(done.order_by().values_list("volunteer_id").annotate(count=Count("pk")))


def list_place_alternates(user: User, match: Match, *, at: datetime) -> list[RankedAlternate]:
    """Return the three people who would suit best in the place of a proposed one, with what is different."""
    found = find_alternates(
        match.seat,
        policy=get_active_policy(),
        at=at,
        most=MAX_ALTERNATES,
        besides=[match.volunteer_id, *reviewer_profile_ids(user)],
    )
    levels = _read_levels([alternate.volunteer for alternate in found])
    ranked = []
    for alternate in found:
        parts = alternate.score_parts
        differences = {name: parts.get(name, 0) - match.score_parts.get(name, 0) for name in parts | match.score_parts}
        changes = sorted(
            ((name, points) for name, points in differences.items() if points), key=lambda one: -abs(one[1])
        )
        level = levels.get((alternate.volunteer.pk, match.seat.role.skill_id), 0)
        ranked.append(RankedAlternate(alternate.volunteer, level, sum(differences.values()), changes))
    return ranked


def list_proposals(user: User, match_ids: Sequence[UUID]) -> "QuerySet[Match]":
    """Return these proposals, if the reviewer decides about them, with the people and places that a list names."""
    proposals = proposals_to_review(user).filter(public_id__in=match_ids)
    return proposals.select_related("volunteer", "seat__role", "request__campaign").order_by(
        "request_id", "seat__role__order", "seat__number", "pk"
    )


def list_undoable_approvals(user: User, *, at: datetime) -> list[Match]:
    """Return the approved matches whose offers have not left yet, those that leave first at first."""
    waiting = _proposals_and_approvals(user).filter(state=MatchState.APPROVED, offer_leaves_at__gt=at)
    ordered = waiting.select_related("request__campaign", "volunteer").order_by("offer_leaves_at", "pk")
    return list(ordered[:MAX_APPROVALS_LISTED])
