"""Proposals, for reviewers."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.caller import caller
from core.api.permissions import IsReviewer
from matching import wording
from matching.actions.review import approve, reject
from matching.models import Match
from matching.queries.matches import visible_to, with_story
from matching.rules import RejectReason, Who, verbs


class MatchSerializer(serializers.ModelSerializer[Match]):
    """A match as a reviewer sees it: who, where, why, and what can be done about it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    run = serializers.UUIDField(source="run.public_id", default=None)
    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    role = serializers.CharField(source="seat.role.name")
    skill = serializers.CharField(source="seat.role.skill.code")
    request = serializers.UUIDField(source="request.public_id")
    title = serializers.CharField(source="request.title")
    campaign = serializers.CharField(source="request.campaign.name")
    parts = serializers.DictField(child=serializers.IntegerField(), help_text="They sum to the score.")
    why = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()

    class Meta:
        model = Match
        fields = [
            *["id", "state", "version", "run", "volunteer", "name", "role", "skill", "request", "title", "campaign"],
            *["score", "parts", "why", "reason", "note", "proposed_at", "moved_at", "due_at", "moves"],
        ]
        read_only_fields = fields

    def get_why(self, match: Match) -> str:
        """Why this person for this place, in one sentence."""
        return wording.why_match(match)

    def get_moves(self, match: Match) -> list[str]:
        """What a reviewer can do now."""
        return verbs(match.state, Who.REVIEWER)


class ApproveInput(serializers.Serializer[Match]):
    """The version that was looked at; a stale one is refused."""

    version = serializers.IntegerField(required=False)


class RejectInput(ApproveInput):
    """Why not."""

    reason = serializers.ChoiceField(choices=RejectReason.choices)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


@extend_schema_view(
    list=extend_schema(summary="Matches", description="Reviewers only."),
    retrieve=extend_schema(summary="A match", description="Reviewers only."),
)
@extend_schema(tags=["review"])
class MatchViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Match]):
    """All matches, and a reviewer's moves."""

    permission_classes = [IsReviewer]
    serializer_class = MatchSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_fields = ["state", "run__public_id"]
    queryset = Match.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that the caller may see."""
        return with_story(visible_to(caller(self.request)))

    @extend_schema(summary="Approve a proposal", request=ApproveInput)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, id: UUID) -> Response:
        """Offers it, or waits for the rest of its team."""
        sent = ApproveInput(data=request.data)
        sent.is_valid(raise_exception=True)
        approve(actor=caller(request), match=self.get_object(), at=timezone.now(), **sent.validated_data)
        return self.retrieve(request)

    @extend_schema(summary="Reject a proposal", request=RejectInput)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, id: UUID) -> Response:
        """Says not this time, with a reason."""
        sent = RejectInput(data=request.data)
        sent.is_valid(raise_exception=True)
        reject(actor=caller(request), match=self.get_object(), at=timezone.now(), **sent.validated_data)
        return self.retrieve(request)
