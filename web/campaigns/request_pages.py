"""The page of one request: how far each role is filled, what is stuck, and the one change that helps."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.candidate_queries import find_candidate_standing
from campaigns.fill_counts import attach_fill_counts
from campaigns.models import Campaign, Member, Request
from campaigns.queries import EDITOR_POSITIONS
from campaigns.request_queries import draft_from_request
from core.api.current_user import get_current_user
from core.models import User
from core.time_zones import name_time_zone
from matching.lifecycle.queries.placements import list_people
from matching.lifecycle.queries.request_people import find_asked_until, find_fill_days
from matching.runs.actions.supply_estimate import estimate_supply, read_todays_estimates
from web.campaigns.campaign_notices import build_campaign_notice
from web.campaigns.member_requests import find_membership, find_request_of_member, find_role
from web.campaigns.publish_supply import describe_budget
from web.campaigns.request_facts import list_request_facts
from web.campaigns.request_people import RequestPeople
from web.campaigns.request_words import describe_fill_days
from web.campaigns.role_lines import describe_stuck, list_role_lines
from web.campaigns.stored_plan_pages import go_to_plan
from web.design.form_pages import FormPage

STATE_WORDS = {
    Request.State.PUBLISHED: (gettext_lazy("Looking for people"), "info"),
    Request.State.CLOSED: (gettext_lazy("Closed: no new people"), ""),
    Request.State.CANCELLED: (gettext_lazy("Called off"), ""),
}


class CheckForm(forms.Form):
    """Which role to ask about."""

    role = forms.UUIDField(widget=forms.HiddenInput)


class RequestPage(FormPage):
    """Show a request to the members of its campaign. Each button of its form asks who could help in one role."""

    template_name = "campaigns/request.html"
    form_class = CheckForm
    button = gettext_lazy("Check who could help")
    user: User
    member: Member
    stored: Request

    def load(self, **kwargs: Any) -> None:
        """Find the request. Raises Http404."""
        self.user = get_current_user(self.request)
        self.member = find_membership(self.user, kwargs["campaign_id"])
        self.stored = find_request_of_member(self.member, kwargs["request_id"])
        self.heading = self.stored.shown_title

    @property
    def is_editor(self) -> bool:
        """Return whether the reader asks for volunteers in the campaign's name."""
        return self.member.position in EDITOR_POSITIONS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the request; one that is not published yet leads to the last look before."""
        return self.find_detour() or super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Check who could help, where there is something to check."""
        return self.find_detour() or super().post(request, **kwargs)

    def find_detour(self) -> HttpResponse | None:
        """Return where the reader of a draft is led. Raises Http404 for those who do not plan."""
        if self.stored.state != Request.State.DRAFT:
            return None
        if not self.is_editor:
            raise Http404
        return go_to_plan(self.stored)

    def build_context(self) -> dict[str, Any]:
        """Return what is stored, and what was answered about it today."""
        stored, campaign = self.stored, self.stored.campaign
        attach_fill_counts([stored], reader=self.user)
        estimate = read_todays_estimates(campaign, self._build_draft(), at=self.at)
        lines = list_role_lines(
            campaign, stored, self._read_people(), estimate.roles, is_editor=self._may_act(Request.State.PUBLISHED)
        )
        is_published, fill = stored.state == Request.State.PUBLISHED, stored.fill  # type: ignore[attr-defined]
        word, kind = STATE_WORDS[Request.State(stored.state)]
        is_unverified = campaign.state == Campaign.State.UNVERIFIED
        if is_published and is_unverified:
            word = gettext_lazy("Waits for our call")
        is_looking = is_published and not is_unverified and fill.empty_count > 0
        return {
            "campaign": campaign,
            "stored": stored,
            "state": word,
            "state_kind": kind,
            "notice": build_campaign_notice(
                campaign, self.member, find_candidate_standing(campaign), zone=stored.time_zone, at=self.at
            ),
            "facts": list_request_facts(stored, self.user, zone=str(name_time_zone(stored.time_zone))),
            "lines": lines,
            "has_people": fill.filled_count > 0,
            "bad_news": describe_stuck(lines),
            "budget": describe_budget(estimate.questions_left) if any(line.may_check for line in lines) else "",
            "is_counted": any(line.supply for line in lines),
            "expected": describe_fill_days(find_fill_days()) if is_looking else "",
            "may_change": self._may_act(Request.State.PUBLISHED),
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Ask who could help in one role, and show the page again; what was answered is stored until midnight UTC."""
        role = find_role(self.stored, form.cleaned_data["role"])
        draft = self._build_draft(role.public_id)
        if not draft.roles:
            raise Http404
        estimate_supply(actor=self.user, campaign=self.stored.campaign, draft=draft, at=self.at)
        messages.success(
            self.request, _("Checked just now. You find the answer at “%(role)s”.") % {"role": role.shown_name}
        )
        return go_to_plan(self.stored)

    def _may_act(self, state: Request.State) -> bool:
        is_over = self.stored.campaign.state == Campaign.State.ENDED
        return self.is_editor and self.stored.state == state and not is_over

    def _read_people(self) -> RequestPeople:
        if not self.is_editor:
            return RequestPeople()
        people = list_people(self.user, self.stored.campaign, self.stored)
        return RequestPeople(people, find_asked_until(self.user, self.stored))

    def _build_draft(self, only: UUID | None = None) -> Any:
        """Return the request as a draft, with the roles that still have places."""
        draft = draft_from_request(self.stored)
        roles = [role for role in draft.roles if role.seat_count and only in (None, role.role_id)]
        return replace(draft, roles=roles)
