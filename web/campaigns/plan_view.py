"""A plan of a visit as pages show it, and as the request that is stored."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from campaigns.draft_rules import RequestDraft, RoleDraft
from campaigns.plan_rules import guess_time_zone, schedule_project
from campaigns.playbook_queries import find_offered_playbook
from core.reference.word_search import list_skills_by_codes
from core.reference_texts import ReferenceKind, translate_reference
from web.campaigns.plan_drafts import PlanDraft
from web.campaigns.plan_words import PlanRole, describe_span, describe_weeks
from web.campaigns.supply_meters import build_playbook_meter, describe_scarce_roles
from web.campaigns.words import describe_date

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

    def describe_end(self, wanted_on: date) -> str:
        """Return in a sentence how its length goes with the day on which it is wanted; empty if there is too little."""
        if self.shortage:
            return ""
        words = {"weeks": describe_weeks(self.weeks), "first": describe_date(self.starts_on)}
        if self.ends_on < wanted_on:
            words["day"] = describe_date(wanted_on)
            return _("It takes %(weeks)s from %(first)s. Your day, %(day)s, is after that.") % words
        return _("It takes %(weeks)s from %(first)s, and ends on your day.") % words

    @property
    def shortage(self) -> str:
        """Return a sentence where there are fewer weeks than it usually takes; empty if there are enough."""
        left = max(1, round(((self.ends_on - self.starts_on).days + 1) / 7))
        if left >= self.weeks:
            return ""
        return _(
            "This usually takes %(usual)s, and you have %(left)s. You can still go on: the team then does less."
        ) % {
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
