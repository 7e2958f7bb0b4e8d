"""The caller's own matches, as a volunteer."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers

from campaigns.models import Request as CampaignRequest
from core.api.current_user import get_current_user
from core.api.pagination import StableCursorPagination
from core.api.permissions import OwnDataOnly
from core.api.quick_reading import QuickReadMixin
from core.api.serializers import WindowSerializer, render_nested, render_windows
from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.privacy.contact_fields import ContactField
from core.privacy.contact_logging import ContactAccessLogMixin
from matching.api.filters import MyMatchFilters
from matching.api.match_actions import build_actions_field, with_match_actions
from matching.api.match_conversation import MatchConversationViewSet
from matching.api.match_conversation_serializers import ChecklistLineSerializer
from matching.api.match_fields import VOLUNTEER_REASON_SCHEMA
from matching.api.volunteers_by_stage import NamedVolunteerSerializer
from matching.lifecycle import explanations
from matching.lifecycle.queries.campaign_names import choose_shown_time_zone, is_campaign_named
from matching.lifecycle.queries.checklists import build_kick_off_card
from matching.lifecycle.queries.matches import matches_offered_to, with_offer_columns
from matching.lifecycle.queries.message_access import THREAD_SHOWN, list_messages_to_volunteer
from matching.models import Match, Message
from matching.rules.reasons import AutomaticReason, find_reason_label
from matching.rules.states import STATES_CONTACT_SHARED, VOLUNTEERS_MATCH_CHOICES, MatchState
from matching.rules.transitions import ActorKind, available_actions


class OfferedRequestSerializer(QuickReadMixin, serializers.ModelSerializer[CampaignRequest]):
    """A request as a volunteer sees it from the offer on. The brief is confidential until the match is active."""

    id = serializers.UUIDField(
        source="public_id",
        help_text="Its team is at `/requests/{id}/team` while the match is active or closing; before and after, "
        "that is a 404.",
    )
    title = serializers.CharField(source="shown_title")
    summary = serializers.CharField(source="shown_summary")
    campaign_id = serializers.UUIDField(
        source="campaign.public_id", allow_null=True, help_text="Null while an emergency hides the campaign."
    )
    campaign = serializers.CharField(source="campaign.name")
    candidate = serializers.CharField(source="campaign.candidate.name")
    party = serializers.CharField(source="campaign.candidate.party.name", default="")
    contest = serializers.CharField(source="campaign.candidate.contest")
    meetings = serializers.SerializerMethodField()

    class Meta:
        model = CampaignRequest
        fields = [
            *[
                "id",
                "title",
                "summary",
                "campaign_id",
                "campaign",
                "candidate",
                "party",
                "contest",
                "starts_on",
                "ends_on",
                "time_zone",
            ],
            "meetings",
        ]

    @extend_schema_field(WindowSerializer(many=True))
    def get_meetings(self, request: CampaignRequest) -> Any:
        """When its people meet, on the wall clock of `time_zone`."""
        return render_windows(window for window in request.windows.all() if window.kind == "meeting")


class KickOffSerializer(QuickReadMixin):
    """The card that both sides need on the first day."""

    scope = serializers.CharField()
    out_of_scope = serializers.CharField()
    owner = ContactField(
        subject="owner_account", help_text="The address of who answers you; empty while contact is paused."
    )
    owner_first_name = serializers.CharField(
        help_text="The first name of who answers you; empty while contact is paused, and of an account without one."
    )
    channel = serializers.CharField(help_text="Where the work is talked about; empty while contact is paused.")
    first_meeting = serializers.DateTimeField(allow_null=True)
    meetings = WindowSerializer(many=True)
    checklists = ChecklistLineSerializer(many=True, help_text="The lines of both checklists.")


class MyMatchSerializer(QuickReadMixin, serializers.ModelSerializer[Match]):
    """One match of mine, with what I can do about it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    state = serializers.ChoiceField(choices=VOLUNTEERS_MATCH_CHOICES)
    role_id = serializers.UUIDField(source="seat.role.public_id")
    role = serializers.CharField(source="seat.role.shown_name")
    skill = serializers.CharField(source="seat.role.skill.code")
    hours_per_week = serializers.IntegerField(source="seat.role.hours_per_week")
    tasks = serializers.CharField(source="seat.role.shown_tasks")
    explanation = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    reason_label = serializers.SerializerMethodField()
    answer_due_at = serializers.SerializerMethodField()
    available_actions = serializers.SerializerMethodField()
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
            *[
                "id",
                "state",
                "version",
                "role_id",
                "role",
                "skill",
                "hours_per_week",
                "tasks",
                "explanation",
                "answer_due_at",
                "available_actions",
                "is_broadcast",
                "reason",
                "reason_label",
            ],
            *["request", "seen_by_campaign", "kick_off", "my_contact", "contact_paused"],
        ]
        read_only_fields = fields

    def get_explanation(self, match: Match) -> str:
        """Why this was offered to me, in one sentence."""
        return explanations.explain_match(match, names_campaign=is_campaign_named(match))

    @extend_schema_field(VOLUNTEER_REASON_SCHEMA)
    def get_reason(self, match: Match) -> str | None:
        """Why it ended: the reason that I gave, or what happened. The other side's reasons are left out."""
        is_own_reason = match.state in (MatchState.DECLINED, MatchState.WITHDRAWN)
        return (match.reason or None) if is_own_reason or match.reason in AutomaticReason.values else None

    def get_reason_label(self, match: Match) -> str | None:
        """The reason in words, to be shown; null without one."""
        return find_reason_label(match.state, self.get_reason(match), reader=ViewerKind.VOLUNTEER)

    def get_answer_due_at(self, match: Match) -> datetime | None:
        """Until when an answer is due: mine to an offer, and the campaign's after my yes.

        While a team is not complete yet, it is the end of the wait for it. Null in other states.
        """
        return match.due_at if match.state in (MatchState.OFFERED, MatchState.ACCEPTED) else None

    @extend_schema_field(build_actions_field(ActorKind.VOLUNTEER))
    def get_available_actions(self, match: Match) -> list[str]:
        """The actions that I can take now."""
        return available_actions(match.state, ActorKind.VOLUNTEER, has_open_report=self.get_contact_paused(match))

    @extend_schema_field(OfferedRequestSerializer)
    def get_request(self, match: Match) -> Any:
        """The project. In an emergency the campaign is hidden until both sides have said yes."""
        shown_request = render_nested(self, OfferedRequestSerializer, match.request)
        if not is_campaign_named(match):
            shown_request |= {"campaign_id": None, "campaign": "", "candidate": "", "party": "", "contest": ""}
            shown_request["time_zone"] = choose_shown_time_zone(match)
        return shown_request

    @extend_schema_field(NamedVolunteerSerializer)
    def get_seen_by_campaign(self, match: Match) -> Any:
        """My profile as the campaign sees it after I have accepted and before it has confirmed."""
        return render_nested(self, NamedVolunteerSerializer, match)

    @extend_schema_field(KickOffSerializer(allow_null=True))
    def get_kick_off(self, match: Match) -> Any:
        """The kick-off card, while I work on it."""
        if match.state not in STATES_CONTACT_SHARED:
            return None
        card = build_kick_off_card(match, at=timezone.now())
        if self.get_contact_paused(match):
            card = replace(card, owner="", owner_first_name="", channel="")
        return render_nested(self, KickOffSerializer, card)

    def get_contact_paused(self, match: Match) -> bool:
        """Whether contact is paused because of a problem report."""
        paused: bool = match.paused  # type: ignore[attr-defined]
        return paused


class MyMatchPagination(StableCursorPagination):
    """Pages of 10 rows: each has the project, the profile that the campaign sees and, at work, the kick-off card."""

    page_size = 10


@extend_schema_view(
    list=extend_schema(summary="List my matches", description="From the offer on, 10 on a page."),
    retrieve=extend_schema(summary="Get one of my matches"),
)
@extend_schema(tags=["me"])
@with_match_actions(ActorKind.VOLUNTEER)
class MyMatchViewSet(ContactAccessLogMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, MatchConversationViewSet):
    """The offers to the caller, and the matches that followed."""

    permission_classes = [OwnDataOnly]
    access_point = AccessPoint.MATCH
    serializer_class = MyMatchSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = MyMatchFilters
    pagination_class = MyMatchPagination
    queryset = Match.objects.none()

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """Return that the caller reads as a volunteer."""
        return ViewerKind.VOLUNTEER

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the caller's matches from the offer on; of messages, those whose thread they may read."""
        matches = matches_offered_to(get_current_user(self.request))
        if self.action == "messages":
            return matches.filter(THREAD_SHOWN)
        return with_offer_columns(matches) if self.shows_match else matches

    def list_messages(self, match: Match) -> "QuerySet[Message]":
        """Return the messages that the volunteer may read."""
        return list_messages_to_volunteer(match)
