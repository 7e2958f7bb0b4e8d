"""The button of the campaigns' list that verifies: a page says what is missing, and asks why."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from campaigns.actions.verification import verify_campaign
from campaigns.candidate_queries import has_candidate_agreed
from campaigns.checks import list_proofs
from campaigns.models import Campaign
from campaigns.models.campaign import MAX_VERIFICATION_REASON_LENGTH
from core.admin_base import ReadOnlyAdmin
from core.admin_seen_versions import SeenVersionsMixin, find_seen_version, render_version_input
from core.api.current_user import get_current_user


class VerificationForm(forms.Form):
    """Why campaigns are verified; required if the candidate of one of them has not agreed."""

    reason = forms.CharField(
        max_length=MAX_VERIFICATION_REASON_LENGTH,
        label=_("Why you verify without the candidate’s yes"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("How you know that they act for the candidate. Reviewers read it, and it stays in the history."),
        error_messages={
            "required": _("The candidate has not agreed. Say how you know that this campaign acts for them, or wait.")
        },
    )


class VerificationMixin(SeenVersionsMixin, ReadOnlyAdmin):
    """The button that verifies the chosen campaigns."""

    @admin.action(description=_("Verify: I know who this campaign is…"))
    def verify_selected(self, request: HttpRequest, campaigns: QuerySet[Campaign]) -> HttpResponse | None:
        """Show what is missing, then verify each campaign as it was seen; its requests are matched from now on."""
        form = VerificationForm(request.POST if "reason" in request.POST else None)
        form.fields["reason"].required = not all(has_candidate_agreed(campaign) for campaign in campaigns)
        if not form.is_valid():
            return self._render_verification_page(request, campaigns, form)
        actor, at, reason = get_current_user(request), timezone.now(), form.cleaned_data["reason"]
        for campaign in self.act_on_each(
            request,
            campaigns,
            lambda row, version: verify_campaign(actor=actor, campaign=row, at=at, version=version, reason=reason),
        ):
            messages.success(request, _("%(name)s is verified.") % {"name": campaign})
        return None

    def _render_verification_page(
        self, request: HttpRequest, campaigns: Iterable[Campaign], form: VerificationForm
    ) -> HttpResponse:
        """Render the page with the deciding button; its form posts to the list, as the list's own actions do."""
        rows = [
            (row, render_version_input(row.pk, find_seen_version(request, row.pk)), list_proofs(row))
            for row in campaigns
        ]
        context = {
            "form": form,
            "rows": rows,
            "opts": self.opts,
            "title": _("Verify: what is known, and what is missing"),
            "back": reverse("admin:campaigns_campaign_changelist"),
        }
        return render(request, "admin/campaigns/verify.html", self.admin_site.each_context(request) | context)
