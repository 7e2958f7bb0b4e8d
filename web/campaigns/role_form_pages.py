"""What the pages of a role share: its request, and who could help with the role as it is typed."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.actions.amendable_requests import AMENDABLE_STATES
from campaigns.draft_rules import RoleDraft
from campaigns.models import Campaign, Request, Role
from campaigns.request_queries import draft_from_request
from core.api.current_user import get_current_user
from core.enums import CountBand
from core.errors import HandraiserError
from core.form_errors import add_form_errors
from core.models import User
from matching.runs.actions.supply_estimate import estimate_supply
from web.campaigns.publish_supply import describe_budget
from web.campaigns.rehearsed_pages import RehearsedPage
from web.campaigns.request_words import Suggestion, build_suggestion
from web.campaigns.stored_plan_pages import find_plan, go_to_plan
from web.campaigns.supply_meters import SupplyMeter
from web.design.components import Link

CHECK_BUTTON = "check"


class RoleFormPage(RehearsedPage):
    """A page with the form of a role. A request that is over leads to where it stands."""

    user: User
    stored: Request

    def load(self, **kwargs: Any) -> None:
        """Find the request. Raises Http404."""
        self.user = get_current_user(self.request)
        self.stored = find_plan(self.user, campaign_id=kwargs["campaign_id"], request_id=kwargs["request_id"])
        self.meter: SupplyMeter | None = None
        self.suggestion: Suggestion | None = None
        self.questions_left: int | None = None

    @property
    def changed_request(self) -> Request:
        """Return the request of the role."""
        return self.stored

    @property
    def is_published(self) -> bool:
        """Return whether people are looked for."""
        return self.stored.state == Request.State.PUBLISHED

    def build_typed_role(self) -> RoleDraft:
        """Return the role as it is typed, for a question about it; the form is valid."""
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form, or where the request stands if it is over."""
        if self.stored.state not in AMENDABLE_STATES:
            messages.info(request, _("This project is over, so its plan stays as it is. Plan another one."))
            return go_to_plan(self.stored)
        return super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or check who could help with the role as it is typed."""
        return self._check() if CHECK_BUTTON in request.POST else super().post(request, **kwargs)

    def build_context(self) -> dict[str, Any]:
        """Return the way back, and what was checked."""
        return {
            "back": build_way_back(self.stored),
            "may_check": self.stored.campaign.state == Campaign.State.VERIFIED,
            "meter": self.meter,
            "suggestion": self.suggestion,
            "budget": describe_budget(self.questions_left),
        }

    def _check(self) -> HttpResponse:
        """Show who could help with what was typed. Nothing of it is stored but the answer."""
        self.form = self.build_form(self.request.POST)
        if not self.form.is_valid():
            return self.render_page(status=HTTPStatus.BAD_REQUEST)
        draft = replace(draft_from_request(self.stored), roles=[self.build_typed_role()])
        try:
            estimate = estimate_supply(actor=self.user, campaign=self.stored.campaign, draft=draft, at=self.at)
        except HandraiserError as error:
            add_form_errors(self.form, error)
            return self.render_page(status=HTTPStatus.BAD_REQUEST)
        [found] = estimate.roles
        self.meter = SupplyMeter(CountBand(found.people_fitting), found.seat_count)
        self.questions_left = estimate.questions_left
        if found.changes and self.meter.is_scarce:
            typed = Role(hours_per_week=self.form.cleaned_data["hours_per_week"])  # what the sentence compares with
            self.suggestion = build_suggestion(typed, found.changes[0])
        return self.render_page()


def build_way_back(stored: Request) -> Link:
    """Return the way from the page of a role to its request."""
    ids = [stored.campaign.public_id, stored.public_id]
    if stored.state == Request.State.DRAFT:
        return Link(reverse("campaign-publish", args=ids), _("Check and publish"))
    return Link(reverse("campaign-request", args=ids), stored.shown_title)
