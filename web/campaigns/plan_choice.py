"""For which campaign a plan is: members of one choose before they look for a race."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.requests import draft_request
from campaigns.queries import list_editable_campaigns
from core.api.current_user import get_current_user
from web.campaigns.plan_draft_parts import StoredPlan
from web.campaigns.plan_drafts import PlanDraft, store_draft
from web.campaigns.plan_pages import SignedInPlanPage, go_to_stored
from web.campaigns.plan_view import build_plan, build_request_draft
from web.design.components import Link

ANOTHER_CAMPAIGN = "another"


class ChoiceForm(forms.Form):
    """The campaign for which a plan is."""

    campaign = forms.ChoiceField(
        label=gettext_lazy("The campaign"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose for which campaign this is."),
            "invalid_choice": gettext_lazy("You no longer act for this one. Choose another."),
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].choices = choices  # type: ignore[attr-defined]


class ChoicePage(SignedInPlanPage):
    """Ask who acts for a campaign already for which one this plan is, and store it there."""

    template_name = "design/visit_page.html"
    form_class = ChoiceForm
    heading = gettext_lazy("For which campaign?")
    button = gettext_lazy("Continue")
    step: ClassVar[int] = 6
    needs: ClassVar[tuple[str, ...]] = ("outcome", "plan")

    def load(self, **kwargs: Any) -> None:
        """Find the campaigns."""
        self.user = get_current_user(self.request)
        self.campaigns = {str(campaign.public_id): campaign for campaign in list_editable_campaigns(self.user)}

    def build_form_options(self) -> dict[str, Any]:
        """Offer the campaigns, and another one."""
        choices = [(key, campaign.name) for key, campaign in self.campaigns.items()]
        return {"choices": [*choices, (ANOTHER_CAMPAIGN, _("A campaign that is not here yet"))]}

    def build_back(self) -> Link:
        """Return the way to the plan."""
        return Link(self.draft.build_address("plan-project"), _("The plan"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Store the plan as a draft of the campaign, or ask for the race of another one."""
        draft: PlanDraft = self.draft
        chosen = self.campaigns.get(form.cleaned_data["campaign"])
        plan = build_plan(draft, at=self.at)
        if chosen is None or plan is None:
            store_draft(self.request, replace(draft, is_for_new_campaign=True), at=self.at)
            return self.go_to("plan-race" if plan else "plan-closest")
        jurisdiction = chosen.candidate.contest.jurisdiction.code
        request = draft_request(
            actor=self.user,
            campaign=chosen,
            draft=build_request_draft(draft, plan, jurisdiction=jurisdiction),
            at=self.at,
        )
        stored = StoredPlan(str(chosen.public_id), str(request.public_id))
        store_draft(self.request, replace(draft, stored=stored), at=self.at)
        return go_to_stored(stored)
