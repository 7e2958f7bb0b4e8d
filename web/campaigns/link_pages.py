"""Pages behind links in letters. Only their buttons change anything, so a mail scanner that opens a link cannot."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.candidate_links import end_manager_access, record_candidate_consent
from campaigns.actions.invitations import accept_invitation
from campaigns.queries import (
    find_campaign_time_zone,
    find_candidate_link,
    find_invitation,
    managers_of,
    open_manager_invitations,
)
from core.accounts.mfa import is_mfa_required, list_authenticators
from core.api.current_user import get_current_user
from core.email_addresses import list_own_addresses
from core.enums import AccessPoint, ViewerKind
from core.notifications.moments import describe_day
from core.privacy.contact_logging import render_with_contacts
from web.design.form_pages import FormPage

MAX_ADDRESS_LENGTH = 254


class JoinPage(FormPage):
    """Show which campaign invites, and to which position; the button accepts."""

    template_name = "campaigns/join.html"
    heading = gettext_lazy("You have been invited")
    button = gettext_lazy("Join")
    mfa_required = False

    def build_context(self) -> dict[str, Any]:
        """Return the invitation, if it is one for this account."""
        invitation = find_invitation(self.kwargs["token"], at=self.at)
        own = list_own_addresses(get_current_user(self.request))
        return {"invitation": invitation if invitation is not None and invitation.email in own else None}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Accept the invitation."""
        member = accept_invitation(actor=get_current_user(self.request), token=self.kwargs["token"], at=self.at)
        messages.success(self.request, _("You act for %(campaign)s now.") % {"campaign": member.campaign.name})
        if is_mfa_required(member.user) and not list_authenticators(member.user).exists():
            messages.warning(
                self.request,
                _("It shows you other people, so set up a second factor next: “Second factor”, in your account."),
            )
        return redirect("home")


class CandidateForm(forms.Form):
    """The manager whose access is to end, and who comes next; without a manager it agrees to the campaign."""

    manager = forms.UUIDField(required=False, widget=forms.HiddenInput())
    successor = forms.CharField(required=False, max_length=MAX_ADDRESS_LENGTH)


class CandidatePage(FormPage):
    """Show the managers of the candidate's campaign. The link is the proof of who the candidate is.

    Its buttons agree to the campaign, or end a manager's access.
    """

    template_name = "campaigns/candidate.html"
    form_class = CandidateForm
    heading = gettext_lazy("Who acts in your name")
    login_required = False

    def load(self, **kwargs: Any) -> None:
        """Find the link."""
        link = find_candidate_link(kwargs["token"])
        if link is None:
            raise Http404
        self.link = link

    def perform(self, form: forms.Form) -> HttpResponse:
        """Agree, or end an access."""
        token, manager = self.kwargs["token"], form.cleaned_data["manager"]
        if manager:
            end_manager_access(token=token, manager=manager, successor=form.cleaned_data["successor"], at=self.at)
            messages.success(self.request, _("Their access has ended."))
        else:
            record_candidate_consent(token=token, at=self.at)
            messages.success(self.request, _("Thank you. We have written down that you agree."))
        return redirect("candidate", token=token)

    def render_page(self, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the page, and record that the candidate sees the managers' addresses."""
        consented_at = self.link.consented_at
        context = {
            "page_form": self.form,
            "heading": self.heading,
            "key": self.link,
            "consented_on": describe_day(consented_at, find_campaign_time_zone(self.link.campaign))
            if consented_at
            else "",
            "managers": list(managers_of(self.link.campaign)),
            "awaited": open_manager_invitations(self.link.campaign, at=timezone.now()).exists(),
        }
        return render_with_contacts(
            self.request,
            self.template_name,
            context | more,
            viewer=None,
            viewer_kind=ViewerKind.CANDIDATE,
            access_point=AccessPoint.CANDIDATE,
            status=status,
        )
