"""How we check a campaign, as its managers see and change it."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.campaign_checks import describe_stopped
from campaigns.actions.filings import changes_safe_phone, state_filing
from campaigns.candidate_queries import find_open_stop
from campaigns.filing_rules import FilingChange
from campaigns.member_queries import list_memberships
from campaigns.models import Campaign, Filing, Member
from core.accounts.reauthentication import has_authenticated_recently
from core.api.current_user import get_current_user
from core.enums import AccessPoint, ViewerKind
from core.errors import ReauthenticationRequired
from core.privacy.contact_logging import render_with_contacts
from web.campaigns.filing_fields import FilingFieldsForm
from web.design.form_pages import VERSION_FIELD, FormPage


class FilingForm(FilingFieldsForm):
    """The three facts of a filing, as they are stored. What was checked can no longer be changed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, is_checked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_checked:
            del self.fields["reference"], self.fields["callback_phone"]


class FilingPage(FormPage):
    """Show and change how a campaign is checked; its managers do so."""

    template_name = "campaigns/filing.html"
    form_class = FilingForm
    heading = gettext_lazy("How we check and reach you")
    button = gettext_lazy("Save it")
    reauthentication_reason = gettext_lazy("On this phone we reach you in need, so show once more that it is you.")

    def load(self, **kwargs: Any) -> None:
        """Find the campaign and its filing. Raises Http404 for all who do not act for it."""
        self.user = get_current_user(self.request)
        member = list_memberships(self.user).filter(campaign__public_id=kwargs["campaign_id"]).first()
        if member is None:
            raise Http404
        self.campaign, self.is_manager = member.campaign, member.position == Member.Position.MANAGER
        self.filing = Filing.objects.filter(campaign=self.campaign).first() or Filing(version=0)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what is stored to a manager."""
        return self.find_detour() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store what a manager has changed."""
        return self.find_detour() or super().post(request, **kwargs)

    def find_detour(self) -> HttpResponse | None:
        """Lead all but managers to their desk, and say why; managers, too, while the candidate's no is open."""
        if not self.is_manager:
            messages.info(self.request, _("Your managers see and change how we check you. Ask one of them."))
        elif find_open_stop(self.campaign) is not None:
            messages.info(self.request, describe_stopped())
        else:
            return None
        return redirect("campaign-desk", campaign_id=self.campaign.public_id)

    def build_initial(self) -> dict[str, Any]:
        """Show what is stored, with its version."""
        return {
            "reference": self.filing.reference,
            "callback_phone": self.filing.callback_phone,
            "safe_phone": self.filing.safe_phone,
            VERSION_FIELD: self.filing.version,
        }

    def build_form_options(self) -> dict[str, Any]:
        """Leave out what was checked already."""
        return {"is_checked": self.campaign.state != Campaign.State.UNVERIFIED}

    def build_context(self) -> dict[str, Any]:
        """Return the campaign, and its filing."""
        return {"campaign": self.campaign, "filing": self.filing}

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the page, and record that the reader sees the safe phone of a colleague."""
        shown = {"page_form": self.form, "heading": self.heading, "button": self.button}
        return render_with_contacts(
            self.request,
            self.template_name,
            shown | self.build_context() | more,
            viewer=self.user,
            viewer_kind=ViewerKind.CAMPAIGN,
            access_point=AccessPoint.MEMBERS,
            status=status,
        )

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store what was changed."""
        told = dict(form.cleaned_data)
        version = told.pop(VERSION_FIELD)
        change = FilingChange(**told)
        is_proven = has_authenticated_recently(self.request.session, self.user, at=self.at)
        if changes_safe_phone(self.user, self.campaign, change) and not is_proven:
            raise ReauthenticationRequired(str(self.reauthentication_reason))
        state_filing(actor=self.user, campaign=self.campaign, change=change, at=self.at, version=version)
        messages.success(self.request, _("Saved. We use it when we call you."))
        return redirect("campaign-filing-page", campaign_id=self.campaign.public_id)
