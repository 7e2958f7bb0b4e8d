"""Pages behind the link of an invitation. Only their buttons change anything, so a mail scanner that opens it cannot.

The secret of the link stands in its first address alone. From the first button on the session knows the invitation, so
that neither the pages of the code nor those of a second factor carry it on.
"""

from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.invitation_answers import accept_invitation
from campaigns.candidate_queries import find_open_stop
from campaigns.invitation_queries import derive_invitation_token, find_invitation, hide_address, summarize_invitation
from campaigns.member_notice_texts import describe_invitation
from core.api.current_user import get_current_user
from core.email_addresses import list_own_addresses
from core.models import User
from web.design.components import Link
from web.design.form_pages import FormPage
from web.design.name_fields import FirstNameForm
from web.design.visit_code import CodeStepMixin, EmailStepMixin
from web.design.visit_drafts import DRAFT_LIFETIME, VisitDraft, count_new_visit
from web.design.visit_pages import VisitPage

INVITATION_KEY = "invitation_followed"
"""Where a session keeps the public id of the invitation whose link it has followed; never the link's secret."""


class WithoutDraft(VisitDraft):
    """The draft of pages that keep none: their addresses have no id."""

    def build_address(self, name: str, **parameters: str) -> str:
        """Return the address of a page."""
        return f"{reverse(name)}?{urlencode(parameters)}" if parameters else reverse(name)


class InvitationPage(VisitPage):
    """Base of the pages of one invitation: that of the link, or the one that the session has followed."""

    draft: VisitDraft

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request without a draft."""
        self.draft = WithoutDraft(id="")
        response = FormPage.dispatch(self, request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        return response

    def load(self, **kwargs: Any) -> None:
        """Find the open invitation, and whether it is for this account."""
        self.token = kwargs.get("token") or self.find_followed_token()
        self.invitation = find_invitation(self.token, at=self.at) if self.token else None
        self.user = self.request.user if isinstance(self.request.user, User) else None
        super().load(**kwargs)

    def find_followed_token(self) -> str:
        """Return the token of the invitation that this session has followed; empty without one."""
        public_id = self.request.session.get(INVITATION_KEY)
        return derive_invitation_token(UUID(public_id)) if public_id else ""


class JoinPage(EmailStepMixin, InvitationPage):
    """Say who invites, and to which position. A visitor has a code sent; the person who was invited says yes."""

    template_name = "campaigns/join.html"
    heading = gettext_lazy("You have been invited")
    code_page: ClassVar[str] = "invited-code"
    form_class: type[forms.Form] = forms.Form

    def load(self, **kwargs: Any) -> None:
        """Find the invitation, and what the button does for this reader."""
        super().load(**kwargs)
        own = list_own_addresses(self.user) if self.user else set()
        self.is_own = self.invitation is not None and self.invitation.email in own
        self.button = _("Join") if self.user else _("Send me six digits")
        if self.user is not None and self.is_own and not self.user.first_name:
            self.form_class = FirstNameForm

    def build_context(self) -> dict[str, Any]:
        """Return what its letter says of the invitation. Who has proved its address reads the campaign's name, too."""
        if self.invitation is None:
            return {"invitation": None}
        summary = summarize_invitation(self.invitation)
        is_closed = find_open_stop(self.invitation.campaign) is not None
        return {
            "invitation": self.invitation,
            "inviter": summary.first_name,
            "summary": describe_invitation(summary),
            "hidden_address": hide_address(self.invitation.email),
            "is_own": self.is_own,
            "is_closed": is_closed,
            "may_go_on": (self.is_own or self.user is None) and not is_closed,
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Send a visitor the code; accept the invitation for an account."""
        return self._join(form.cleaned_data.get("first_name")) if self.user else self._send_code()

    def _send_code(self) -> HttpResponse:
        """Have the code sent to the address of the invitation, whether it is known here or not."""
        if self.invitation is None:
            return redirect(self.request.path)
        if self.request.session.session_key is None:
            count_new_visit(self.request, at=self.at)
        response = self.send_code(self.invitation.email)
        self.request.session[INVITATION_KEY] = str(self.invitation.public_id)
        self.request.session.set_expiry(DRAFT_LIFETIME)
        return response

    def _join(self, first_name: str | None) -> HttpResponse:
        actor = get_current_user(self.request)
        member = accept_invitation(actor=actor, token=self.token, first_name=first_name, at=self.at)
        self.request.session.pop(INVITATION_KEY, None)
        messages.success(self.request, _("You act for %(campaign)s now.") % {"campaign": member.campaign.name})
        return redirect("campaign-desk", campaign_id=member.campaign.public_id)


class InvitedPage(JoinPage):
    """The same page without the secret in its address, for the session that has followed the link."""


class InvitedCodePage(CodeStepMixin, InvitationPage):
    """Take the code, and sign in with it. The address is hidden here, too: its owner knows it."""

    email_page: ClassVar[str] = "invited"
    code_page: ClassVar[str] = "invited-code"
    next_page: ClassVar[str] = "invited"
    back_label = gettext_lazy("The invitation")
    template_name = "campaigns/join_code.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for the code, if this browser has followed an invitation that is open."""
        return redirect("invited") if self.invitation is None else super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the code, or say that the invitation has ended meanwhile."""
        return redirect("invited") if self.invitation is None else super().post(request, **kwargs)

    def build_context(self) -> dict[str, Any]:
        """Return the address, of which a stranger with the link learns no more than from the page before."""
        return super().build_context() | {"address": hide_address(self.address or ""), "change_address": ""}

    def build_back(self) -> Link:
        """Return the way to the invitation."""
        return Link(reverse("invited"), str(self.back_label))
