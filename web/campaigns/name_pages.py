"""The names of a candidate and of a campaign, which its managers correct until it is verified."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.names import correct_names
from campaigns.member_queries import list_memberships
from campaigns.models import Campaign, Member
from campaigns.name_rules import MAX_CAMPAIGN_NAME_LENGTH, MAX_CANDIDATE_NAME_LENGTH, NameChange
from core.api.current_user import get_current_user
from web.design.components import Link
from web.design.form_pages import VERSION_FIELD, FormPage


class NamesForm(forms.Form):
    """Both names, as they are stored."""

    candidate = forms.CharField(
        label=gettext_lazy("The candidate’s name"),
        help_text=gettext_lazy("As it stands on the ballot."),
        max_length=MAX_CANDIDATE_NAME_LENGTH,
        error_messages={"required": gettext_lazy("Write the candidate’s name as it stands on the ballot.")},
    )
    name = forms.CharField(
        label=gettext_lazy("The campaign’s name"),
        help_text=gettext_lazy("Volunteers read it in their offers."),
        max_length=MAX_CAMPAIGN_NAME_LENGTH,
        error_messages={"required": gettext_lazy("Write the name as volunteers are to read it.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class NamesPage(FormPage):
    """Correct the names of a campaign that is not verified yet; its managers do so."""

    form_class = NamesForm
    heading = gettext_lazy("Correct a name")
    button = gettext_lazy("Save it")

    def load(self, **kwargs: Any) -> None:
        """Find the campaign. Raises Http404 for all who do not act for it."""
        self.user = get_current_user(self.request)
        memberships = list_memberships(self.user).select_related("campaign__candidate")
        member = memberships.filter(campaign__public_id=kwargs["campaign_id"]).first()
        if member is None:
            raise Http404
        self.campaign, self.is_manager = member.campaign, member.position == Member.Position.MANAGER

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the names to a manager while they can be corrected."""
        return self.find_detour() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store what a manager has corrected."""
        return self.find_detour() or super().post(request, **kwargs)

    def find_detour(self) -> HttpResponse | None:
        """Lead all but managers to their desk, and say why; managers, too, once the campaign is verified."""
        if not self.is_manager:
            messages.info(self.request, _("Your managers correct the names. Ask one of them."))
        elif self.campaign.state != Campaign.State.UNVERIFIED:
            messages.info(self.request, _("We have checked the names. If one is wrong now, write to us."))
        else:
            return None
        return redirect("campaign-desk", campaign_id=self.campaign.public_id)

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with its version."""
        return {
            "candidate": self.campaign.candidate.name,
            "name": self.campaign.name,
            VERSION_FIELD: self.campaign.version,
        }

    def build_context(self) -> dict[str, Any]:
        """Return the way back."""
        return {"back": Link(reverse("campaign-desk", args=[self.campaign.public_id]), _("Your campaign"))}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the right names."""
        names = dict(form.cleaned_data)
        version = names.pop(VERSION_FIELD)
        correct_names(actor=self.user, campaign=self.campaign, change=NameChange(**names), version=version, at=self.at)
        messages.success(self.request, _("Saved. We check the campaign under these names."))
        return redirect("campaign-desk", campaign_id=self.campaign.public_id)
