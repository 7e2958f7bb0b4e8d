"""The plan and what it costs the campaign, before it asks for the address."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.actions.requests import redraft_request
from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.plan_rules import guess_time_zone, schedule_project
from campaigns.playbook_queries import find_offered_playbook
from campaigns.queries import list_editable_campaigns
from campaigns.request_queries import find_editable_request
from core.api.current_user import get_current_user
from core.models import User
from core.reference.word_search import list_skills_by_codes
from core.reference_texts import ReferenceKind, translate_reference
from matching.lifecycle.queries.policies import get_active_policy
from web.campaigns.plan_drafts import PlanDraft
from web.campaigns.plan_pages import PlanPage, go_to_stored
from web.campaigns.plan_words import PlanRole, describe_span, describe_weeks, list_costs
from web.campaigns.supply_meters import build_playbook_meter, describe_scarce_roles
from web.campaigns.words import describe_date
from web.design.components import Link
from web.design.visit_code import CodeStepMixin, EmailStepMixin, VisitEmailForm

_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";")


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan as its page shows it. Its name is stored as the title of the request, whatever the reader's language."""

    name: str
    summary: str
    roles: list[PlanRole]
    deliverables: list[str]
    weeks: int
    starts_on: date
    ends_on: date

    @property
    def shown_name(self) -> str:
        """Return the name in the active language."""
        return translate_reference(self.name, ReferenceKind.PLAYBOOK, ReferenceKind.SKILL)

    @property
    def people(self) -> int:
        """Return how many people it takes."""
        return sum(role.seat_count for role in self.roles)

    @property
    def span(self) -> str:
        """Return its first and its last day."""
        return describe_span(self.starts_on, self.ends_on)

    @property
    def scarcity(self) -> str:
        """Return which of its roles are hard to fill, in a sentence; empty if none is."""
        return describe_scarce_roles([role.supply for role in self.roles])

    @property
    def is_counted(self) -> bool:
        """Return whether it is known how many people could help."""
        return any(role.supply for role in self.roles)

    @property
    def shortage(self) -> str:
        """Return a sentence where there are fewer weeks than it usually takes; empty if there are enough."""
        left = max(1, round(((self.ends_on - self.starts_on).days + 1) / 7))
        if left >= self.weeks:
            return ""
        return _("This usually takes %(usual)s, and you have %(left)s. Give a later date.") % {
            "usual": describe_weeks(self.weeks),
            "left": describe_weeks(left),
        }


def build_plan(draft: PlanDraft, *, at: datetime) -> PlanView | None:
    """Return the plan of a draft; None where its playbook or its skill is no longer offered."""
    assert draft.wanted_on is not None
    if draft.role is not None:
        skill = list_skills_by_codes([draft.role.skill]).get(draft.role.skill)
        if skill is None:
            return None
        roles = [PlanRole(skill.shown_name, skill.shown_name, draft.role.hours_per_week, draft.role.seat_count)]
        days = schedule_project(wanted_on=draft.wanted_on, weeks=draft.role.weeks, today=at.date())
        return PlanView(skill.name, "", roles, [], draft.role.weeks, *days)
    playbook = find_offered_playbook(draft.playbook)
    if playbook is None:
        return None
    roles = [
        PlanRole(
            role.shown_name,
            role.skill.shown_name,
            role.hours_per_week,
            role.seat_count,
            build_playbook_meter(role),
            tasks=role.shown_tasks,
        )
        for role in playbook.roles.all()
    ]
    days = schedule_project(wanted_on=draft.wanted_on, weeks=playbook.weeks, today=at.date())
    texts = playbook.shown_summary, roles, playbook.shown_deliverables
    return PlanView(playbook.name, *texts, playbook.weeks, *days)


def build_request_draft(draft: PlanDraft, plan: PlanView, *, jurisdiction: str) -> RequestDraft:
    """Return a plan as the request that is stored. What must be true is its summary."""
    assert draft.wanted_on is not None
    roles: list[RoleDraft] = []
    if draft.role is not None:
        own = draft.role
        roles = [
            RoleDraft(name=plan.name, skill=own.skill, hours_per_week=own.hours_per_week, seat_count=own.seat_count)
        ]
    return RequestDraft(
        title=plan.name,
        summary=write_summary(draft.outcome, draft.wanted_on),
        playbook=draft.playbook,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        time_zone=guess_time_zone(jurisdiction),
        roles=roles,
    )


def write_summary(outcome: str, wanted_on: date) -> str:
    """Return what must be true, and by when, as two sentences."""
    outcome = outcome.strip()
    sentence = outcome if outcome.endswith(_SENTENCE_ENDS) else f"{outcome}."
    return _("%(outcome)s By %(day)s.") % {"outcome": sentence, "day": describe_date(wanted_on)}


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


class EmailPage(EmailStepMixin, PlanPage):
    """Ask for an address, once the plan was shown. Who is signed in just goes on."""

    template_name = "campaigns/plan_email.html"
    form_class = VisitEmailForm
    heading = gettext_lazy("Where can we reach you?")
    button = gettext_lazy("Send me a code")
    step: ClassVar[int] = 4
    needs: ClassVar[tuple[str, ...]] = ("outcome", "plan")
    code_page: ClassVar[str] = "plan-code"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or go on."""
        return self.go_to("plan-race") if request.user.is_authenticated else super().get(request, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Have a code sent, or go on."""
        return self.go_to("plan-race") if request.user.is_authenticated else super().post(request, **kwargs)

    def build_form(self, data: Any) -> forms.Form:
        """Say what the address is for."""
        form = super().build_form(data)
        form.fields["email"].help_text = _("One that only you read. We write to it about this plan.")
        return form

    def build_back(self) -> Link:
        """Return the way to the plan."""
        return Link(self.draft.build_address("plan-project"), _("The plan"))

    def perform(self, form: forms.Form) -> HttpResponse:
        """Have a code sent, and go on."""
        return self.send_code(form.cleaned_data["email"])


class CodePage(CodeStepMixin, PlanPage):
    """Take the code, and sign in with it."""

    step: ClassVar[int] = 5
    email_page: ClassVar[str] = "plan-email"
    code_page: ClassVar[str] = "plan-code"
    next_page: ClassVar[str] = "plan-race"
