"""The base of the pages about the people who act for a campaign."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.member_queries import list_memberships, members_visible_to
from campaigns.models import Campaign, Member
from campaigns.request_queries import find_campaign_time_zone
from core.accounts.authentication import read_session_access
from core.api.current_user import get_current_user
from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.privacy.contact_logging import render_with_contacts
from web.design.components import Link
from web.design.form_pages import VERSION_FIELD, FormPage


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
