"""Pages behind links in letters. Only their buttons change anything, so a mail scanner that opens a link cannot."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.invitation_answers import accept_invitation
from campaigns.member_queries import find_invitation
from core.accounts.mfa import is_mfa_required, list_authenticators
from core.api.current_user import get_current_user
from core.email_addresses import list_own_addresses
from web.design.form_pages import FormPage


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
