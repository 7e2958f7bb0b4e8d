"""The review queue: teams of proposals, with what could be wrong, and what a reviewer does about them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Request as CampaignRequest
from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.etags import ETagMixin
from core.api.idempotency import IdempotentAPIView
from core.api.pagination import OnePagePagination
from core.api.serializers import MAX_VERSION, EmptyBody, StrictSerializer
from core.errors import NotFound
from core.models import User
from matching.api.match_moves import MoveResultSerializer, find_seen_proposals, show_moves
from matching.lifecycle.actions.review_claims import claim_team, release_team
from matching.lifecycle.actions.team_review import (
    MAX_PROPOSALS_AT_ONCE,
    MAX_SEEN_FLAGS,
    MAX_TEAMS_AT_ONCE,
    SeenProposal,
    approve_team,
    approve_teams_together,
    reject_team,
)
from matching.lifecycle.queries.matches import matches_visible_to
from matching.lifecycle.queries.review_teams import find_queued_team, find_review_queue, proposals_to_review
from matching.models import Match
from matching.rules.reasons import RejectReason
from matching.rules.review_flags import ReviewFlag, ReviewLane
from matching.rules.states import MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH


class ReviewFlagSerializer(serializers.Serializer[Any]):
    """Something that could be wrong."""

    code = serializers.CharField(help_text="Send it back in `seen_flags` to say that you have seen it.")
    flag = serializers.ChoiceField(choices=ReviewFlag.choices, help_text="What kind of thing it is.")
    text = serializers.CharField(source="flag.label", help_text="What to look at, and what to do.")
    match = serializers.UUIDField(source="match_id", allow_null=True, help_text="Null: it is about the team.")
    needs_second_reviewer = serializers.BooleanField(source="is_red", help_text="Whether one reviewer is not enough.")


class SeenProposalSerializer(StrictSerializer):
    """A proposal, in the version that was read."""

    match = serializers.UUIDField(help_text="The proposal, by id.")
    version = serializers.IntegerField(min_value=1, max_value=MAX_VERSION, help_text="The one that was read.")


class QueuedTeamSerializer(serializers.Serializer[Any]):
    """The proposals of one request. Each of them is read at `GET /matches/{id}`."""

    request = serializers.UUIDField(source="team.request_id", help_text="The request, by id.")
    title = serializers.CharField(source="team.title", help_text="The title of the request.")
    campaign = serializers.CharField(source="team.campaign", help_text="The name of the campaign.")
    lane = serializers.ChoiceField(choices=ReviewLane.choices, help_text="How it is reviewed.")
    is_chosen = serializers.BooleanField(help_text="It is opened singly, although nothing is flagged.")
    flags = ReviewFlagSerializer(source="team.flags", many=True, help_text="What could be wrong.")
    proposals = serializers.SerializerMethodField(help_text="Its proposals, in the order of the places.")
    place_count = serializers.IntegerField(source="team.place_count", help_text="Its open places.")
    filled_count = serializers.IntegerField(source="team.filled_count", help_text="How many of them people hold.")
    due_at = serializers.DateTimeField(
        source="team.due_at", allow_null=True, help_text="When its review is due; null where no clock runs."
    )
    claimed_by = serializers.CharField(help_text="The reviewer who looks at it now. Empty: none.")
    is_mine = serializers.BooleanField(help_text="Whether that is the caller.")
    lapses_at = serializers.DateTimeField(
        allow_null=True, help_text="Until when it is kept for that reviewer; null without one."
    )

    def get_proposals(self, queued: Any) -> list[dict[str, Any]]:
        """Its proposals, each with the version to send back."""
        team = queued.team
        pairs = zip(team.match_ids, team.match_versions, strict=True)
        return [
            {"match": str(match), "version": version, "first_approval_by": queued.first_approvals.get(match, "")}
            for match, version in pairs
        ]


class TeamDecisionInput(StrictSerializer):
    """The proposals that are meant; those left out stay."""

    proposals: Any = serializers.ListSerializer(
        child=SeenProposalSerializer(),
        max_length=MAX_PROPOSALS_AT_ONCE,
        allow_empty=False,
        help_text="The proposals, each once.",
    )


class ApproveTeamInput(TeamDecisionInput):
    """The proposals to approve, and the flags that were seen."""

    seen_flags = serializers.ListField(
        child=serializers.CharField(max_length=80),
        max_length=MAX_SEEN_FLAGS,
        required=False,
        help_text="The `code` of each flag of the team and of these proposals.",
    )


class RejectTeamInput(TeamDecisionInput):
    """The proposals to reject, and why."""

    reason = serializers.ChoiceField(choices=RejectReason.choices, help_text="Why, for all of them.")
    note = serializers.CharField(
        max_length=MAX_NOTE_LENGTH, required=False, allow_blank=True, help_text="A note beside the reason."
    )


class TeamToApprove(TeamDecisionInput):
    """One of several teams."""

    request = serializers.UUIDField(help_text="The request, by id.")


class ApproveTeamsInput(StrictSerializer):
    """Teams of which nothing is flagged."""

    teams: Any = serializers.ListSerializer(
        child=TeamToApprove(), max_length=MAX_TEAMS_AT_ONCE, allow_empty=False, help_text="The teams, each once."
    )


class TeamResultSerializer(serializers.Serializer[Any]):
    """What became of one team."""

    request = serializers.UUIDField(source="request.public_id", help_text="The request, by id.")
    approved_count = serializers.SerializerMethodField(help_text="How many of its proposals were approved.")
    problem_code = serializers.CharField(source="error.code", default="", help_text="Empty where all went well.")
    detail = serializers.CharField(source="error.message", default="", help_text="Why nothing was changed.")

    def get_approved_count(self, result: Any) -> int:
        """How many were approved."""
        return sum(match.state != MatchState.PROPOSED for match in result.matches)


@extend_schema(tags=["review"])
class ReviewTeamViewSet(IdempotentAPIView, ETagMixin, viewsets.GenericViewSet[CampaignRequest]):
    """The proposals that wait for a reviewer, by team."""

    permission_classes = [IsReviewer]
    serializer_class = QueuedTeamSerializer
    queryset = CampaignRequest.objects.none()
    pagination_class = OnePagePagination
    lookup_field = "request_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"

    @extend_schema(
        operation_id="listReviewTeams",
        summary="List teams to review",
        description="Reviewers only. The 500 whose clock ends first, which come first. None of a contest in which the "
        "caller has a part.",
        responses=QueuedTeamSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Return the caller's queue."""
        queue = find_review_queue(get_current_user(request), at=timezone.now())
        page = self.paginate_queryset(queue.teams)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(operation_id="getReviewTeam", summary="Get a team to review", description="Reviewers only.")
    def retrieve(self, request: Request, id: UUID) -> Response:
        """Return one team."""
        return self._show(request, id)

    @extend_schema(operation_id="claimReviewTeam", summary="Claim a team to review", request=None)
    @action(detail=True, methods=["post"])
    def claim(self, request: Request, id: UUID) -> Response:
        """Keep the team for the caller for half an hour: no other reviewer decides about it meanwhile."""
        EmptyBody.require_empty(request)
        claim_team(actor=get_current_user(request), request=self._find_request(request, id), at=timezone.now())
        return self._show(request, id)

    @extend_schema(operation_id="releaseReviewTeam", summary="Release a team to review", request=None)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, id: UUID) -> Response:
        """Give the team back. Without a claim of the caller's nothing happens."""
        EmptyBody.require_empty(request)
        release_team(actor=get_current_user(request), request=self._find_request(request, id))
        return self._show(request, id)

    @extend_schema(
        operation_id="approveReviewTeam",
        summary="Approve a team",
        request=ApproveTeamInput,
        responses=MoveResultSerializer(many=True),
        filters=False,
    )
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, id: UUID) -> Response:
        """Approve these proposals, all of them or none.

        One that needs a second reviewer stays a proposal until that one approves it, too. A flag that is not among
        `seen_flags` refuses all: read the team again.
        """
        return self._decide(request, id, ApproveTeamInput(data=request.data), approve_team)

    @extend_schema(
        operation_id="rejectReviewTeam",
        summary="Reject a team",
        request=RejectTeamInput,
        responses=MoveResultSerializer(many=True),
        filters=False,
    )
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, id: UUID) -> Response:
        """Reject these proposals with one reason, all of them or none."""
        return self._decide(request, id, RejectTeamInput(data=request.data), reject_team)

    @extend_schema(
        operation_id="approveReviewTeams",
        summary="Approve teams together",
        request=ApproveTeamsInput,
        responses=TeamResultSerializer(many=True),
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="approve")
    def approve_together(self, request: Request) -> Response:
        """Approve teams of which nothing is flagged, each as a whole or not at all, with a result for each."""
        sent, user = ApproveTeamsInput(data=request.data), get_current_user(request)

        def read() -> Sequence[tuple[CampaignRequest, Sequence[SeenProposal]]]:
            return [
                (
                    self._find_request(request, team["request"], field=f"teams.{number}.request"),
                    self._read_proposals(user, team, team["request"], name=f"teams.{number}.proposals"),
                )
                for number, team in enumerate(sent.validated_data["teams"])
            ]

        sent.require_valid(read)
        results = approve_teams_together(actor=user, teams=read(), at=timezone.now())
        page = self.paginate_queryset(results)
        return self.get_paginated_response(TeamResultSerializer(page, many=True).data)

    def _decide(
        self, request: Request, id: UUID, sent: TeamDecisionInput, decide: Callable[..., Sequence[Match]]
    ) -> Response:
        user = get_current_user(request)
        sent.require_valid(lambda: self._read_proposals(user, sent.validated_data, id))
        row = self._find_request(request, id)
        inputs = {**sent.validated_data, "proposals": self._read_proposals(user, sent.validated_data, id)}
        return show_moves(self, decide(actor=user, request=row, at=timezone.now(), **inputs))

    def _show(self, request: Request, id: UUID) -> Response:
        team = find_queued_team(get_current_user(request), id, at=timezone.now())
        if team is None:
            raise NotFound(_("There is no such team. Perhaps it was decided meanwhile: read the list again."))
        return Response(self.get_serializer(team).data)

    def _find_request(self, request: Request, id: UUID, *, field: str = "") -> CampaignRequest:
        proposals = proposals_to_review(get_current_user(request))
        found = CampaignRequest.objects.filter(public_id=id, pk__in=proposals.values("request"))
        row = found.select_related("campaign__candidate").first()
        if row is None:
            message = _("There is no such team. Perhaps it was decided meanwhile: read the list again.")
            raise NotFound(message, field=field)
        return row

    def _read_proposals(
        self, user: User, sent: Mapping[str, Any], id: UUID, *, name: str = "proposals"
    ) -> Sequence[SeenProposal]:
        visible = matches_visible_to(user).filter(request__public_id=id)
        return find_seen_proposals(visible, sent["proposals"], name=name)
