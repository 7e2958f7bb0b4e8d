"""The first two steps of a plan: what must be true and by which date, and which of the playbooks is closest."""

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.plan_rules import check_wanted_day
from campaigns.playbook_queries import list_offered_playbooks
from web.campaigns.plan_drafts import store_draft
from web.campaigns.plan_pages import PlanPage
from web.campaigns.plan_words import OTHER, describe_size, guess_playbook, name_problem, sort_by_problem
from web.design.components import ChoiceLabel, Link
from web.design.day_fields import DayField

MAX_OUTCOME_LENGTH = 300
EXAMPLE_PARAMETER = "example"
EXAMPLES: tuple[str | Promise, ...] = (
    gettext_lazy("People who look for us find a website, and can sign up and donate."),
    gettext_lazy("Everybody who signs up hears from us within a day."),
    gettext_lazy("All of our accounts have a second factor."),
)


class OutcomeForm(forms.Form):
    """The outcome in a sentence, and its day."""

    outcome = forms.CharField(
        label=gettext_lazy("What do you need?"),
        help_text=gettext_lazy(
            "For example: a website where people can sign up and donate. Volunteers read it when they are asked."
        ),
        max_length=MAX_OUTCOME_LENGTH,
        error_messages={"required": gettext_lazy("Write in one sentence what you need.")},
    )
    wanted_on = DayField(
        label=gettext_lazy("By which date"),
        missing=gettext_lazy("Give the day by which you need it."),
        help_text=gettext_lazy("The day on which you need it, not election day."),
    )


class OutcomePage(PlanPage):
    """Ask for the outcome before anything else. An example is one tap away."""

    template_name = "campaigns/plan_outcome.html"
    form_class = OutcomeForm
    heading = gettext_lazy("What should be done, and by when?")
    button = gettext_lazy("Continue")
    step: ClassVar[int] = 1
    keeps_for_later: ClassVar[bool] = True

    def build_initial(self) -> dict[str, Any]:
        """Show what was said before, or the example that was tapped."""
        example = self.request.GET.get(EXAMPLE_PARAMETER, "")
        is_example = example.isascii() and example.isdigit() and len(example) == 1 and int(example) < len(EXAMPLES)
        outcome = str(EXAMPLES[int(example)]) if is_example else self.draft.outcome
        return {"outcome": outcome, "wanted_on": self.draft.wanted_on}

    def build_back(self) -> Link:
        """Return the way home."""
        return Link(reverse("home"), _("Back"))

    def build_context(self) -> dict[str, Any]:
        """Return the examples, each as a link."""
        examples = [
            Link(self.draft.build_address("plan-outcome", example=str(number)), str(example))
            for number, example in enumerate(EXAMPLES)
        ]
        return super().build_context() | {"examples": examples}

    def perform(self, form: forms.Form) -> HttpResponse:
        """Keep the outcome, and go on; to the plan, where one was chosen before."""
        check_wanted_day(form.cleaned_data["wanted_on"], today=self.at.date())
        store_draft(self.request, replace(self.draft, **form.cleaned_data), at=self.at)
        return self.go_to("plan-project" if self.draft.has_plan else "plan-closest")


class ClosestForm(forms.Form):
    """The playbook that is closest, by the problem that it solves."""

    playbook = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        help_text=gettext_lazy("Choose the one that presses most. You can plan a second project afterwards."),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one. If you are not sure, start with one hour."),
            "invalid_choice": gettext_lazy("This one is no longer offered. Choose another."),
        },
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["playbook"].choices = choices  # type: ignore[attr-defined]


class ClosestPage(PlanPage):
    """Ask which playbook is closest. “Something else” leads to a role of one's own."""

    form_class = ClosestForm
    heading = gettext_lazy("Which of these is closest?")
    button = gettext_lazy("See the plan")
    template_name = "design/visit_page.html"
    step: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("outcome",)

    def load(self, **kwargs: Any) -> None:
        """Read the playbooks."""
        self.playbooks = list(list_offered_playbooks())

    def build_initial(self) -> dict[str, Any]:
        """Show what was chosen before, or what the words of the outcome name."""
        chosen = self.draft.playbook or (OTHER if self.draft.role else "")
        return {"playbook": chosen or guess_playbook(self.draft.outcome, self.playbooks)}

    def build_form_options(self) -> dict[str, Any]:
        """Offer the playbooks by their problems."""
        choices = [
            (playbook.code, ChoiceLabel(name_problem(playbook), describe_size(playbook)))
            for playbook in sort_by_problem(self.playbooks)
        ]
        other = ChoiceLabel(_("Something else"), _("Say which skill you need, and for how long."))
        return {"choices": [*choices, (OTHER, other)]}

    def build_back(self) -> Link:
        """Return the way to the outcome."""
        return Link(self.draft.build_address("plan-outcome"), _("What you need"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Keep the choice, and show the plan; also where the outcome was lost with its session."""
        chosen = form.cleaned_data["playbook"]
        if not self.draft.has_outcome:
            self.warn_of_lost_draft()
        if chosen == OTHER:
            store_draft(self.request, replace(self.draft, playbook=""), at=self.at)
            return self.go_to("plan-role")
        store_draft(self.request, replace(self.draft, playbook=chosen, role=None), at=self.at)
        return self.go_to("plan-project")
