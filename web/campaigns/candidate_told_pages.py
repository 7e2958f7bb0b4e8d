"""What a campaign tells its candidate before our letter comes, ready to copy; the button says that it is told."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.filings import record_candidate_told
from campaigns.member_queries import list_memberships
from campaigns.models import CandidateLink
from campaigns.queries import EDITOR_POSITIONS
from core.api.current_user import get_current_user
from web.design.components import Link
from web.design.form_pages import FormPage


class CandidateToldPage(FormPage):
    """Show the text for the candidate; its form says that they know."""

    template_name = "campaigns/candidate_told.html"
    heading = gettext_lazy("Tell the candidate that a letter comes")
    button = gettext_lazy("I have told them")

    def load(self, **kwargs: Any) -> None:
        """Find the campaign. Raises Http404 for all who do not ask for volunteers in its name."""
        self.user = get_current_user(self.request)
        member = list_memberships(self.user).filter(campaign__public_id=kwargs["campaign_id"]).first()
        if member is None or member.position not in EDITOR_POSITIONS:
            raise Http404
        self.member, self.campaign = member, member.campaign
        self.link = CandidateLink.objects.filter(campaign=self.campaign).first()
        if self.link is not None:
            self.heading = gettext_lazy("Ask the candidate to open our letter")

    def build_context(self) -> dict[str, Any]:
        """Return the way back, and which sentences are true."""
        desk = reverse("campaign-desk", args=[self.campaign.public_id])
        return {
            "campaign": self.campaign,
            "back": Link(desk, _("Your campaign")),
            "is_letter_out": self.link is not None,
            # Who registered it has acted for it since then. To colleagues the text is not true in the first person.
            "has_registered": self.member.since == self.campaign.created_at,
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store that the candidate is told."""
        record_candidate_told(actor=self.user, campaign=self.campaign, at=self.at)
        messages.success(self.request, _("Thank you. The candidate’s yes is the next step."))
        return redirect("campaign-desk", campaign_id=self.campaign.public_id)
