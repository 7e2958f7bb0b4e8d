"""Proposals, for reviewers."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.permissions import IsReviewer
from core.api.current_user import get_current_user
from core.api.serializers import StrictSerializer
from core.errors import NotFound
from matching import wording
from matching.actions.review import choose
from matching.actions.talk import handle_report
from matching.api.filters import MatchFilters, ReportFilters
from matching.api.moves import moves_field, with_moves
from matching.api.talk import Talking
from matching.models import Match, Report
from matching.queries.alternates import alternates
from matching.queries.matches import active_policy, reports_visible_to, visible_to, with_story
from matching.rules import Who, verbs
from volunteers.models import Volunteer


class MatchSerializer(serializers.ModelSerializer[Match]):
    """A match as a reviewer sees it: who, where, why, and what can be done about it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    run = serializers.UUIDField(source="run.public_id", default=None, allow_null=True)
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
            *["score", "parts", "why", "reason", "note", "proposed_at", "moved_at", "due_at", "escalated_at"],
            *["raced", "moves"],
        ]
        read_only_fields = fields

    def get_why(self, match: Match) -> str:
        """Why this person for this place, in one sentence."""
        return wording.why_match(match)

    @extend_schema_field(moves_field(Who.REVIEWER))
    def get_moves(self, match: Match) -> list[str]:
        """What a reviewer can do now."""
        return verbs(match.state, Who.REVIEWER)


class AlternateSerializer(serializers.Serializer[Any]):
    """Somebody who fits; the parts sum to the score."""

    volunteer = serializers.UUIDField(source="volunteer.public_id")
    name = serializers.CharField(source="volunteer")
    parts = serializers.DictField(child=serializers.IntegerField())


class ChoiceInput(StrictSerializer):
    """Who is to take the place."""

    volunteer = serializers.UUIDField()


@extend_schema_view(
    list=extend_schema(summary="Matches", description="Reviewers only; whose volunteer waits longest is first."),
    retrieve=extend_schema(summary="A match", description="Reviewers only."),
)
@extend_schema(tags=["review"])
@with_moves(Who.REVIEWER)
class MatchViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Talking):
    """All matches, and a reviewer's moves."""

    permission_classes = [IsReviewer]
    serializer_class = MatchSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = MatchFilters
    orderings = ("score", "proposed_at", "moved_at", "waiting_since")
    queryset = Match.objects.none()
    pages_by = ("waiting_since", "id")

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that the caller may see."""
        return with_story(visible_to(get_current_user(self.request))).annotate(waiting_since=F("volunteer__raised_at"))

    @extend_schema(
        summary="Who else could take this place",
        methods=["GET"],
        responses=AlternateSerializer(many=True),
        filters=False,
    )
    @extend_schema(
        summary="Take somebody else for this place",
        methods=["POST"],
        request=ChoiceInput,
        responses={201: MatchSerializer},
        filters=False,
    )
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def alternates(self, request: Request, id: UUID) -> Response:
        """The best ten besides, as things stand; or approves one of them instead of whom the run proposed."""
        match = self.get_object()
        seat, besides = match.seat, [match.volunteer_id]
        if request.method == "GET":
            found = alternates(seat, policy=active_policy(), at=timezone.now(), most=10, besides=besides)
            return Response(AlternateSerializer(found, many=True).data)
        sent = ChoiceInput(data=request.data)
        sent.is_valid(raise_exception=True)
        volunteer = Volunteer.objects.filter(public_id=sent.validated_data["volunteer"]).first()
        if volunteer is None:
            raise NotFound("There is no such volunteer.", field="volunteer")
        made = choose(actor=get_current_user(request), seat=seat, volunteer=volunteer, at=timezone.now())
        again = with_story(visible_to(get_current_user(request))).get(pk=made.pk)
        return Response(MatchSerializer(again).data, status=status.HTTP_201_CREATED)


class ReviewedReportSerializer(serializers.ModelSerializer[Report]):
    """A report as a reviewer sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    match = serializers.UUIDField(source="match.public_id")

    class Meta:
        model = Report
        fields = ["id", "match", "side", "problem", "text", "reported_at", "due_at", "handled_at", "outcome"]
        read_only_fields = fields


class OutcomeInput(StrictSerializer):
    """What was found and done."""

    outcome = serializers.CharField(max_length=2000)


@extend_schema_view(
    list=extend_schema(summary="Reports", description="Reviewers only; the most urgent first."),
    retrieve=extend_schema(summary="A report", description="Reviewers only."),
)
@extend_schema(tags=["review"])
class ReportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Report]):
    """Problems that were reported."""

    permission_classes = [IsReviewer]
    serializer_class = ReviewedReportSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    pages_by = ("due_at", "id")
    filterset_class = ReportFilters
    orderings = ("due_at", "reported_at")
    queryset = Report.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those that concern no contest of the caller's own."""
        return reports_visible_to(get_current_user(self.request))

    @extend_schema(summary="Close a report", request=OutcomeInput)
    @action(detail=True, methods=["post"])
    def handle(self, request: Request, id: UUID) -> Response:
        """Contact goes on; whoever reported is told that somebody has looked."""
        sent = OutcomeInput(data=request.data)
        sent.is_valid(raise_exception=True)
        handle_report(
            actor=get_current_user(request), report=self.get_object(), at=timezone.now(), **sent.validated_data
        )
        return self.retrieve(request)
