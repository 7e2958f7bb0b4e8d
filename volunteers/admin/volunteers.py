"""Admin pages of volunteers, for reviewers."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant

from core.admin_base import ReadOnlyAdmin, ReadOnlyInline, get_row_or_404
from core.admin_erasure import ErasureAdminMixin
from core.admin_seen_versions import SeenVersionsMixin
from core.api.current_user import get_current_user
from core.conflict_of_interest import has_any_part
from core.email_addresses import fold_address
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.privacy.erasure import data_subject_of
from core.privacy.erasure_handlers import DataSubject
from volunteers.actions.invitations import invite_imported_volunteer
from volunteers.actions.vetting import vet_volunteer
from volunteers.admin.vetting import VettingForm, VettingInline
from volunteers.models import AvailabilityWindow, SkillClaim, TimeOff, Volunteer


class SkillClaimInline(ReadOnlyInline):
    """Skill claims of a volunteer."""

    model = SkillClaim


class AvailabilityWindowInline(ReadOnlyInline):
    """Weekly windows of a volunteer."""

    model = AvailabilityWindow


class TimeOffInline(ReadOnlyInline):
    """Days off of a volunteer."""

    model = TimeOff


FIELDS_TOLD_BY_MATCHES = ("waiting_since", "rest_until", "answer_due_at", "answer_escalated_at")
"""What changes with an offer or at the end of a project. It does not say in which contest that was."""


@admin.register(Volunteer)
class VolunteerAdmin(SeenVersionsMixin, ErasureAdminMixin, ReadOnlyAdmin):
    """Volunteers, the longest waiting first, with actions that vet, invite and erase."""

    detail_contact_paths = ("contact_subject_id", "vettings.reviewer_id")
    search_contact_paths = ("contact_subject_id",)
    list_display = (
        "__str__",
        "state",
        "max_hours_per_week",
        "max_projects",
        "time_zone",
        "job_restricts",
        "waiting_since",
        "claimed_at",
        "answer_due_at",
    )
    list_filter = (
        *("state", "job_restricts", "wants_to_lead", ("user", admin.EmptyFieldListFilter)),
        ("answer_due_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("first_name", "last_name", "user__email")
    ordering = ("waiting_since",)
    inlines = (SkillClaimInline, AvailabilityWindowInline, TimeOffInline, VettingInline)
    actions = ("invite_selected",)
    actions_detail = ("vet", "erase")

    def get_version(self, row: Volunteer) -> int:
        """Return the version of an imported profile. Of others it would tell that a match has changed them."""
        return row.version if row.user_id is None else 0

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return the fields that the reviewer may see."""
        return [name for name in super().get_fields(request, obj) if not _is_hidden(name, request)]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns that the reviewer may see."""
        return [name for name in super().get_list_display(request) if not _is_hidden(name, request)]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters by what the reviewer may see."""
        entries = super().get_list_filter(request)
        return [entry for entry in entries if not _is_hidden(entry if isinstance(entry, str) else entry[0], request)]

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the order of the list, which must not tell what its columns leave out."""
        return ("-pk",) if _is_hidden("waiting_since", request) else self.ordering

    def get_data_subject(self, row: Volunteer, at: datetime) -> DataSubject:
        """Return the person of the profile: with their account, or as imported, with their address."""
        if row.user is not None:
            return data_subject_of(row.user, at=at)
        addresses = frozenset({fold_address(row.email)} - {""})
        return DataSubject(addresses=addresses, row_ids={"volunteer": frozenset({str(row.public_id)})}, until=at)

    def get_erasable_rows(self) -> QuerySet[Volunteer]:
        """Return the profiles that are not erased yet."""
        return Volunteer.objects.filter(erased_at=None).select_related("user")

    @action(description=_("Vet…"), url_path="vet", variant=ActionVariant.SUCCESS)  # type: ignore[untyped-decorator]
    def vet(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the form of a vetting mark, then store the mark."""
        change_url = reverse("admin:volunteers_volunteer_change", args=[object_id])
        volunteer = get_row_or_404(Volunteer.objects.all(), object_id)
        form = VettingForm(request.POST or None)
        if form.is_valid():
            try:
                vet_volunteer(
                    actor=get_current_user(request), volunteer=volunteer, at=timezone.now(), **form.cleaned_data
                )
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                messages.success(request, _("%(name)s is vetted.") % {"name": volunteer})
                return HttpResponseRedirect(change_url)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": change_url}
        texts = {"title": _("Vet"), "summary": _("%(name)s: no documents are stored.") % {"name": volunteer}}
        return render(request, "admin/action_form.html", context | texts)

    @admin.action(description=_("Invite: ask whether they want to be here"))
    def invite_selected(self, request: HttpRequest, volunteers: QuerySet[Volunteer]) -> None:
        """Enqueue an invitation by mail to each volunteer, as they were seen."""
        invite = partial(invite_imported_volunteer, actor=get_current_user(request), at=timezone.now())
        for volunteer in self.act_on_each(
            request, volunteers, lambda row, version: invite(volunteer=row, version=version)
        ):
            messages.success(request, _("%(name)s is invited.") % {"name": volunteer})


def _is_hidden(field: str, request: HttpRequest) -> bool:
    return field in FIELDS_TOLD_BY_MATCHES and has_any_part(get_current_user(request))
