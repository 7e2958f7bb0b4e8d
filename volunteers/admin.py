"""Volunteers, as reviewers see them."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.admin import ReadOnlyAdmin, ReadOnlyInline
from core.api.caller import caller
from core.errors import HandraiserError
from volunteers.actions.invitations import invite
from volunteers.models import AvailabilityWindow, Invitation, LevelQuestion, SkillClaim, TimeOff, Vetting, Volunteer


class ClaimInline(ReadOnlyInline):
    """What they can do."""

    model = SkillClaim


class WindowInline(ReadOnlyInline):
    """When they are free."""

    model = AvailabilityWindow


class TimeOffInline(ReadOnlyInline):
    """When they are away."""

    model = TimeOff


class VettingInline(ReadOnlyInline):
    """How far they are trusted."""

    model = Vetting
    fields = ("area", "method", "reviewer", "until")


@admin.register(Volunteer)
class VolunteerAdmin(ReadOnlyAdmin):
    """People, longest waiting first, and the button that invites imported ones."""

    list_display = ("__str__", "state", "hours", "projects", "time_zone", "job_restricts", "raised_at", "claimed_at")
    list_filter = ("state", "job_restricts", "wants_to_lead", ("user", admin.EmptyFieldListFilter))
    search_fields = ("first_name", "last_name", "user__email")
    ordering = ("raised_at",)
    inlines = (ClaimInline, WindowInline, TimeOffInline, VettingInline)
    actions = ("invite_selected",)

    @admin.action(description=_("Invite: ask whether they want to be here"))
    def invite_selected(self, request: HttpRequest, volunteers: QuerySet[Volunteer]) -> None:
        """Owes each an invitation by mail."""
        for volunteer in volunteers:
            try:
                invite(actor=caller(request), volunteer=volunteer, at=timezone.now())
            except HandraiserError as error:
                messages.error(request, f"{volunteer}: {error.message}")
            else:
                messages.success(request, _("%(name)s is invited.") % {"name": volunteer})


@admin.register(SkillClaim)
class SkillClaimAdmin(ReadOnlyAdmin):
    """Claims of skills."""

    list_display = ("volunteer", "skill", "level", "wanted")
    list_filter = ("level",)
    list_select_related = ("volunteer", "skill")
    search_fields = ("skill__name",)


@admin.register(AvailabilityWindow, TimeOff)
class TimeAdmin(ReadOnlyAdmin):
    """When people can, and when they are away."""

    list_display = ("volunteer", "__str__")
    list_select_related = ("volunteer",)


@admin.register(Vetting)
class VettingAdmin(ReadOnlyAdmin):
    """Vetting marks."""

    list_display = ("volunteer", "area", "method", "reviewer", "until")
    list_filter = ("area",)
    list_select_related = ("volunteer", "reviewer")


@admin.register(LevelQuestion)
class LevelQuestionAdmin(ReadOnlyAdmin):
    """Levels that somebody was not sure about."""

    list_display = ("volunteer", "skill", "asked_at", "answered_at")
    list_select_related = ("volunteer", "skill")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Who was asked whether they want to be here."""

    list_display = ("volunteer", "invited_at", "expires_at", "used_at")
    list_select_related = ("volunteer",)
