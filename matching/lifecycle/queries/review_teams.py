"""The queue of a reviewer: teams of proposals in their lanes, with who looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from core.models import User
from matching.lifecycle.queries.matches import matches_visible_to
from matching.lifecycle.queries.review_facts import ReviewTeam, list_teams_of
from matching.models import FirstApproval, Match, ReviewClaim
from matching.rules.review_flags import ReviewLane, find_lane, is_chosen_for_closer_look
from matching.rules.states import MatchState

MAX_TEAMS_LISTED = 500


@dataclass(frozen=True, slots=True)
class QueuedTeam:
    """A team in the queue of one reviewer."""

    team: ReviewTeam
    lane: ReviewLane
    is_chosen: bool
    """Whether it is opened singly although nothing is flagged."""
    claimed_by: str
    """The address of the reviewer who looks at it now; empty without one."""
    is_mine: bool
    lapses_at: datetime | None
    first_approvals: dict[UUID, str]
    """Of its proposals that wait for a second reviewer: who has approved them."""

    @property
    def may_be_decided(self) -> bool:
        """Whether no other reviewer looks at it."""
        return self.is_mine or not self.claimed_by

    @property
    def may_be_approved_unopened(self) -> bool:
        """Whether the reader may approve it together with others."""
        return self.lane == ReviewLane.NOTHING_FLAGGED and not self.is_chosen and self.may_be_decided


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """The teams that wait for a reviewer, the earliest clock first: the first `MAX_TEAMS_LISTED` of `count`.

    `hidden_count` more are not theirs to see.
    """

    teams: list[QueuedTeam]
    count: int
    hidden_count: int


def proposals_to_review(user: User) -> "QuerySet[Match]":
    """Return the proposals that a reviewer decides about: none of their contests, and none of an emergency."""
    if not user.is_reviewer:
        return Match.objects.none()
    return matches_visible_to(user).filter(state=MatchState.PROPOSED, request__emergency=False)


def find_review_queue(user: User, *, at: datetime) -> ReviewQueue:
    """Return the queue of a reviewer, in a number of statements that does not grow with it."""
    proposals = proposals_to_review(user)
    found = list_teams_of(proposals, reader=user, at=at)
    teams = _queue(user, found[:MAX_TEAMS_LISTED], at=at)
    everyone = Match.objects.filter(state=MatchState.PROPOSED, request__emergency=False)
    total = everyone.order_by().values("request").distinct().count() if user.is_reviewer else 0
    return ReviewQueue(teams, len(found), total - len(found))


def find_queued_team(user: User, request_id: UUID, *, at: datetime) -> QueuedTeam | None:
    """Return one team of a reviewer's queue; None where there is none, or it is not theirs to see."""
    proposals = proposals_to_review(user).filter(request__public_id=request_id)
    return next(iter(_queue(user, list_teams_of(proposals, reader=user, at=at), at=at)), None)


def _queue(user: User, teams: Sequence[ReviewTeam], *, at: datetime) -> list[QueuedTeam]:
    requests = [team.request_pk for team in teams]
    running = ReviewClaim.objects.filter(request__in=requests, lapses_at__gt=at).select_related("reviewer")
    claims = {claim.request_id: claim for claim in running}
    approvals: dict[int, dict[UUID, str]] = {}
    columns = "match__request_id", "match__public_id", "reviewer__email"
    for request, match, email in FirstApproval.objects.filter(match__request__in=requests).values_list(*columns):
        approvals.setdefault(request, {})[match] = email
    queued = []
    for team in teams:
        lane, claim = find_lane(team.flags), claims.get(team.request_pk)
        chosen = lane == ReviewLane.NOTHING_FLAGGED and is_chosen_for_closer_look(team.request_id, settings.SECRET_KEY)
        queued.append(
            QueuedTeam(
                team=team,
                lane=lane,
                is_chosen=chosen,
                claimed_by=claim.reviewer.email if claim else "",
                is_mine=claim is not None and claim.reviewer_id == user.pk,
                lapses_at=claim.lapses_at if claim else None,
                first_approvals=approvals.get(team.request_pk, {}),
            )
        )
    return queued
