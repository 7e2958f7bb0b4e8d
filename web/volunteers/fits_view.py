"""What fits the draft of a first visit, as its page shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import ngettext

from core.notifications.moments import describe_weekday
from matching.engine.feasibility import Reason
from matching.open_roles.explanations import Obstacle, OpeningChange, explain_fits, find_best_change, list_obstacles
from matching.open_roles.queries.counting_skills import find_counting_skills
from matching.open_roles.queries.fits import Fits, find_fits_of_stated
from matching.open_roles.queries.open_role_rows import OpenRole, list_fitting_roles
from matching.open_roles.stated_volunteers import resolve_stated_volunteer
from volunteers.profile_limits import MAX_HOURS_PER_WEEK
from volunteers.signals import find_answer_deadline
from web.volunteers.open_role_words import describe_place, describe_reason
from web.volunteers.start_drafts import StartDraft

MAX_FITS_SHOWN = 3
MAX_FITS_READ = 60
"""So many are looked through for those that are alike."""
MAX_OBSTACLES_SHOWN = 3
MAX_HOURS_SHOWN = 2
WEEK_REASONS = frozenset({Reason.WINDOW, Reason.MEETING, Reason.HOURS})


@dataclass(frozen=True, slots=True)
class FittingPlace:
    """An open place as a card shows it, why it fits, and how many are just like it, itself counted."""

    name: str
    tasks: str
    facts: str
    why: str
    count: int


@dataclass(frozen=True, slots=True)
class FitsView:
    """What fits a draft: how many, the closest, and what would open more."""

    count: int
    asking: int
    places: list[FittingPlace]
    explanation: str
    change: OpeningChange | None
    obstacles: list[Obstacle]
    with_more_hours: list[str]

    @property
    def is_change_of_week(self) -> bool:
        """Return whether the one change is made on the page of the week."""
        return self.change is not None and self.change.reason in WEEK_REASONS

    @property
    def is_told_by_hours(self) -> bool:
        """Return whether the one change is more hours, and how many of them is said."""
        return bool(self.with_more_hours) and self.change is not None and self.change.reason is Reason.HOURS

    @property
    def is_change_of_skills(self) -> bool:
        """Return whether the one change is made on the page of the skills."""
        return self.change is not None and self.change.reason is Reason.LEVEL

    @property
    def more(self) -> int:
        """Return how many fit beside those that are shown."""
        return self.count - sum(place.count for place in self.places)

    @property
    def others(self) -> int:
        """Return how many ask for the skills and do not fit."""
        return max(0, self.asking - self.count)


def look_for_fits(draft: StartDraft, *, at: datetime) -> FitsView:
    """Return what fits a draft that has its skills and its week. Raises Invalid with the paths of a profile."""
    fits = find_fits_of_stated(resolve_draft(draft, at=at), at=at)
    roles = list_fitting_roles(fits, limit=MAX_FITS_READ, time_zone=None)
    return FitsView(
        int(fits.fitting.sum()),
        int(fits.asks_for_skills.sum()),
        _group_places(roles, [skill.code for skill in draft.skills])[:MAX_FITS_SHOWN],
        explain_fits(fits),
        find_best_change(fits),
        list_obstacles(fits, limit=MAX_OBSTACLES_SHOWN),
        [] if fits.fitting.any() else _describe_more_hours(fits),
    )


def _group_places(roles: Sequence[OpenRole], claimed: Sequence[str]) -> list[FittingPlace]:
    """Return the roles as cards, equal ones as one, and first those that ask for a skill that was claimed itself."""
    counting = find_counting_skills(claimed)
    cards = [
        (role.name, role.tasks, describe_place(role), describe_reason(role, counting))
        for role in sorted(roles, key=lambda role: role.skill not in claimed)
    ]
    return [FittingPlace(*card, count) for card, count in Counter(cards).items()]


def _describe_more_hours(fits: Fits) -> list[str]:
    """Return sentences such as “With 4 hours a week, 9 places fit.”, the fewest hours first."""
    return [
        ngettext(
            "With %(hours)d hours a week, %(count)d place fits.",
            "With %(hours)d hours a week, %(count)d places fit.",
            count,
        )
        % {"hours": hours, "count": count}
        for hours, count in fits.count_fits_by_hours()
        if hours <= MAX_HOURS_PER_WEEK
    ][:MAX_HOURS_SHOWN]


def resolve_draft(draft: StartDraft, *, at: datetime) -> Any:
    """Return the person of a draft, as the query of fits takes them. Raises Invalid with the paths of a profile."""
    assert draft.week is not None
    return resolve_stated_volunteer(
        claims=[(skill.code, skill.level or 0, skill.wants_to_use) for skill in draft.skills],
        max_hours_per_week=draft.week.max_hours_per_week,
        windows=draft.week.windows,
        time_zone=draft.week.time_zone,
        languages=draft.languages,
        today=at.date(),
    )


def describe_answer_day(time_zone: str, *, at: datetime) -> str:
    """Return the day until which a hand that is raised now gets its answer, such as “Friday, 17 October”."""
    deadline = find_answer_deadline(time_zone, at=at)
    return describe_weekday(deadline, time_zone) if deadline else ""
