"""Matches and their alternates, for reviewers."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.pagination import OnePagePagination, respond_with_list
from core.api.quick_reading import QuickReadMixin
from core.api.references import find_named
from core.api.serializers import StrictSerializer
from core.enums import ViewerKind
from matching.api.filters import MatchFilters
from matching.api.match_actions import build_actions_field, with_match_actions
from matching.api.match_conversation import MatchConversationViewSet
from matching.api.match_fields import MatchReasonField, ScorePartsField
from matching.lifecycle import explanations
from matching.lifecycle.actions.review import approve_alternate
from matching.lifecycle.queries.alternates import find_alternates, reviewer_profile_ids
from matching.lifecycle.queries.matches import matches_visible_to, with_list_columns
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match
from matching.rules.reasons import find_reason_label
from matching.rules.transitions import ActorKind, available_actions
from volunteers.models import Volunteer


class MatchSerializer(QuickReadMixin, serializers.ModelSerializer[Match]):
    """A match as a reviewer sees it: who, where, why, and which actions are possible."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    run = serializers.UUIDField(source="run.public_id", default=None, allow_null=True)
    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    seat_id = serializers.UUIDField(source="seat.public_id")
    role_id = serializers.UUIDField(source="seat.role.public_id")
    role = serializers.CharField(source="seat.role.shown_name")
    skill = serializers.CharField(source="seat.role.skill.code")
    request = serializers.UUIDField(source="request.public_id")
    title = serializers.CharField(source="request.shown_title")
    campaign_id = serializers.UUIDField(source="request.campaign.public_id")
    campaign = serializers.CharField(source="request.campaign.name")
    score_parts = ScorePartsField(help_text="They sum to the score.")
    reason = MatchReasonField()
    offer_leaves_at = serializers.DateTimeField(
        read_only=True,
        allow_null=True,
        help_text="When the offer of an approved match leaves; until then the approval can be undone. Null in other "
        "states, and while a team waits for its last member.",
    )
    reason_label = serializers.SerializerMethodField()
    explanation = serializers.SerializerMethodField()
    available_actions = serializers.SerializerMethodField()

    class Meta:
        model = Match
        fields = [
            *["id", "state", "version", "run", "volunteer", "name", "seat_id", "role_id", "role", "skill", "request"],
            *["title", "campaign_id", "campaign"],
            *[
                "score",
                "score_parts",
                "explanation",
                "reason",
                "reason_label",
                "note",
                "proposed_at",
                "state_changed_at",
                "due_at",
                "escalated_at",
                "offer_leaves_at",
            ],
            *["is_broadcast", "available_actions"],
        ]
        read_only_fields = fields

    def get_explanation(self, match: Match) -> str:
        """Why this volunteer is proposed for this seat, in one sentence."""
        return explanations.explain_match(match)

    def get_reason_label(self, match: Match) -> str | None:
        """The reason in words, to be shown; null without one."""
        return find_reason_label(match.state, match.reason, reader=ViewerKind.REVIEWER)

    @extend_schema_field(build_actions_field(ActorKind.REVIEWER))
    def get_available_actions(self, match: Match) -> list[str]:
        """The actions that a reviewer can take now."""
        return available_actions(match.state, ActorKind.REVIEWER)


class AlternateSerializer(serializers.Serializer[Any]):
    """A volunteer who fits the seat. The score parts sum to the score."""

    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    score_parts = ScorePartsField(help_text="They sum to the score.")


class AlternateInput(StrictSerializer):
    """The volunteer to take the seat."""

    volunteer = serializers.UUIDField()


@extend_schema_view(
    list=extend_schema(summary="List matches", description="Reviewers only."),
    retrieve=extend_schema(summary="Get a match", description="Reviewers only."),
)
@extend_schema(tags=["review"])
@with_match_actions(ActorKind.REVIEWER)
class MatchViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, MatchConversationViewSet):
    """All matches, with a reviewer's actions."""

    permission_classes = [IsReviewer]
    serializer_class = MatchSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = MatchFilters
    orderings = ("score", "proposed_at", "state_changed_at", "waiting_since")
    queryset = Match.objects.none()
    pages_by = ("waiting_since", "id")

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the matches that the caller may see."""
        matches = matches_visible_to(get_current_user(self.request))
        if not self.shows_match:
            return matches
        shown = with_list_columns(matches).prefetch_related("run")
        return shown.annotate(waiting_since=F("volunteer__waiting_since"))

    @extend_schema(
        operation_id="listAlternates",
        summary="List alternates for a seat",
        description="The ten best other volunteers for the seat as of now, the best first.",
        methods=["GET"],
        responses=AlternateSerializer(many=True),
        filters=False,
    )
    @extend_schema(
        operation_id="approveAlternate",
        summary="Approve an alternate for a seat",
        description="Approve another volunteer instead of the one who was proposed.",
        methods=["POST"],
        request=AlternateInput,
        responses={201: MatchSerializer},
        filters=False,
    )
    @action(detail=True, methods=["get", "post"], pagination_class=OnePagePagination)
    def alternates(self, request: Request, id: UUID) -> Response:
        """List the ten best other volunteers as of now, or approve one of them instead of the one proposed."""
        match = self.get_object()
        seat, besides = match.seat, [match.volunteer_id, *reviewer_profile_ids(get_current_user(request))]
        if request.method == "GET":
            alternates = find_alternates(seat, policy=get_active_policy(), at=timezone.now(), most=10, besides=besides)
            return respond_with_list(self, alternates, AlternateSerializer)
        sent = AlternateInput(data=request.data)
        sent.require_valid()
        message, volunteer_id = _("There is no such volunteer."), sent.validated_data["volunteer"]
        volunteer = find_named(Volunteer.objects.all(), volunteer_id, field="volunteer", message=message)
        approved = approve_alternate(actor=get_current_user(request), seat=seat, volunteer=volunteer, at=timezone.now())
        return Response(MatchSerializer(approved).data, status=status.HTTP_201_CREATED)
