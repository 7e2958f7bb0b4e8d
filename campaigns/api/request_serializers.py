"""What the API of requests reads and writes."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from campaigns import queries
from campaigns.draft_rules import (
    MAX_HOURS_PER_WEEK,
    MAX_LANGUAGES_PER_ROLE,
    MAX_NICE_SKILLS_PER_ROLE,
    MAX_ROLES_PER_REQUEST,
    MAX_SEATS_PER_ROLE,
    RequestChange,
    RequestDraft,
    RoleDraft,
)
from campaigns.fill_counts import attach_fill_counts
from campaigns.models import Campaign, Request, Role
from campaigns.models.playbook import Staffing
from core.api.current_user import get_current_user
from core.api.serializers import (
    MAX_CODE_LENGTH,
    MAX_TIME_ZONE_LENGTH,
    DayField,
    OptionalChoiceField,
    StrictSerializer,
    VersionField,
    VersionInput,
    WindowSerializer,
    bounded_list,
    render_windows,
)
from core.enums import VettingArea
from core.models import User
from core.privacy.contact_fields import ContactField
from core.week_mask import MAX_WEEKLY_WINDOWS, Window


class FillCountsSerializer(serializers.Serializer[Any]):
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
            *["id", "name", "skill", "level", "hours_per_week", *FILL_FIELDS, "min_to_start", "languages"],
            *["is_lead", "makes_decisions"],
            *["vetted_for", "nice_to_have_skills"],
        ]


class ChannelField(ContactField):
    """Where a request's people talk; in an emergency, how to reach the member who called: then it is a contact."""

    def get_attribute(self, instance: Request) -> str:
        """Return the channel, and record it if it is a contact."""
        is_contact = instance.emergency and instance.contact is not None
        return super().get_attribute(instance) if is_contact else instance.channel


class RequestListSerializer(serializers.ListSerializer[Request]):
    """Several requests, whose seats are counted together."""

    def to_representation(self, data: Any) -> list[Any]:
        """Count the seats of all requests at once."""
        requests = list(data)
        attach_fill_counts(requests, reader=get_current_user(self.context["request"]))
        return super().to_representation(requests)


class RequestSerializer(FillCountsSerializer, serializers.ModelSerializer[Request]):
    """A request as its campaign sees it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    campaign = serializers.UUIDField(source="campaign.public_id")
    playbook = serializers.CharField(source="playbook.code", default="")
    contact = serializers.UUIDField(
        source="contact.public_id", default=None, allow_null=True, help_text="The member who answers."
    )
    channel = ChannelField(
        subject="contact.user_id",
        help_text="Where its people talk; in an emergency, how whoever called is reached.",
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

    def get_supply_estimate_url(self, request: Request) -> str:
        """Return the path of the supply estimate, or "" when there is none.

        An unverified campaign has none, nor has a request that is over.
        """
        is_over = request.state not in (Request.State.DRAFT, Request.State.PUBLISHED)
        is_verified = request.campaign.state == Campaign.State.VERIFIED
        return reverse("request-supply-estimate", args=[request.public_id]) if is_verified and not is_over else ""

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


def build_windows(values: list[dict[str, Any]]) -> list[Window]:
    """Return the windows of the payload."""
    return [Window(**window) for window in values]


class RoleTermsInput(StrictSerializer):
    """Fields of a role that may be left out, and amended one by one."""

    level = serializers.IntegerField(min_value=1, max_value=5, required=False)
    min_to_start = serializers.IntegerField(min_value=0, max_value=MAX_SEATS_PER_ROLE, required=False)
    is_lead = serializers.BooleanField(required=False)
    makes_decisions = serializers.BooleanField(required=False)
    vetted_for = OptionalChoiceField(choices=VettingArea.choices, required=False)
    languages = serializers.ListField(
        child=serializers.CharField(max_length=10), required=False, max_length=MAX_LANGUAGES_PER_ROLE
    )
    nice_to_have_skills = serializers.ListField(
        child=serializers.SlugField(max_length=MAX_CODE_LENGTH), required=False, max_length=MAX_NICE_SKILLS_PER_ROLE
    )


class RoleInput(RoleTermsInput):
    """A role to ask for."""

    name = serializers.CharField(max_length=80)
    skill = serializers.SlugField(max_length=MAX_CODE_LENGTH)
    hours_per_week = serializers.IntegerField(min_value=1, max_value=MAX_HOURS_PER_WEEK)
    seat_count = serializers.IntegerField(min_value=1, max_value=MAX_SEATS_PER_ROLE, required=False)


class NewRoleInput(RoleInput, VersionInput):
    """A role to add to an existing request."""

    def draft(self) -> tuple[RoleDraft, int | None]:
        """Return the role, and the version of the request that it was based on."""
        fields = dict(self.validated_data)
        version = fields.pop("version", None)
        return RoleDraft(**fields), version


class RequestDraftInput(StrictSerializer):
    """A request to draft. What is left out comes from the playbook."""

    title = serializers.CharField(max_length=160)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    brief = serializers.CharField(max_length=10000, required=False, allow_blank=True)
    playbook = serializers.SlugField(max_length=MAX_CODE_LENGTH, required=False, allow_blank=True)
    starts_on = DayField()
    ends_on = DayField(required=False)
    time_zone = serializers.CharField(max_length=MAX_TIME_ZONE_LENGTH, required=False)
    priority = serializers.IntegerField(min_value=1, max_value=5, required=False)
    urgent = serializers.BooleanField(required=False)
    staffing = serializers.ChoiceField(choices=Staffing.choices, required=False)
    auto_confirm = serializers.BooleanField(required=False)
    is_on_board = serializers.BooleanField(required=False)
    out_of_scope = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    channel = serializers.CharField(max_length=200, required=False, allow_blank=True)
    work = bounded_list(WindowSerializer, MAX_WEEKLY_WINDOWS, required=False)
    meetings = bounded_list(WindowSerializer, MAX_WEEKLY_WINDOWS, required=False)
    roles = bounded_list(RoleInput, MAX_ROLES_PER_REQUEST, required=False)
    version = VersionField(help_text="When changing: the version that you changed.")

    def draft(self) -> tuple[RequestDraft, int | None]:
        """Return the draft, and the version that it was based on."""
        fields = {name: value for name, value in self.validated_data.items() if name != "campaign"}
        version = fields.pop("version", None)
        for name in ("work", "meetings"):
            fields[name] = build_windows(fields.get(name, []))
        fields["roles"] = [RoleDraft(**role) for role in fields.get("roles", [])]
        return RequestDraft(**fields), version


class NewRequestInput(RequestDraftInput):
    """A request to draft for a campaign. There is no version yet."""

    campaign = serializers.UUIDField()
    version = None  # type: ignore[assignment]

    def find_campaign(self, user: User) -> Campaign | None:
        """Return the campaign with its contest, if the user may see it."""
        campaigns = queries.visible_to(user).select_related("candidate__contest")
        return campaigns.filter(public_id=self.validated_data["campaign"]).first()


class AmendRequestInput(VersionInput):
    """Fields of a request to change; what is left out stays as it is."""

    title = serializers.CharField(max_length=160, required=False)
    summary = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    brief = serializers.CharField(max_length=10000, required=False, allow_blank=True)
    out_of_scope = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    channel = serializers.CharField(max_length=200, required=False, allow_blank=True)
    contact = serializers.UUIDField(required=False, help_text="A member: a manager or one of the staff.")
    priority = serializers.IntegerField(min_value=1, max_value=5, required=False)
    is_on_board = serializers.BooleanField(required=False)
    starts_on = DayField(required=False)
    ends_on = DayField(required=False)
    time_zone = serializers.CharField(max_length=MAX_TIME_ZONE_LENGTH, required=False)
    work = bounded_list(WindowSerializer, MAX_WEEKLY_WINDOWS, required=False)
    meetings = bounded_list(WindowSerializer, MAX_WEEKLY_WINDOWS, required=False)

    def change(self) -> tuple[RequestChange, int | None]:
        """Return the change, and the version that it was based on."""
        fields = dict(self.validated_data)
        version = fields.pop("version", None)
        for name in ("work", "meetings"):
            if name in fields:
                fields[name] = build_windows(fields[name])
        return RequestChange(**fields), version


class ReduceSeatsInput(VersionInput):
    """The number of seats that a role keeps."""

    role = serializers.UUIDField()
    seat_count = serializers.IntegerField(min_value=0, max_value=MAX_SEATS_PER_ROLE)
