"""The placements of the caller's campaigns: volunteers from the offer on."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers

from core.api.current_user import get_current_user
from core.api.quick_reading import QuickReadMixin
from core.api.serializers import render_nested
from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.privacy.contact_fields import ContactField
from core.privacy.contact_logging import ContactAccessLogMixin
from matching.api.filters import PlacementFilters
from matching.api.match_actions import build_actions_field, with_match_actions
from matching.api.match_conversation import MatchConversationViewSet
from matching.api.volunteers_by_stage import AnonymousVolunteerSerializer, NamedVolunteerSerializer
from matching.lifecycle.queries.matches import placements_visible_to, with_list_columns, with_people_columns
from matching.models import Match
from matching.rules.states import PLACEMENT_CHOICES, STATES_BOTH_SIDES_KNOW, STATES_CONTACT_SHARED, MatchState
from matching.rules.transitions import ActorKind, available_actions

VOLUNTEER_BY_STAGE = PolymorphicProxySerializer(
    component_name="PersonByStage",
    serializers=[NamedVolunteerSerializer, AnonymousVolunteerSerializer],
    resource_type_field_name=None,
)


class PlacementSerializer(QuickReadMixin, serializers.ModelSerializer[Match]):
    """A volunteer who got an offer of ours, with what we can do about it.

    Before they accept, only their skills are shown, not their name. Contact is shown while they work for us.
    """

    id = serializers.UUIDField(source="public_id", read_only=True)
    state = serializers.ChoiceField(choices=PLACEMENT_CHOICES)
    campaign_id = serializers.UUIDField(source="request.campaign.public_id")
    request = serializers.UUIDField(source="request.public_id")
    title = serializers.CharField(source="request.shown_title")
    role_id = serializers.UUIDField(source="seat.role.public_id")
    role = serializers.CharField(source="seat.role.shown_name")
    seat_id = serializers.UUIDField(source="seat.public_id")
    hours_per_week = serializers.IntegerField(source="seat.role.hours_per_week")
    answer_due_at = serializers.SerializerMethodField()
    volunteer = serializers.SerializerMethodField()
    contact = ContactField(
        source="volunteer.reach",
        subject="volunteer.user_id",
        visible_if="is_contact_visible",
        help_text="How to reach them: while they work for us, and no report is being looked at.",
    )
    contact_paused = serializers.SerializerMethodField()
    available_actions = serializers.SerializerMethodField()

    class Meta:
        model = Match
        fields = [
            *[
                "id",
                "state",
                "version",
                "campaign_id",
                "request",
                "title",
                "role_id",
                "role",
                "seat_id",
                "hours_per_week",
                "answer_due_at",
                "volunteer",
                "contact",
            ],
            *["contact_paused", "available_actions"],
        ]
        read_only_fields = fields

    def get_answer_due_at(self, match: Match) -> datetime | None:
        """Until when we have to answer."""
        return match.due_at if match.state == MatchState.ACCEPTED else None

    @extend_schema_field(VOLUNTEER_BY_STAGE)
    def get_volunteer(self, match: Match) -> Any:
        """The volunteer; before they accept, only their skills."""
        is_named = match.state in STATES_BOTH_SIDES_KNOW
        return render_nested(self, NamedVolunteerSerializer if is_named else AnonymousVolunteerSerializer, match)

    def is_contact_visible(self, match: Match) -> bool:
        """Return whether both sides may reach each other now."""
        return match.state in STATES_CONTACT_SHARED and not self.get_contact_paused(match)

    def get_contact_paused(self, match: Match) -> bool:
        """Whether contact is paused because of a problem report."""
        paused: bool = match.paused  # type: ignore[attr-defined]
        return paused

    @extend_schema_field(build_actions_field(ActorKind.CAMPAIGN))
    def get_available_actions(self, match: Match) -> list[str]:
        """The actions that we can take now."""
        return available_actions(
            match.state,
            ActorKind.CAMPAIGN,
            has_open_report=self.get_contact_paused(match),
            in_emergency=match.request.emergency,
        )


@extend_schema_view(
    list=extend_schema(
        summary="List placements", description="People who were asked for campaigns that I act for, by stage."
    ),
    retrieve=extend_schema(summary="Get a placement"),
)
@extend_schema(tags=["campaigns"])
@with_match_actions(ActorKind.CAMPAIGN)
class PlacementViewSet(
    ContactAccessLogMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, MatchConversationViewSet
):
    """Matches as a campaign sees them."""

    access_point = AccessPoint.PLACEMENT
    serializer_class = PlacementSerializer
    lookup_field = "public_id"
    lookup_url_kwarg = "id"
    lookup_value_converter = "uuid"
    filterset_class = PlacementFilters
    queryset = Match.objects.none()

    def get_viewer_kind(self, user: User) -> ViewerKind:
        """Return that the caller reads as a member of the campaign."""
        return ViewerKind.CAMPAIGN

    def get_queryset(self):  # type: ignore[no-untyped-def]
        """Return the placements of the caller's campaigns; for a problem report, also those that have ended."""
        user = get_current_user(self.request)
        is_about_reports = self.action in ("report_problem", "problem_reports")
        placements = placements_visible_to(user, ended=is_about_reports)
        return with_people_columns(with_list_columns(placements)) if self.shows_match else placements
