"""The words of a plan: the problem that a playbook solves, its roles, and what the project asks of the campaign."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Playbook
from web.campaigns.supply_meters import SupplyMeter
from web.campaigns.words import describe_date

SCOPING = "scoping-session"
OTHER = "other"
MIN_TELLING_LETTERS = 4
"""A shorter word, such as “and” or “for”, does not tell what a project is about."""
MAX_ALONE = 2
"""Up to so many people take an hour a week of the campaign's time, and more of them two."""

_PROBLEMS: dict[str, str | Promise] = {
    "website": gettext_lazy("Nobody finds our website, or we have none"),
    "email": gettext_lazy("People sign up and never hear from us"),
    "data": gettext_lazy("We can’t tell who supports us"),
    "security-check": gettext_lazy("Our accounts worry us"),
    "ads": gettext_lazy("People online don’t know us"),
    "social-media": gettext_lazy("We post, and nobody looks"),
    "texting": gettext_lazy("We want to reach people by text message"),
    "on-call": gettext_lazy("Small things break, and we have nobody to ask"),
    SCOPING: gettext_lazy("Not sure: start with one hour"),
}
"""What a campaign says of itself, by playbook, in the order in which it is asked. Others go by their own names."""


@dataclass(frozen=True, slots=True)
class PlanRole:
    """One role of a plan as its line shows it. `skill` is a name; `supply` is None where nothing is counted.

    `opening` is the one change that would open it to more people. `change_href` is empty before the plan is stored.
    `tasks` says what the person does.
    """

    name: str
    skill: str
    hours_per_week: int
    seat_count: int
    supply: SupplyMeter | None = None
    opening: str = ""
    change_href: str = ""
    tasks: str = ""

    @property
    def facts(self) -> str:
        """The skill, the hours and the places in one line."""
        return f"{self.skill} · {describe_work(self.hours_per_week, self.seat_count)}"


def name_problem(playbook: Playbook) -> str:
    """Return the problem that a playbook solves, in the campaign's words; its name where we have none."""
    return str(_PROBLEMS.get(playbook.code, playbook.shown_name))


def sort_by_problem(playbooks: Iterable[Playbook]) -> list[Playbook]:
    """Return the playbooks in the order of their problems: those of reviewers after ours, and the one hour last."""
    order = [code for code in _PROBLEMS if code != SCOPING]
    places = {code: place for place, code in enumerate(order)} | {SCOPING: len(order) + 1}
    return sorted(playbooks, key=lambda playbook: (places.get(playbook.code, len(order)), playbook.shown_name))


def guess_playbook(outcome: str, playbooks: Iterable[Playbook]) -> str:
    """Return the code of the playbook that the words of an outcome name; empty if none does, or several do."""
    said = _list_telling_words(outcome)
    counts = {}
    for playbook in playbooks:
        skills = [role.skill.shown_name for role in playbook.roles.all()]
        names = _list_telling_words(" ".join([playbook.shown_name, playbook.code.replace("-", " "), *skills]))
        counts[playbook.code] = len(said & names)
    most = max(counts.values(), default=0)
    best = [code for code, count in counts.items() if count == most]
    return best[0] if most and len(best) == 1 else ""


def _list_telling_words(text: str) -> set[str]:
    """Return the words of a text that are not short ones, in small letters and without the s of a plural."""
    words = "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
    return {word.removesuffix("s") for word in words if len(word) >= MIN_TELLING_LETTERS}


def describe_size(playbook: Playbook) -> str:
    """Return the name, the weeks and the people of a playbook in one line; its roles are read along."""
    people = sum(role.seat_count for role in playbook.roles.all())
    return " · ".join([playbook.shown_name, describe_weeks(playbook.weeks), describe_people(people)])


def describe_weeks(weeks: int) -> str:
    """Return how long a project takes."""
    return ngettext("%(count)d week", "%(count)d weeks", weeks) % {"count": weeks}


def describe_people(people: int) -> str:
    """Return how many people a project has."""
    return ngettext("%(count)d person", "%(count)d people", people) % {"count": people}


def describe_work(hours: int, places: int) -> str:
    """Return the hours a week and the places of a role."""
    week = ngettext("%(count)d hour a week", "%(count)d hours a week", hours) % {"count": hours}
    return f"{week} · {ngettext('%(count)d place', '%(count)d places', places) % {'count': places}}"


def describe_span(starts_on: date, ends_on: date) -> str:
    """Return the first and the last day of a project."""
    return _("%(first)s to %(last)s") % {"first": describe_date(starts_on), "last": describe_date(ends_on)}


def list_costs(*, people: int, confirm_hours: int) -> list[str]:
    """Return what a project asks of the campaign, a sentence each. `people` are those of the whole team."""
    hours = 1 if people <= MAX_ALONE else 2
    contact = ngettext(
        "One of you answers the volunteers: about %(count)d hour a week.",
        "One of you answers the volunteers: about %(count)d hours a week.",
        hours,
    )
    answer = ngettext(
        "You answer each person who says yes within %(count)d hour.",
        "You answer each person who says yes within %(count)d hours.",
        confirm_hours,
    )
    return [
        contact % {"count": hours},
        answer % {"count": confirm_hours},
        _("We call you once, at the number in your public filing."),
        _("Give each person an account of their own. Passwords are never shared."),
        _("It costs no money."),
    ]
