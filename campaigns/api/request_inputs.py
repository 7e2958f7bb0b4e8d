"""What the API of requests takes."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from campaigns import queries
from campaigns.actions.request_contacts import check_contact_member
from campaigns.change_rules import RequestChange
from campaigns.draft_rules import (
    MAX_HOURS_PER_WEEK,
    MAX_LANGUAGES_PER_ROLE,
    MAX_NICE_SKILLS_PER_ROLE,
    MAX_ROLES_PER_REQUEST,
    MAX_SEATS_PER_ROLE,
    MAX_TASKS_LENGTH,
    RequestDraft,
    RoleDraft,
)
from campaigns.models import Campaign, Request, Role
from campaigns.models.playbook import Staffing
from core.accounts.api.conduct import ConductInput
from core.api.references import find_named
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
)
from core.enums import VettingArea
from core.errors import NotFound
from core.field_errors import FieldErrors
from core.models import User
from core.week_mask import MAX_WEEKLY_WINDOWS, Window


def build_windows(values: list[dict[str, Any]]) -> list[Window]:
    """Return the windows of the payload."""
    return [Window(**window) for window in values]


class RoleTermsInput(StrictSerializer):
    """Fields of a role that may be left out, and amended one by one."""

    tasks = serializers.CharField(max_length=MAX_TASKS_LENGTH, required=False, allow_blank=True)
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

    def find_campaign(self, user: User) -> Campaign:
        """Return the campaign with its contest, if the user may see it. Raises NotFound."""
        campaigns = queries.visible_to(user).select_related("candidate__contest")
        message = _("There is no such campaign. Check its id.")
        return find_named(campaigns, self.validated_data["campaign"], field="campaign", message=message)

    def judge(self, user: User, check: Callable[..., object]) -> Campaign:
        """Return the campaign, if it exists and `check` finds nothing wrong with the draft for it.

        `check` is `resolve_draft`, or judges as that does. Raises Invalid and NotFound with everything that is wrong.
        """
        errors, campaign = FieldErrors(), None
        with errors.collect():
            campaign = self.find_campaign(user)
        check(self.draft()[0], campaign, errors=errors)
        assert campaign is not None  # else `check` has raised what `errors` holds
        return campaign

    def require_campaign(self, user: User, check: Callable[..., object]) -> Campaign:
        """Return the campaign. Where there is none, raise NotFound, or Invalid with what is wrong with the draft too.

        A draft for a campaign that exists is judged by the action.
        """
        try:
            return self.find_campaign(user)
        except NotFound:
            return self.judge(user, check)


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


class PublishInput(ConductInput):
    """Who answers the volunteers, and acceptance of the code of conduct."""

    contact = serializers.UUIDField(
        required=False,
        help_text="The member who answers the volunteers: a manager or one of the staff. Left out: the one who was "
        "chosen for the draft, or you.",
    )

    def judge(self, campaign: Campaign) -> None:
        """Raise Invalid where the contact may not answer volunteers."""
        if contact := self.validated_data.get("contact"):
            check_contact_member(campaign, contact)


class CancelRequestInput(VersionInput):
    """Why the request is cancelled. No volunteer reads it."""

    reason = OptionalChoiceField(
        choices=Request.CancelReason.choices, required=False, help_text="Why; null for rather not say."
    )


class ReduceSeatsInput(VersionInput):
    """The number of seats that a role keeps."""

    role = serializers.UUIDField()
    seat_count = serializers.IntegerField(min_value=0, max_value=MAX_SEATS_PER_ROLE)

    def find_role(self, request: Request) -> Role:
        """Return the role of the request. Raises NotFound."""
        message = _("There is no such role in this request. Check its id.")
        return find_named(request.roles.all(), self.validated_data["role"], field="role", message=message)
