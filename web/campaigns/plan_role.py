"""Where no playbook is close: one role of one's own."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.draft_rules import MAX_HOURS_PER_WEEK
from web.campaigns.plan_draft_parts import OwnRole
from web.campaigns.plan_drafts import store_draft
from web.campaigns.plan_pages import PlanPage
from web.campaigns.role_forms import list_skill_choices
from web.campaigns.skill_field import NeededSkillField
from web.design.components import Link

MAX_OWN_SEATS = 5
MAX_OWN_WEEKS = 26
DEFAULT_HOURS, DEFAULT_WEEKS = 3, 8


class OwnRoleForm(forms.Form):
    """The skill, the hours, the people and the weeks."""

    skill = NeededSkillField()
    hours_per_week = forms.IntegerField(
        label=gettext_lazy("Hours a week, each person"),
        min_value=1,
        max_value=MAX_HOURS_PER_WEEK,
        help_text=gettext_lazy("Most people have two to four."),
    )
    seat_count = forms.IntegerField(label=gettext_lazy("How many people"), min_value=1, max_value=MAX_OWN_SEATS)
    weeks = forms.IntegerField(label=gettext_lazy("For how many weeks"), min_value=1, max_value=MAX_OWN_WEEKS)

    def __init__(self, *args: Any, skills: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = [("", "–"), *skills]  # type: ignore[attr-defined]


class OwnRolePage(PlanPage):
    """Ask for one role, in place of a playbook."""

    template_name = "design/visit_page.html"
    form_class = OwnRoleForm
    heading = gettext_lazy("Who would help most?")
    button = gettext_lazy("See the plan")
    step: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("outcome",)

    def build_initial(self) -> dict[str, Any]:
        """Show what was said before."""
        role = self.draft.role
        if role is None:
            return {"hours_per_week": DEFAULT_HOURS, "seat_count": 1, "weeks": DEFAULT_WEEKS}
        return {
            "skill": role.skill,
            "hours_per_week": role.hours_per_week,
            "seat_count": role.seat_count,
            "weeks": role.weeks,
        }

    def build_form_options(self) -> dict[str, Any]:
        """Offer all skills, by their fields."""
        return {"skills": list_skill_choices()}

    def build_back(self) -> Link:
        """Return the way to the playbooks."""
        return Link(self.draft.build_address("plan-closest"), _("Which is closest"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Keep the role, and show the plan."""
        draft = replace(self.draft, playbook="", role=OwnRole(**form.cleaned_data))
        store_draft(self.request, draft, at=self.at)
        return self.go_to("plan-project")
