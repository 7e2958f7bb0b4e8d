"""Admin pages of campaigns and their requests, for reviewers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextInputWidget

from campaigns.actions.campaigns import end_campaign, resume_campaign, verify_campaign
from campaigns.actions.contest_days import correct_contest_days
from campaigns.candidate_stop_admin import CandidateStopInline
from campaigns.checks import list_checks
from campaigns.draft_rules import MAX_ROLES_PER_REQUEST
from campaigns.models import (
    Campaign,
    Candidate,
    Contest,
    Filing,
    Member,
    Playbook,
    PlaybookRole,
    Request,
    RequestWindow,
    Role,
    Seat,
)
from core.accounts.admin_reauthentication import recent_sign_in_required
from core.admin_base import ReadOnlyAdmin, ReadOnlyInline, ReferenceAdmin, get_row_or_404
from core.admin_input import HiddenVersionField, OneLineTextMixin
from core.admin_seen_versions import SeenVersionsMixin
from core.api.current_user import get_current_user
from core.conflict_of_interest import is_impartial_reviewer
from core.errors import HandraiserError
from core.form_errors import add_form_errors


class CandidateInline(ReadOnlyInline):
    """Candidates of a contest."""

    model = Candidate
    contest_path = "contest"
    fields = ("name", "party")


class ContestDaysForm(forms.Form):
    """The right days of a contest, with those that the reviewer saw."""

    seen_election_on = forms.DateField(widget=forms.HiddenInput)
    seen_primary_on = forms.DateField(required=False, widget=forms.HiddenInput)
    election_on = forms.DateField(label=_("Election day"), widget=UnfoldAdminTextInputWidget(attrs={"type": "date"}))
    primary_on = forms.DateField(
        label=_("Day of the primary"), required=False, widget=UnfoldAdminTextInputWidget(attrs={"type": "date"})
    )


@admin.register(Contest)
class ContestAdmin(ReadOnlyAdmin):
    """Contests, with an action that corrects their days."""

    contest_path = "pk"
    list_display = ("__str__", "level", "primary_on", "election_on", "special")
    list_filter = ("level", "cycle")
    list_select_related = ("jurisdiction",)
    search_fields = ("office", "district", "jurisdiction__name")
    inlines = (CandidateInline,)
    actions_detail = ("correct_days",)

    @action(description=_("Correct the days…"), url_path="correct-days", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def correct_days(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the days, then correct them."""
        change_url = reverse("admin:campaigns_contest_change", args=[object_id])
        contest = get_row_or_404(Contest.objects.all(), object_id)
        if not is_impartial_reviewer(get_current_user(request), contest.pk):
            raise Http404
        days = {"election_on": contest.election_on, "primary_on": contest.primary_on}
        seen_days = {f"seen_{name}": day for name, day in days.items()}
        form = ContestDaysForm(request.POST or None, initial=days | seen_days)
        if form.is_valid():
            actor, at, answers = get_current_user(request), timezone.now(), dict(form.cleaned_data)
            seen = answers.pop("seen_election_on"), answers.pop("seen_primary_on")
            try:
                corrected = correct_contest_days(actor=actor, contest=contest, at=at, seen=seen, **answers)
            except HandraiserError as error:
                add_form_errors(form, error)
            else:
                counts = {"shortened": len(corrected.shortened), "cancelled": len(corrected.cancelled)}
                text = _("The days are corrected. Requests shortened: %(shortened)d, cancelled: %(cancelled)d.")
                messages.success(request, text % counts)
                return HttpResponseRedirect(change_url)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": change_url}
        summary = _(
            "%(name)s: open requests end eight weeks after the election at the latest. Those that end later are "
            "shortened, and their people are asked again. Those that would begin later are cancelled."
        )
        texts = {"title": _("Correct the days"), "summary": summary % {"name": contest}, "danger": True}
        return render(request, "admin/action_form.html", context | texts)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Show administrators every contest: they are told where every reviewer has a part, and look for another one.

        That a contest is held is public. Its candidates stay hidden from an administrator with a part in it.
        """
        return Contest.objects.all() if get_current_user(request).is_superuser else super().get_queryset(request)


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    """Candidates, read-only."""

    contest_path = "contest"
    list_display = ("name", "contest", "party")
    list_select_related = ("contest__jurisdiction", "party")
    search_fields = ("name",)


class MemberInline(ReadOnlyInline):
    """Members of a campaign."""

    model = Member
    contest_path = "campaign__candidate__contest"
    fields = ("user", "position", "since")


class FilingInline(ReadOnlyInline):
    """How the campaign can be checked."""

    model = Filing
    contest_path = "campaign__candidate__contest"
    fields = ("reference", "callback_phone", "safe_phone", "safe_phone_of", "stated_at")


class EndCampaignForm(forms.Form):
    """The confirmation that ends a campaign, with the version that the reviewer saw."""

    version = HiddenVersionField()


@admin.register(Campaign)
class CampaignAdmin(SeenVersionsMixin, ReadOnlyAdmin):
    """Campaigns, with actions that verify, resume and end them."""

    contest_path = "candidate__contest"
    detail_contact_paths = ("members.user_id", "verified_by_id", "filing.safe_phone_of_id")
    list_display = ("name", "candidate", "contest", "state", "created_at", "answer_due_at")
    list_filter = ("state", "candidate__contest__level")
    list_select_related = ("candidate__contest__jurisdiction",)
    search_fields = ("name", "candidate__name")
    fields = (
        *("name", "candidate", "contest", "state", "answer_due_at", "what_to_check"),
        *("verified_by", "verified_at", "created_at", "source", "assumed"),
    )
    inlines = (CandidateStopInline, FilingInline, MemberInline)
    actions = ("verify_selected", "resume_selected")
    actions_detail = ("end",)

    @action(description=_("End the campaign…"), url_path="end", variant=ActionVariant.DANGER)  # type: ignore[untyped-decorator]
    @recent_sign_in_required
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show a confirmation, then end the campaign."""
        change_url = reverse("admin:campaigns_campaign_change", args=[object_id])
        campaign = get_row_or_404(self.get_queryset(request), object_id)
        form = EndCampaignForm(request.POST or None, initial={"version": campaign.version})
        if form.is_valid():
            try:
                end_campaign(actor=get_current_user(request), campaign=campaign, at=timezone.now(), **form.cleaned_data)
            except HandraiserError as error:
                messages.error(request, error.message)
            else:
                messages.success(request, _("%(name)s is ended.") % {"name": campaign})
            return HttpResponseRedirect(change_url)
        context = {**self.admin_site.each_context(request), "form": form, "opts": self.opts, "back": change_url}
        summary = _("%(name)s: its requests are cancelled, open offers end, and work is handed over.")
        texts = {"title": _("End the campaign"), "summary": summary % {"name": campaign}, "danger": True}
        return render(request, "admin/action_form.html", context | texts)

    @admin.display(description=_("contest"))
    def contest(self, campaign: Campaign) -> str:
        """Return the contest of the campaign's candidate."""
        return str(campaign.candidate.contest)

    @admin.display(description=_("what to check"))
    def what_to_check(self, campaign: Campaign) -> SafeString:
        """Return the list that a reviewer works through before the campaign is verified."""
        return format_html(
            "<ol>{}</ol>", format_html_join("", "<li>{}</li>", ((line,) for line in list_checks(campaign)))
        )

    @admin.action(description=_("Resume: I have spoken with this campaign"))
    def resume_selected(self, request: HttpRequest, campaigns: QuerySet[Campaign]) -> None:
        """Resume each of the paused campaigns."""
        actor = get_current_user(request)
        for campaign in self.act_on_each(
            request, campaigns, lambda row, version: resume_campaign(actor=actor, campaign=row, version=version)
        ):
            messages.success(request, _("%(name)s gets offers again.") % {"name": campaign})

    @admin.action(description=_("Verify: I know who this campaign is"))
    def verify_selected(self, request: HttpRequest, campaigns: QuerySet[Campaign]) -> None:
        """Verify each campaign as it was seen; its published requests are matched from now on."""
        actor, at = get_current_user(request), timezone.now()
        for campaign in self.act_on_each(
            request, campaigns, lambda row, version: verify_campaign(actor=actor, campaign=row, at=at, version=version)
        ):
            messages.success(request, _("%(name)s is verified.") % {"name": campaign})


@admin.register(Member)
class MemberAdmin(ReadOnlyAdmin):
    """Members of campaigns, read-only."""

    contest_path = "campaign__candidate__contest"
    list_contact_paths = detail_contact_paths = ("user_id",)
    list_display = ("user", "campaign", "position", "since")
    list_filter = ("position",)
    list_select_related = ("user", "campaign")
    search_fields = ("user__email", "campaign__name")


class PlaybookRoleInline(OneLineTextMixin, TabularInline):  # type: ignore[misc]
    """Roles of a playbook, edited with it."""

    model = PlaybookRole
    extra = 0
    max_num = MAX_ROLES_PER_REQUEST
    autocomplete_fields = ("skill", "nice_to_have_skills")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return the form of the rows; it reads no more of them than a request may have roles."""
        bounds = {"absolute_max": MAX_ROLES_PER_REQUEST, "validate_max": True}
        return super().get_formset(request, obj, **bounds, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Allow reviewers."""
        return get_current_user(request).is_reviewer

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Playbook)
class PlaybookAdmin(ReferenceAdmin):
    """Playbooks, which reviewers edit."""

    list_display = ("name", "weeks", "staffing", "retired")
    inlines = (PlaybookRoleInline,)


class RoleInline(ReadOnlyInline):
    """Roles of a request."""

    model = Role
    contest_path = "request__campaign__candidate__contest"
    fields = (
        *("name", "skill", "level", "hours_per_week", "tasks", "min_to_start"),
        *("is_lead", "makes_decisions", "vetted_for"),
    )


class RequestWindowInline(ReadOnlyInline):
    """Work and meeting windows of a request."""

    model = RequestWindow
    contest_path = "request__campaign__candidate__contest"


@admin.register(Request)
class RequestAdmin(ReadOnlyAdmin):
    """Requests, read-only."""

    contest_path = "campaign__candidate__contest"
    detail_contact_paths = ("contact.user_id",)
    list_display = ("title", "campaign", "state", "priority", "starts_on", "ends_on", "staffing")
    list_filter = ("state", "cancel_reason", "priority", "staffing", "urgent")
    list_select_related = ("campaign",)
    search_fields = ("title", "campaign__name")
    inlines = (RoleInline, RequestWindowInline)


class SeatInline(ReadOnlyInline):
    """Seats of a role."""

    model = Seat
    contest_path = "role__request__campaign__candidate__contest"
    fields = ("number", "closed_at")


@admin.register(Role)
class RoleAdmin(ReadOnlyAdmin):
    """Roles of requests, read-only."""

    contest_path = "request__campaign__candidate__contest"
    list_display = ("name", "request", "skill", "level", "hours_per_week")
    list_filter = ("is_lead", "makes_decisions", "vetted_for")
    list_select_related = ("request", "skill")
    search_fields = ("name", "request__title")
    inlines = (SeatInline,)


@admin.register(Seat)
class SeatAdmin(ReadOnlyAdmin):
    """Seats of roles, read-only."""

    contest_path = "role__request__campaign__candidate__contest"
    list_display = ("role", "number", "closed_at")
    list_select_related = ("role",)
