"""The list of the people who act for a campaign, on which managers invite others."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.invitations import invite_member
from campaigns.candidate_queries import find_open_stop
from campaigns.member_queries import invitations_visible_to, members_visible_to
from campaigns.models import Campaign, Member, MemberInvitation
from core.accounts.address_field import AddressField
from core.email_addresses import MAX_EMAIL_LENGTH
from core.notifications.moments import describe_day
from web.campaigns.member_pages import MemberPage
from web.campaigns.member_positions import list_positions
from web.design.components import Link

NEW_MEMBER_PERIOD = timedelta(days=7)
"""How long a member counts as new on the list."""


class InvitationForm(forms.Form):
    """The address to invite, and the position."""

    email = AddressField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy(
            "We write to it, and name you by your email address and, once your campaign is checked, your first name. "
            "The link works once, for a week, and only for this address."
        ),
        max_length=MAX_EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    position = forms.ChoiceField(
        label=gettext_lazy("Position"),
        widget=forms.RadioSelect,
        initial=Member.Position.STAFF,
        choices=list_positions,
    )


class MembersPage(MemberPage):
    """Show who acts for the campaign, and to its managers the open invitations. Its form invites a person."""

    template_name = "campaigns/members.html"
    form_class = InvitationForm
    heading = gettext_lazy("Who acts for your campaign")
    button = gettext_lazy("Send the invitation")

    def load(self, **kwargs: Any) -> None:
        """Find the campaign. Its members read the list; its managers invite."""
        super().load(**kwargs)
        self.for_managers = self.request.method == "POST"

    def build_back(self) -> Link:
        """Return the way back to the desk."""
        return Link(reverse("campaign-desk", args=[self.campaign.public_id]), _("Your campaign"))

    def build_context(self) -> dict[str, Any]:
        """Return the members, and what a manager decides about."""
        members = list(members_visible_to(self.user).filter(campaign=self.campaign).order_by("since", "pk"))
        is_stopped = find_open_stop(self.campaign) is not None
        return super().build_context() | {
            "reader_id": self.user.pk,
            "is_manager": self.is_manager,
            "may_invite": self.is_manager and self.campaign.state != Campaign.State.ENDED and not is_stopped,
            "is_stopped": is_stopped,
            "rows": [self._describe_member(member) for member in members],
            "invitations": self._list_invitations(members) if self.is_manager else [],
        }

    def _describe_member(self, member: Member) -> dict[str, Any]:
        """Return a member, and whether they have just joined: a letter says so, and names no one."""
        is_new = member.user_id != self.user.pk and member.since > self.at - NEW_MEMBER_PERIOD
        return {"member": member, "since": describe_day(member.since, self.zone), "is_new": is_new}

    def _list_invitations(self, members: Sequence[Member]) -> list[dict[str, Any]]:
        """Return the open invitations with who sent each: a member, the candidate, or a reviewer, who has no name."""
        by_user = {member.user_id: member for member in members}
        rows = invitations_visible_to(self.user, at=self.at).filter(campaign=self.campaign).order_by("expires_at", "pk")
        return [
            {
                "invitation": invitation,
                "until": describe_day(invitation.expires_at, self.zone),
                "inviter": by_user.get(invitation.invited_by_id or 0),
                "is_by_candidate": invitation.invited_by_id is None,
            }
            for invitation in rows
        ]

    def perform(self, form: forms.Form) -> HttpResponse:
        """Invite a person, and say what happens now."""
        invitation = invite_member(
            actor=self.user, campaign=self.campaign, at=self.at, **self.read_proof(), **form.cleaned_data
        )
        messages.success(self.request, self._describe_invitation(invitation))
        return self.return_to_list()

    def _describe_invitation(self, invitation: MemberInvitation) -> str:
        words = {"day": describe_day(invitation.invited_at, self.zone)}
        if invitation.invited_at == self.at:
            return _("The letter is on its way. You hear when they have joined.")
        return _("They have our letter from %(day)s. The position in it is the one you chose now.") % words
