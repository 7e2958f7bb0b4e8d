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

QUESTIONS_A_DAY = 40
"""How many different questions, one a role, a campaign has a day; the same one again is not counted."""

ROLES_AT_ONCE = 10
LEAST_TOLD = 5
FEW = 10
"""Where fewer people than this claim a skill at all, every question about it is narrow."""

_PARTICULARS = 4
_WIDE_HOURS = 20
_LONG_MEETINGS = 3
_SHORT = timedelta(days=14)


class Change(TextChoices):
    """What a campaign could ask for instead, by the name of the field in a draft."""

    LEVEL = "level"
    HOURS = "hours"
    LANGUAGES = "languages"
    LEADS = "leads"
    DECIDES = "decides"
    WORK = "work"
    MEETINGS = "meetings"
    ENDS_ON = "ends_on"


class Band(TextChoices):
    """A count that isolates nobody."""

    NONE = "none"
    FEW = "1-4"
    UNDER_FIVE = "under 5"
    SOME = "5-9"
    MANY = "10-24"
    PLENTY = "25+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
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
class Instead:
    """One change, to what it leads (as it would stand in a draft), and what is asked then."""

    change: Change
    to: object
    question: Question


def changes(question: Question) -> list[Instead]:
    """Every single change that a campaign could make, and that asks for less than before.

    Nothing is said of what people keep to themselves, as whom they want to serve, nor of going without a vetting mark.
    """
    asked = question
    middle = asked.first + (asked.last - asked.first) / 2
    found = [
        (asked.level > 1, Change.LEVEL, asked.level - 1, {"level": asked.level - 1}),
        (asked.hours > 1, Change.HOURS, (asked.hours + 1) // 2, {"hours": (asked.hours + 1) // 2}),
        (bool(asked.languages), Change.LANGUAGES, [], {"languages": ()}),
        (asked.leads, Change.LEADS, False, {"leads": False}),
        (asked.decides, Change.DECIDES, False, {"decides": False}),
        (bool(asked.work), Change.WORK, [], {"work": ()}),
        (bool(asked.meetings), Change.MEETINGS, [], {"meetings": ()}),
        (asked.last - asked.first >= _SHORT, Change.ENDS_ON, middle.isoformat(), {"last": middle}),
    ]
    return [Instead(what, to, replace(question, **terms)) for there, what, to, terms in found if there]  # type: ignore[arg-type]


def narrow(question: Question) -> bool:
    """Whether a question asks for so much at once that somebody who knows a person could have made it for them.

    It is told from the question alone, so that being narrow betrays nothing.
    """
    asked = question
    work, meetings = _hours(asked.work), _hours(asked.meetings)
    particulars = [
        asked.level >= 4,
        bool(asked.languages),
        asked.leads,
        asked.decides,
        bool(asked.vetted_for),
        bool(asked.work) and work < _WIDE_HOURS,
        bool(asked.work) and asked.hours * 2 > work,
        bool(asked.meetings),
        meetings > _LONG_MEETINGS,
        len(asked.meetings) > 2,
        asked.last - asked.first < _SHORT,
    ]
    return sum(particulars) >= _PARTICULARS


def band(count: int) -> Band:
    """What is told of a count."""
    for least, told in ((25, Band.PLENTY), (10, Band.MANY), (5, Band.SOME), (1, Band.FEW)):
        if count >= least:
            return told
    return Band.NONE


def told(count: int, *, narrow: bool) -> Band:
    """What is told of how many people fit a role."""
    return Band.UNDER_FIVE if narrow and count < LEAST_TOLD else band(count)


def _hours(windows: Sequence[Window]) -> float:
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
