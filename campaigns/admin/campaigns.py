"""Admin pages of campaigns and their members, for reviewers."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action
from unfold.enums import ActionVariant

from campaigns.actions.campaign_ends import end_campaign
from campaigns.actions.campaign_pauses import resume_campaign
from campaigns.admin.candidate_links import CandidateLinkInline, CandidateLinkMixin
from campaigns.admin.candidate_stops import CandidateStopInline
from campaigns.admin.names import NamesMixin
from campaigns.admin.verification import VerificationMixin
from campaigns.candidate_queries import find_latest_stop, with_open_stop
from campaigns.checks import list_checks
from campaigns.models import (
    Campaign,
    Filing,
    Member,
)
from campaigns.queries import campaigns_awaiting_verification
from campaigns.request_queries import find_first_time_zone, find_latest_zone_of
from core.accounts.admin_reauthentication import recent_sign_in_required
from core.admin_base import ReadOnlyAdmin, ReadOnlyInline, get_row_or_404
from core.admin_input import HiddenVersionField
from core.api.current_user import get_current_user
from core.errors import HandraiserError
from core.notifications.moments import describe_moment


class MemberInline(ReadOnlyInline):
    """Members of a campaign."""

    model = Member
    contest_path = "campaign__candidate__contest"
    fields = ("user", "position", "since")


class FilingInline(ReadOnlyInline):
    """How the campaign can be checked."""

    model = Filing
    contest_path = "campaign__candidate__contest"
    fields = ("reference", "callback_phone", "safe_phone", "safe_phone_of", "stated_at", "changed_after_stop")

    @admin.display(description=_("changed after the candidate’s no"), boolean=True)
    def changed_after_stop(self, filing: Filing) -> bool:
        """Return whether it was stated after the candidate last stopped the campaign: then look at it again."""
        stop = find_latest_stop(filing.campaign)
        return stop is not None and filing.stated_at > stop.stopped_at


class EndCampaignForm(forms.Form):
    """The confirmation that ends a campaign, with the version that the reviewer saw."""

    version = HiddenVersionField()


class VerificationFilter(admin.SimpleListFilter):
    """The campaigns that wait to be verified, as the start page counts them."""

    title = _("verification")
    parameter_name = "verification"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the one choice."""
        return [("due", _("To be verified"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Campaign]) -> QuerySet[Campaign]:
        """Return those that wait, the most urgent first."""
        if self.value() != "due":
            return queryset
        waiting = campaigns_awaiting_verification().order_by().values("pk")
        return queryset.filter(pk__in=waiting).order_by(F("answer_due_at").asc(nulls_last=True), "pk")


@admin.register(Campaign)
class CampaignAdmin(VerificationMixin, NamesMixin, CandidateLinkMixin):
    """Campaigns, with actions that verify, resume and end them, and write to their candidates."""

    contest_path = "candidate__contest"
    detail_contact_paths = (
        "members.user_id",
        "verified_by_id",
        "filing.safe_phone_of_id",
        "candidate_key.created_by_id",
    )
    list_display = ("name", "candidate", "contest", "standing", "created_at", "verify_by")
    list_filter = ("state", VerificationFilter, "candidate__contest__level")
    list_select_related = ("candidate__contest__jurisdiction",)
    search_fields = ("name", "candidate__name")
    fields = (
        *("name", "candidate", "contest", "state", "verify_by", "what_to_check"),
        *("verified_by", "verified_at", "verification_reason", "created_at", "source", "assumed"),
    )
    inlines = (CandidateLinkInline, CandidateStopInline, FilingInline, MemberInline)
    actions = ("verify_selected", "resume_selected")
    actions_detail = ("send_link", "correct_names", "end")

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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Campaign]:
        """Return the campaigns that the reviewer may see, with an open stop and the zone of what is promised."""
        campaigns: QuerySet[Campaign] = super().get_queryset(request)
        return with_open_stop(campaigns).annotate(zone=find_latest_zone_of("pk"))

    @admin.display(description=_("state"), ordering="state")
    def standing(self, campaign: Campaign) -> str:
        """Return its state; that its candidate has stopped it comes first."""
        if getattr(campaign, "stopped_at", None) and campaign.state != Campaign.State.ENDED:
            return gettext("Stopped by the candidate")
        return str(campaign.get_state_display())

    @admin.display(description=_("answer due at"), ordering="answer_due_at")
    def verify_by(self, campaign: Campaign) -> str:
        """Return until when its verification is promised, as its managers read it."""
        if campaign.answer_due_at is None:
            return ""
        return describe_moment(campaign.answer_due_at, getattr(campaign, "zone", None) or find_first_time_zone())

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


@admin.register(Member)
class MemberAdmin(ReadOnlyAdmin):
    """Members of campaigns, read-only."""

    contest_path = "campaign__candidate__contest"
    list_contact_paths = detail_contact_paths = ("user_id",)
    list_display = ("user", "campaign", "position", "since")
    list_filter = ("position",)
    list_select_related = ("user", "campaign")
    search_fields = ("user__email", "campaign__name")
