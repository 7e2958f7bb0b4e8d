"""What the pages of a stored plan share: the plan, and who may answer its volunteers."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from campaigns.member_queries import members_visible_to
from campaigns.models import Member, Request
from campaigns.queries import EDITOR_POSITIONS
from campaigns.request_queries import find_editable_request
from core.api.current_user import get_current_user
from core.enums import AccessPoint, ViewerKind
from core.models import User
from core.privacy.contact_logging import render_with_contacts
from web.design.form_pages import FormPage


class StoredPlanPage(FormPage):
    """A page with a form about a stored plan, for those who may publish it."""

    user: User
    stored: Request
    members: list[Member]

    def load(self, **kwargs: Any) -> None:
        """Find the plan, and who may answer its volunteers. Raises Http404."""
        self.user = get_current_user(self.request)
        self.stored = find_plan(self.user, **kwargs)
        members = members_visible_to(self.user).filter(campaign=self.stored.campaign, position__in=EDITOR_POSITIONS)
        self.members = list(members.order_by("since", "pk"))

    def build_initial(self) -> dict[str, Any]:
        """Show who was chosen to answer, else the reader."""
        chosen = self.stored.contact or next((each for each in self.members if each.user_id == self.user.pk), None)
        return {"contact": str(chosen.public_id) if chosen else ""}

    def list_member_choices(self) -> list[tuple[str, str]]:
        """Return the members who may answer, each by a way to reach them that the reader may see."""
        return [(str(member.public_id), self._name_member(member)) for member in self.members]

    def list_shown_members(self) -> list[Member]:
        """Return the colleagues whose addresses the choice shows; there is none with one member."""
        others = [member for member in self.members if member.user_id != self.user.pk]
        return [member for member in others if member.shown]  # type: ignore[attr-defined]

    def render_page(self, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        """Show the page, and record that the reader sees the addresses of colleagues."""
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

    def _name_member(self, member: Any) -> str:
        if member.user_id == self.user.pk:
            return _("I do")
        position = member.get_position_display()
        if not member.shown:
            return str(position)
        return _("%(address)s (%(position)s)") % {"address": member.user.email, "position": position}


def find_plan(user: User, *, campaign_id: UUID, request_id: UUID) -> Request:
    """Return a request of a campaign in whose name the user asks for volunteers. Raises Http404."""
    found = find_editable_request(user, campaign_id, request_id)
    if found is None or found.emergency:
        raise Http404
    return found


def go_to_plan(stored: Request) -> HttpResponse:
    """Return the redirect to where a plan stands: to be published, or the page of the request."""
    page = "campaign-publish" if stored.state == Request.State.DRAFT else "campaign-request"
    return redirect(page, campaign_id=stored.campaign.public_id, request_id=stored.public_id)
