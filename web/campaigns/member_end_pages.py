"""The pages before something about the people of a campaign ends: a membership, one's own, an invitation."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.actions.invitations import revoke_invitation
from campaigns.actions.members import leave_campaign, remove_member
from campaigns.member_queries import count_answered_requests, has_acted_for, invitations_visible_to
from campaigns.models import Member
from campaigns.queries import EDITOR_POSITIONS
from web.campaigns.member_pages import MemberPage, OneMemberPage
from web.campaigns.member_position_pages import VersionForm
from web.design.confirm_pages import ConfirmPage


class MemberConfirmPage(MemberPage, ConfirmPage):
    """Base of the pages before something about a member ends."""

    template_name = "campaigns/member_confirm.html"
    keep_label = gettext_lazy("No, go back")

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Return the page with its button."""
        words = {"what_happens": self.what_happens, "undo": self.undo, "keep_label": self.keep_label}
        return super().render_page(status=status, **(words | more))


class EndMembershipPage(OneMemberPage, MemberConfirmPage):
    """End the access of another member."""

    form_class = VersionForm
    heading = gettext_lazy("End this person’s access?")
    button = gettext_lazy("End the access")
    undo = gettext_lazy("You can invite them again.")

    def load(self, **kwargs: Any) -> None:
        """Find the member, and what follows."""
        super().load(**kwargs)
        self.what_happens = [
            _("They see and change nothing here from now on. A letter tells them today."),
            _("Invitations that they sent are taken back. Their phone for emergencies is deleted."),
        ]
        count = count_answered_requests(self.member)
        if count:
            text = ngettext(
                "You answer the people of their project from now on.",
                "You answer the people of their %(count)d projects from now on.",
                count,
            )
            self.what_happens.append(text % {"count": count})

    def find_detour(self) -> HttpResponse | None:
        """Lead to the page of leaving for oneself."""
        detour = super().find_detour()
        if detour is None and self.member.user_id == self.user.pk:
            return redirect("campaign-leave-page", campaign_id=self.campaign.public_id)
        return detour

    def perform(self, form: forms.Form) -> HttpResponse:
        """End the access."""
        remove_member(actor=self.user, member=self.member, at=self.at, **self.read_proof(), **form.cleaned_data)
        messages.success(self.request, _("Their access has ended."))
        return self.return_to_list()


class LeavePage(MemberConfirmPage):
    """Leave the campaign oneself. The only manager reads what to do first."""

    for_managers = False
    heading = gettext_lazy("Leave this campaign?")
    button = gettext_lazy("Leave the campaign")
    undo = gettext_lazy("A manager can invite you again.")

    def load(self, **kwargs: Any) -> None:
        """Find what follows. A second tap, or a page that was left open, comes from a person who has left."""
        try:
            super().load(**kwargs)
        except Http404:
            if self.request.method != "POST" and not has_acted_for(self.user, kwargs["campaign_id"]):
                raise
            self.is_gone = True
            return
        others = self.campaign.members.filter(position=Member.Position.MANAGER).exclude(pk=self.me.pk)
        self.is_only_manager = self.is_manager and not others.exists()
        self.what_happens = [_("You see and change nothing of it from now on.")]
        if self.me.position in EDITOR_POSITIONS:
            ends = _("Invitations that you sent are taken back. Your phone for emergencies is deleted.")
            self.what_happens.append(ends)
        count = count_answered_requests(self.me)
        if count:
            text = ngettext(
                "A manager answers the people of your project.",
                "A manager answers the people of your %(count)d projects.",
                count,
            )
            self.what_happens.append(text % {"count": count})

    def find_detour(self) -> HttpResponse | None:
        """Lead a person who has left to the first page."""
        if not self.is_gone:
            return super().find_detour()
        messages.info(self.request, _("You no longer act for this campaign."))
        return redirect("home")

    def build_context(self) -> dict[str, Any]:
        """Return whether the reader has something to do first."""
        return super().build_context() | {"is_only_manager": self.is_only_manager}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Leave."""
        leave_campaign(actor=self.user, campaign=self.campaign, at=self.at, **self.read_proof())
        messages.success(self.request, _("You no longer act for this campaign."))
        return redirect("home")


class TakeBackPage(MemberConfirmPage):
    """Take an open invitation back."""

    heading = gettext_lazy("Take this invitation back?")
    button = gettext_lazy("Take it back")
    what_happens = (gettext_lazy("The link in their letter stops working at once. No letter tells them."),)
    undo = gettext_lazy("You can invite them again.")

    def load(self, **kwargs: Any) -> None:
        """Find the invitation."""
        super().load(**kwargs)
        invitations = invitations_visible_to(self.user, at=self.at).filter(campaign=self.campaign)
        self.invitation = invitations.filter(public_id=kwargs["invitation_id"]).first()
        self.is_gone = self.invitation is None

    def build_context(self) -> dict[str, Any]:
        """Return the invitation."""
        return super().build_context() | {"invitation": self.invitation}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Take it back."""
        assert self.invitation is not None  # else its reader was led to the list
        revoke_invitation(actor=self.user, invitation=self.invitation, at=self.at)
        messages.success(self.request, _("Taken back. The link in the letter no longer works."))
        return self.return_to_list()
