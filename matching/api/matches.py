"""My matches, as a volunteer."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from campaigns.models import Request as CampaignRequest
from core.api.caller import caller
from core.api.fields import WindowSerializer
from matching import wording
from matching.actions.answer import accept, decline
from matching.models import Match
from matching.queries.matches import offered_to, with_story
from matching.rules import DeclineReason, State, Who, verbs


class OfferedRequestSerializer(serializers.ModelSerializer[CampaignRequest]):
    """What a volunteer sees of a request from the offer on. The brief is confidential until the match is active."""

    campaign = serializers.CharField(source="campaign.name")
    candidate = serializers.CharField(source="campaign.candidate.name")
    party = serializers.CharField(source="campaign.candidate.party.name", default="")
    contest = serializers.CharField(source="campaign.candidate.contest")
    meetings = serializers.SerializerMethodField()

    class Meta:
        model = CampaignRequest
        fields = [
            *["title", "summary", "campaign", "candidate", "party", "contest", "starts_on", "ends_on", "time_zone"],
            "meetings",
        ]

    def get_meetings(self, request: CampaignRequest) -> Any:
        """When its people meet, on the wall clock of `time_zone`."""
        return WindowSerializer([one for one in request.windows.all() if one.kind == "meeting"], many=True).data


class MyMatchSerializer(serializers.ModelSerializer[Match]):
    """One match of mine, with what I can do about it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    role = serializers.CharField(source="seat.role.name")
    skill = serializers.CharField(source="seat.role.skill.code")
    hours = serializers.IntegerField(source="seat.role.hours", help_text="Hours a week.")
    why = serializers.SerializerMethodField()
    answer_by = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()
    request = OfferedRequestSerializer()

    class Meta:
        model = Match
        fields = ["id", "state", "role", "skill", "hours", "why", "answer_by", "moves", "request"]
        read_only_fields = fields

    def get_why(self, match: Match) -> str:
        """Why me, in one sentence."""
        return wording.why_match(match)

    def get_answer_by(self, match: Match) -> str | None:
        """When an offer ends."""
        return match.due_at.isoformat() if match.due_at and match.state == State.OFFERED else None

    def get_moves(self, match: Match) -> list[str]:
        """What I can do now."""
        return verbs(match.state, Who.VOLUNTEER)


class DeclineInput(serializers.Serializer[Match]):
    """Why not. Nobody has to say."""

    reason = serializers.ChoiceField(choices=DeclineReason.choices, required=False, allow_blank=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)


@extend_schema_view(
    list=extend_schema(summary="My matches", description="From the offer on."),
    retrieve=extend_schema(summary="A match of mine"),
)
@extend_schema(tags=["me"])
class MyMatchViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Match]):
    """Offers that were made to the caller, and what became of them."""

    serializer_class = MyMatchSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_fields = ["state"]
    queryset = Match.objects.none()

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those of the caller."""
        return with_story(offered_to(caller(self.request))).prefetch_related("request__windows")

    @extend_schema(summary="Accept an offer", request=None)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, id: UUID) -> Response:
        """Says yes."""
        accept(actor=caller(request), match=self.get_object(), at=timezone.now())
        return self.retrieve(request)

    @extend_schema(summary="Decline an offer", request=DeclineInput)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, id: UUID) -> Response:
        """Says no; a reason is optional."""
        sent = DeclineInput(data=request.data)
        sent.is_valid(raise_exception=True)
        decline(actor=caller(request), match=self.get_object(), at=timezone.now(), **sent.validated_data)
        return self.retrieve(request)
