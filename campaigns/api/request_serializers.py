"""What the API of requests reads and writes."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from campaigns.fill_counts import attach_fill_counts
from campaigns.member_queries import list_memberships
from campaigns.models import Campaign, Request, Role
from core.api.current_user import get_current_user
from core.api.quick_reading import QuickReadMixin
from core.api.serializers import OptionalChoiceField, WindowSerializer, render_windows
from core.enums import VettingArea
from core.privacy.contact_fields import ContactField


class FillCountsSerializer(QuickReadMixin):
    """How far the open seats are filled."""

    seat_count = serializers.IntegerField(source="fill.seat_count", read_only=True, help_text="The open seats.")
    filled_count = serializers.IntegerField(
        source="fill.filled_count", read_only=True, help_text="Seats of people who have said yes."
    )
    offered_count = serializers.IntegerField(
        source="fill.offered_count", read_only=True, help_text="Seats for which somebody is asked."
    )
    empty_count = serializers.IntegerField(
        source="fill.empty_count", read_only=True, help_text="Seats that nobody has, and nobody is asked for."
    )
    in_review_count = serializers.IntegerField(
        source="fill.in_review_count",
        read_only=True,
        allow_null=True,
        help_text="Of the empty seats, those with a proposal. For reviewers; null for the campaign.",
    )


NO_ID = UUID(int=0)
FILL_FIELDS = ["seat_count", "filled_count", "offered_count", "empty_count", "in_review_count"]


class RoleSerializer(FillCountsSerializer, serializers.ModelSerializer[Role]):
    """A role, and how far its open seats are filled."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    skill = serializers.CharField(source="skill.code")
    nice_to_have_skills = serializers.SlugRelatedField[Any](slug_field="code", many=True, read_only=True)
    vetted_for = OptionalChoiceField(choices=VettingArea.choices)
    hours_per_week = serializers.IntegerField()
    min_to_start = serializers.IntegerField(help_text="With fewer people it does not begin.")
    is_lead = serializers.BooleanField()
    makes_decisions = serializers.BooleanField(help_text="Takes part in the campaign's decisions.")

    class Meta:
        model = Role
        fields = [
            *["id", "name", "skill", "level", "hours_per_week", "tasks", *FILL_FIELDS, "min_to_start", "languages"],
            *["is_lead", "makes_decisions"],
            *["vetted_for", "nice_to_have_skills"],
        ]


class ChannelField(ContactField):
    """Where a request's people talk; in an emergency, how to reach the member who called: then it is a contact."""

    def get_attribute(self, instance: Request) -> str:
        """Return the channel, and record it if it is a contact; nothing once the member who called has left."""
        if not instance.emergency:
            return instance.channel
        return super().get_attribute(instance) if instance.contact_id is not None else ""


class BriefField(serializers.CharField):
    """What only people at work read; in an emergency, what happened."""

    def get_attribute(self, instance: Request) -> str:
        """Return the brief, or nothing where the serializer hides what was reported."""
        serializer: Any = self.parent
        return instance.brief if serializer.is_report_shown(instance) else ""


class RequestListSerializer(serializers.ListSerializer[Request]):
    """Several requests, whose seats are counted together."""

    def to_representation(self, data: Any) -> list[Any]:
        """Count the seats of all requests at once."""
        requests = list(data)
        attach_fill_counts(requests, reader=get_current_user(self.context["request"]))
        return super().to_representation(requests)


# In browsers `Request` is a name of its own, which a generated client would have to write around.
@extend_schema_serializer(component_name="HelpRequest")
class RequestSerializer(FillCountsSerializer, serializers.ModelSerializer[Request]):
    """A request as its campaign sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id")
    playbook = serializers.CharField(source="playbook.code", default="")
    contact = serializers.UUIDField(
        source="contact.public_id", default=None, allow_null=True, help_text="The member who answers."
    )
    brief = BriefField(
        read_only=True,
        help_text="Only people at work read it. Of an emergency its campaign gets none: others may be signed in there.",
    )
    channel = ChannelField(
        subject="contact.user_id",
        visible_if="is_report_shown",
        help_text="Where its people talk; in an emergency, for reviewers, how the caller is reached.",
    )
    work = serializers.SerializerMethodField()
    meetings = serializers.SerializerMethodField()
    roles = RoleSerializer(many=True)
    supply_estimate_url = serializers.SerializerMethodField()

    class Meta:
        model = Request
        list_serializer_class = RequestListSerializer
        fields = [
            *["id", "campaign", "state", "version", "title", "summary", "brief", "playbook", "starts_on", "ends_on"],
            *[
                "time_zone",
                "priority",
                "urgent",
                "staffing",
                "auto_confirm",
                "is_on_board",
                "work",
                "meetings",
                "roles",
            ],
            *["out_of_scope", "channel", "contact", "published_at", "terms_changed_at", "assumed"],
            "supply_estimate_url",
            *FILL_FIELDS,
        ]
        read_only_fields = fields

    def to_representation(self, request: Request) -> Any:
        """Count the seats of a request that stands alone."""
        if not hasattr(request, "fill"):
            attach_fill_counts([request], reader=get_current_user(self.context["request"]))
        return super().to_representation(request)

    def is_report_shown(self, request: Request) -> bool:
        """Return whether the caller may read what was typed.

        The report of an emergency is hidden from its own campaign, whose sessions may be in other hands.
        """
        return not request.emergency or request.campaign_id not in self._own_campaign_ids

    @cached_property
    def _own_campaign_ids(self) -> set[int]:
        user = get_current_user(self.context["request"])
        return set(list_memberships(user).values_list("campaign_id", flat=True))

    def get_supply_estimate_url(self, request: Request) -> str:
        """The path of the supply estimate; empty where there is none.

        An unverified campaign has none, nor has a request that is over.
        """
        is_over = request.state not in (Request.State.DRAFT, Request.State.PUBLISHED)
        is_verified = request.campaign.state == Campaign.State.VERIFIED
        return self._estimate_path.replace(str(NO_ID), str(request.public_id)) if is_verified and not is_over else ""

    @cached_property
    def _estimate_path(self) -> str:
        """The path for `NO_ID`: to look up that of each request takes longer than to read the request."""
        return reverse("request-supply-estimate", args=[NO_ID])

    def _windows(self, request: Request, kind: str) -> Any:
        return render_windows(window for window in request.windows.all() if window.kind == kind)

    @extend_schema_field(WindowSerializer(many=True))
    def get_work(self, request: Request) -> Any:
        """Return the work windows. Without any, work is possible at any time."""
        return self._windows(request, "work")

    @extend_schema_field(WindowSerializer(many=True))
    def get_meetings(self, request: Request) -> Any:
        """Return the meeting windows."""
        return self._windows(request, "meeting")
