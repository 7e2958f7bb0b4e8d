"""The pages about the people who act for a campaign: the list, invitations and positions."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.invitations import invite_member
from campaigns.actions.positions import change_position
from campaigns.member_queries import invitations_visible_to, list_memberships, members_visible_to
from campaigns.models import Campaign, Member, MemberInvitation
from campaigns.request_queries import find_campaign_time_zone
from core.accounts.authentication import read_session_access
from core.api.current_user import get_current_user
from core.api.serializers import MAX_EMAIL_LENGTH
from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.notifications.moments import describe_day
from core.privacy.contact_logging import render_with_contacts
from web.design.components import ChoiceLabel, Link
from web.design.form_pages import VERSION_FIELD, FormPage

MAX_VERSION = 2**31 - 1


def list_positions() -> list[tuple[str, ChoiceLabel]]:
    """Return the positions with what each may do, in the reader's language."""
    return [
        (
            Member.Position.STAFF.value,
            ChoiceLabel(str(Member.Position.STAFF.label), _("Plans projects, sees the people who said yes, answers.")),
        ),
        (
            Member.Position.MANAGER.value,
            ChoiceLabel(str(Member.Position.MANAGER.label), _("The same, and decides who acts for the campaign.")),
        ),
        (
            Member.Position.TREASURER.value,
            ChoiceLabel(str(Member.Position.TREASURER.label), _("Sees how many places are taken, and no people.")),
        ),
    ]


class MemberPage(FormPage):
    """Base of the pages about the people who act for one campaign; its members open them.

    A page `for_managers` leads all others back to the list, and says who decides.
    """

    for_managers = True
    page_title = gettext_lazy("Who acts for your campaign")
    reauthentication_reason = gettext_lazy("This decides who runs the campaign, so show once more that it is you.")
    is_gone = False
    user: User
    me: Member
    campaign: Campaign

    def load(self, **kwargs: Any) -> None:
        """Find the campaign. Raises Http404 for all who do not act for it."""
        self.user = get_current_user(self.request)
        me = list_memberships(self.user).filter(campaign__public_id=kwargs["campaign_id"]).first()
        if me is None:
            raise Http404
        self.me, self.campaign = me, me.campaign
        self.is_manager = me.position == Member.Position.MANAGER
        self.zone = find_campaign_time_zone(me.campaign)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the page, or lead to where its reader should be."""
        return self.find_detour() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Act, or lead to where its reader should be."""
        return self.find_detour() or super().post(request, **kwargs)

    def find_detour(self) -> HttpResponse | None:
        """Return where the reader is led instead: they do not decide this, or there is nothing to decide any more."""
        if self.for_managers and not self.is_manager:
            messages.info(self.request, _("Your managers decide who acts for the campaign. Ask one of them."))
            return self.return_to_list()
        if self.is_gone:
            messages.info(self.request, _("This is done already, by you or by a colleague. Here is how it stands."))
            return self.return_to_list()
        return None

    def read_proof(self) -> dict[str, Any]:
        """Return how the session has authenticated, as actions that change managers take it."""
        access = read_session_access(self.request.session, self.user)
        return {"has_mfa": access.has_mfa, "authenticated_at": access.authenticated_at}

    def return_to_list(self) -> HttpResponse:
        """Lead to the list of members."""
        return redirect("campaign-members-page", campaign_id=self.campaign.public_id)

    def build_back(self) -> Link:
        """Return the way back to the list."""
        return Link(reverse("campaign-members-page", args=[self.campaign.public_id]), _("Who acts for it"))

    def build_context(self) -> dict[str, Any]:
        """Return the campaign and the way back."""
        return {"campaign": self.campaign, "page_title": self.page_title, "back": self.build_back()}

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the page, and record that the reader sees addresses of colleagues."""
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


class OneMemberPage(MemberPage):
    """Base of the pages about one member, which managers open."""

    member: Member

    def load(self, **kwargs: Any) -> None:
        """Find the member."""
        super().load(**kwargs)
        members = members_visible_to(self.user).filter(campaign=self.campaign, public_id=kwargs["member_id"])
        member = members.first()
        self.is_gone = member is None
        self.member = member or self.me

    def build_initial(self) -> dict[str, Any]:
        """Return the version that the reader sees."""
        return {VERSION_FIELD: self.member.version}

    def build_context(self) -> dict[str, Any]:
        """Return the member."""
        return super().build_context() | {"member": self.member}


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=gettext_lazy("Email address"),
        help_text=gettext_lazy("We write to it. The link works once, for a week, and only for this address."),
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
        return super().build_context() | {
            "reader_id": self.user.pk,
            "is_manager": self.is_manager,
            "may_invite": self.is_manager and self.campaign.state != Campaign.State.ENDED,
            "rows": [{"member": member, "since": describe_day(member.since, self.zone)} for member in members],
            "invitations": self._list_invitations(members) if self.is_manager else [],
        }

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


class VersionForm(forms.Form):
    """The version of the member that the reader saw."""

    version = forms.IntegerField(widget=forms.HiddenInput(), min_value=0, max_value=MAX_VERSION)


class PositionForm(VersionForm):
    """A position."""

    position = forms.ChoiceField(label=gettext_lazy("Position"), widget=forms.RadioSelect, choices=list_positions)


class PositionPage(OneMemberPage):
    """Change the position of one member."""

    template_name = "campaigns/member.html"
    form_class = PositionForm
    heading = gettext_lazy("What may this person do?")
    button = gettext_lazy("Save the position")

    def build_initial(self) -> dict[str, Any]:
        """Return the position, with its version."""
        return super().build_initial() | {"position": self.member.position}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Change the position."""
        change_position(actor=self.user, member=self.member, at=self.at, **self.read_proof(), **form.cleaned_data)
        messages.success(self.request, _("Saved. If it is another position than before, a letter tells them."))
        return self.return_to_list()
