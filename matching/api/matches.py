"""My matches, as a volunteer."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers

from campaigns.models import Request as CampaignRequest
from core.api.current_user import get_current_user
from core.api.permissions import OwnDataOnly
from core.api.serializers import WindowSerializer
from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.privacy.contact_logging import ContactAccessLogMixin
from matching import wording
from matching.api.filters import MyMatchFilters
from matching.api.moves import moves_field, with_moves
from matching.api.person import PersonSerializer
from matching.api.talk import Talking
from matching.models import Match
from matching.queries.lists import kick_off
from matching.queries.matches import offered_to, with_people, with_story
from matching.rules import MET, WORKING, AutoReason, State, Who, verbs


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

    @extend_schema_field(WindowSerializer(many=True))
    def get_meetings(self, request: CampaignRequest) -> Any:
        """When its people meet, on the wall clock of `time_zone`."""
        return WindowSerializer([one for one in request.windows.all() if one.kind == "meeting"], many=True).data


class KickOffSerializer(serializers.Serializer[Any]):
    """What both sides need to know on the first day."""

    scope = serializers.CharField()
    not_in_scope = serializers.CharField()
    owner = serializers.CharField(help_text="Who answers you; empty while contact is paused.")
    channel = serializers.CharField()
    first_meeting = serializers.DateTimeField(allow_null=True)
    meetings = WindowSerializer(many=True)


class MyMatchSerializer(serializers.ModelSerializer[Match]):
    """One match of mine, with what I can do about it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    role = serializers.CharField(source="seat.role.name")
    skill = serializers.CharField(source="seat.role.skill.code")
    hours = serializers.IntegerField(source="seat.role.hours", help_text="Hours a week.")
    why = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    answer_by = serializers.SerializerMethodField()
    moves = serializers.SerializerMethodField()
    request = serializers.SerializerMethodField()
    seen_by_campaign = serializers.SerializerMethodField()
    kick_off = serializers.SerializerMethodField()
    my_contact = serializers.CharField(
        source="volunteer.reach",
        help_text="How the people of the project reach me once both sides have said yes. The profile says what it is.",
    )
    contact_paused = serializers.SerializerMethodField()

    class Meta:
        model = Match
        fields = [
            *["id", "state", "version", "role", "skill", "hours", "why", "answer_by", "moves", "raced", "reason"],
            *["request", "seen_by_campaign", "kick_off", "my_contact", "contact_paused"],
        ]
        read_only_fields = fields

    def get_why(self, match: Match) -> str:
        """Why me, in one sentence."""
        return wording.why_match(match)

    def get_reason(self, match: Match) -> str:
        """Why it ended: what I said, or what happened; never what the other side thought of me."""
        mine = match.state in (State.DECLINED, State.WITHDRAWN)
        return match.reason if mine or match.reason in AutoReason.values else ""

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_answer_by(self, match: Match) -> str | None:
        """When an offer ends."""
        return match.due_at.isoformat() if match.due_at and match.state == State.OFFERED else None

    @extend_schema_field(moves_field(Who.VOLUNTEER))
    def get_moves(self, match: Match) -> list[str]:
        """What I can do now."""
        return verbs(match.state, Who.VOLUNTEER)

    @extend_schema_field(OfferedRequestSerializer)
    def get_request(self, match: Match) -> Any:
        """The project. In an emergency no campaign is named before both sides have said yes."""
        told = OfferedRequestSerializer(match.request).data
        if match.request.emergency and match.state not in MET:
            told |= {"campaign": "", "candidate": "", "party": "", "contest": ""}
        return told

    @extend_schema_field(PersonSerializer)
    def get_seen_by_campaign(self, match: Match) -> Any:
        """Exactly what the campaign sees of me once I have said yes, and before it has."""
        return PersonSerializer(match).data

    @extend_schema_field(KickOffSerializer(allow_null=True))
    def get_kick_off(self, match: Match) -> Any:
        """The kick-off card, while I work on it."""
        if match.state not in WORKING:
            return None
        card = KickOffSerializer(kick_off(match, at=timezone.now())).data
        if self.get_contact_paused(match):
            return card | {"owner": "", "channel": ""}
        if match.request.contact is not None:
            self.context["shown"].add(match.request.contact.user_id)
        return card

    def get_contact_paused(self, match: Match) -> bool:
        """Whether a report is being looked at."""
        paused: bool = match.paused  # type: ignore[attr-defined]
        return paused


@extend_schema_view(
    list=extend_schema(summary="My matches", description="From the offer on."),
    retrieve=extend_schema(summary="A match of mine"),
)
@extend_schema(tags=["me"])
@with_moves(Who.VOLUNTEER)
class MyMatchViewSet(ContactAccessLogMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, Talking):
    """Offers that were made to the caller, and what became of them."""

    permission_classes = [OwnDataOnly]
    shown_at = AccessPoint.MATCH
    serializer_class = MyMatchSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = MyMatchFilters
    queryset = Match.objects.none()

    def shown_as(self, user: User) -> ViewerKind:
        """As a volunteer."""
        return ViewerKind.VOLUNTEER

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Those of the caller."""
        return with_people(with_story(offered_to(get_current_user(self.request))))
