"""Who could help: what is asked about one role, what could be asked instead, and how much of the answer is told. Pure.

A campaign learns how many people there are, never who, so it must not be able to make a question that only one person
answers. Counts are told in bands; a change is told when it opens the role to five people or more, since differences
are what isolates somebody; and where a question is narrow, whether there is nobody or a few is not told either.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from django.db.models import TextChoices

from core.week_mask import Window

MAX_QUESTIONS_PER_DAY = 40
"""How many different questions, one a role, a campaign has a day; the same one again is not counted."""

MAX_ROLES_PER_ESTIMATE = 10
MIN_DISCLOSED_COUNT = 5
RARE_SKILL_MAX_CLAIMS = 10
"""Where fewer people than this claim a skill at all, every question about it is narrow."""

_MIN_NARROW_CONDITIONS = 4
_WIDE_WORK_HOURS = 20
_LONG_MEETING_HOURS = 3
_SHORT_REQUEST = timedelta(days=14)


class DraftChange(TextChoices):
    """What a campaign could ask for instead, by the name of the field in a draft."""

    LEVEL = "level"
    HOURS = "hours_per_week"
    LANGUAGES = "languages"
    LEADS = "is_lead"
    DECIDES = "makes_decisions"
    WORK = "work"
    MEETINGS = "meetings"
    ENDS_ON = "ends_on"


class CountBand(TextChoices):
    """A count that isolates nobody."""

    NONE = "none"
    FEW = "1-4"
    UNDER_FIVE = "under 5"
    SOME = "5-9"
    MANY = "10-24"
    PLENTY = "25+"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyQuestion:
    """What a role asks of somebody, with the terms of its request. `skill` is a code; the days are both included."""

    skill: str
    level: int
    hours: int
    languages: tuple[str, ...]
    leads: bool
    decides: bool
    vetted_for: str
    first: date
    last: date
    time_zone: str
    work: tuple[Window, ...]
    meetings: tuple[Window, ...]

    @property
    def digest(self) -> str:
        """The same for the same question, however its lists are ordered."""
        said = json.dumps(asdict(self), default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """One change, to what it leads (as it would stand in a draft), and what is asked then."""

    change: DraftChange
    to: object
    question: SupplyQuestion


def list_possible_changes(question: SupplyQuestion) -> list[ChangedQuestion]:
    """Every single change that a campaign could make, and that asks for less than before.

    Nothing is said of what people keep to themselves, as whom they want to serve, nor of going without a vetting mark.
    """
    asked = question
    middle = asked.first + (asked.last - asked.first) / 2
    found = [
        (asked.level > 1, DraftChange.LEVEL, asked.level - 1, {"level": asked.level - 1}),
        (asked.hours > 1, DraftChange.HOURS, (asked.hours + 1) // 2, {"hours": (asked.hours + 1) // 2}),
        (bool(asked.languages), DraftChange.LANGUAGES, [], {"languages": ()}),
        (asked.leads, DraftChange.LEADS, False, {"leads": False}),
        (asked.decides, DraftChange.DECIDES, False, {"decides": False}),
        (bool(asked.work), DraftChange.WORK, [], {"work": ()}),
        (bool(asked.meetings), DraftChange.MEETINGS, [], {"meetings": ()}),
        (asked.last - asked.first >= _SHORT_REQUEST, DraftChange.ENDS_ON, middle.isoformat(), {"last": middle}),
    ]
    return [ChangedQuestion(what, to, replace(question, **terms)) for there, what, to, terms in found if there]  # type: ignore[arg-type]


def is_narrow_question(question: SupplyQuestion) -> bool:
    """Whether a question asks for so much at once that somebody who knows a person could have made it for them.

    It is told from the question alone, so that being narrow betrays nothing.
    """
    asked = question
    work, meetings = _count_covered_hours(asked.work), _count_covered_hours(asked.meetings)
    particulars = [
        asked.level >= 4,
        bool(asked.languages),
        asked.leads,
        asked.decides,
        bool(asked.vetted_for),
        bool(asked.work) and work < _WIDE_WORK_HOURS,
        bool(asked.work) and asked.hours * 2 > work,
        bool(asked.meetings),
        meetings > _LONG_MEETING_HOURS,
        len(asked.meetings) > 2,
        asked.last - asked.first < _SHORT_REQUEST,
    ]
    return sum(particulars) >= _MIN_NARROW_CONDITIONS


def count_band(count: int) -> CountBand:
    """What is told of a count."""
    for least, told in ((25, CountBand.PLENTY), (10, CountBand.MANY), (5, CountBand.SOME), (1, CountBand.FEW)):
        if count >= least:
            return told
    return CountBand.NONE


def disclosed_band(count: int, *, narrow: bool) -> CountBand:
    """What is told of how many people fit a role."""
    return CountBand.UNDER_FIVE if narrow and count < MIN_DISCLOSED_COUNT else count_band(count)


def _count_covered_hours(windows: Sequence[Window]) -> float:
    """Hours of the week that are in one of these windows."""
    spans = []
    for one in windows:
        begins = one.weekday * 1440 + one.starts.hour * 60 + one.starts.minute
        lasts = (one.ends.hour * 60 + one.ends.minute - one.starts.hour * 60 - one.starts.minute) % 1440
        spans.append((begins, begins + lasts))
    spans.sort()
    reached, minutes = 0, 0
    for begins, ends in spans:
        minutes += max(0, ends - max(begins, reached))
        reached = max(reached, ends)
    return minutes / 60
