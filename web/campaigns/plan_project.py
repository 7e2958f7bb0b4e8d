"""The page that shows the plan and what it costs the campaign, before it asks for the address."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.requests import redraft_request
from campaigns.queries import list_editable_campaigns
from campaigns.request_queries import find_editable_request
from core.api.current_user import get_current_user
from core.models import User
from matching.lifecycle.queries.policies import get_active_policy
from web.campaigns.plan_pages import PlanPage, go_to_stored
from web.campaigns.plan_view import build_plan, build_request_draft
from web.campaigns.plan_words import list_costs
from web.design.components import Link


class ProjectPage(PlanPage):
    """Show the plan, who could help, and what it asks of the campaign. The visitor has not said who they are yet."""

    template_name = "campaigns/plan_project.html"
    heading = gettext_lazy("This is the plan")
    button = gettext_lazy("Continue")
    step: ClassVar[int] = 3
    needs: ClassVar[tuple[str, ...]] = ("outcome", "plan")

    def load(self, **kwargs: Any) -> None:
        """Build the plan."""
        has_all = self.draft.has_outcome and self.draft.has_plan
        self.plan = build_plan(self.draft, at=self.at) if has_all else None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the plan, or ask again what is closest."""
        return self.go_to("plan-closest") if self.plan is None else super().get(request, **kwargs)

    def build_back(self) -> Link:
        """Return the way to the choice."""
        page = "plan-role" if self.draft.role else "plan-closest"
        return Link(self.draft.build_address(page), _("Which is closest"))

    def build_context(self) -> dict[str, Any]:
        """Return the plan, and what it costs."""
        assert self.plan is not None
        policy = get_active_policy()
        return super().build_context() | {
            "plan": self.plan,
            "outcome": self.draft.outcome,
            "wanted_on": self.draft.wanted_on,
            "end": self.plan.describe_end(self.draft.wanted_on) if self.draft.wanted_on else "",
            "costs": list_costs(people=self.plan.people, confirm_hours=policy.confirm_hours),
            "change_outcome": self.draft.build_address("plan-outcome"),
            "change_plan": self.build_back().href,
        }

    def perform(self, form: forms.Form) -> HttpResponse:
        """Go on; a plan that is stored already is stored again as it is now."""
        if self.plan is None:
            self.warn_of_lost_draft()
            return self.go_to(self.find_missing_step(at=self.at) or "plan-closest")
        if not self.request.user.is_authenticated:
            return self.go_to("plan-email")
        user = get_current_user(self.request)
        if self.draft.stored is not None:
            return self._store_again(user)
        return self.go_to("plan-choice" if list_editable_campaigns(user).exists() else "plan-race")

    def _store_again(self, user: User) -> HttpResponse:
        assert self.plan is not None
        assert self.draft.stored is not None
        request = find_editable_request(user, self.draft.stored.campaign, self.draft.stored.request)
        if request is not None:
            jurisdiction = request.campaign.candidate.contest.jurisdiction.code
            draft = build_request_draft(self.draft, self.plan, jurisdiction=jurisdiction)
            redraft_request(actor=user, request=request, draft=draft, at=self.at)
        return go_to_stored(self.draft.stored)
