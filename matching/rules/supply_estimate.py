"""Rules of the supply estimate: a question about one role, its possible changes, and how much is disclosed. Pure.

A campaign learns how many volunteers could help, never their names, and must not be able to single one out. So counts
are disclosed in bands, and fewer than five is one band: a question about fewer people is answered alike, whatever its
windows. A change is disclosed only when it adds five volunteers or more, because differences single people out. A
secret draw leaves up to four people out of each count: see `hide_some`.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.enums import CountBand
from core.week_mask import Window

MAX_QUESTIONS_PER_DAY = 40
"""Different questions (one a role) that a campaign may ask a day; repeating a question is free."""

MAX_ROLES_PER_ESTIMATE = 10
MIN_DISCLOSED_COUNT = 5
_SHORT_REQUEST = timedelta(days=14)


class DraftChange(TextChoices):
    """A change that a campaign could make, by the name of the draft's field."""

    LEVEL = "level", _("Level")
    HOURS = "hours_per_week", _("Hours a week")
    LANGUAGES = "languages", _("Languages")
    LEADS = "is_lead", _("Leads the others")
    DECIDES = "makes_decisions", _("Takes part in decisions")
    WORK = "work", _("When the work is done")
    MEETINGS = "meetings", _("Meetings")
    ENDS_ON = "ends_on", _("Last day")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyQuestion:
    """The requirements of a role and its request. `skill` is a code; `first` and `last` are both included."""

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
        """The SHA-256 digest that identifies the question."""
        canonical = json.dumps(asdict(self), default=str, sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ChangedQuestion:
    """One change of a question: the field, its new value (as in a draft), and the resulting question."""

    change: DraftChange
    new_value: object
    question: SupplyQuestion


def list_possible_changes(question: SupplyQuestion) -> list[ChangedQuestion]:
    """Return every single change that asks for less than the question does.

    Left out are the private wishes of volunteers, such as the parties they serve, and the vetting mark.
    """
    middle = question.first + (question.last - question.first) / 2
    changes = [
        (question.level > 1, DraftChange.LEVEL, question.level - 1, {"level": question.level - 1}),
        (question.hours > 1, DraftChange.HOURS, (question.hours + 1) // 2, {"hours": (question.hours + 1) // 2}),
        (bool(question.languages), DraftChange.LANGUAGES, [], {"languages": ()}),
        (question.leads, DraftChange.LEADS, False, {"leads": False}),
        (question.decides, DraftChange.DECIDES, False, {"decides": False}),
        (bool(question.work), DraftChange.WORK, [], {"work": ()}),
        (bool(question.meetings), DraftChange.MEETINGS, [], {"meetings": ()}),
        (question.last - question.first >= _SHORT_REQUEST, DraftChange.ENDS_ON, middle.isoformat(), {"last": middle}),
    ]
    return [
        ChangedQuestion(change, value, replace(question, **terms))  # type: ignore[arg-type]
        for is_possible, change, value, terms in changes
        if is_possible
    ]


def count_band(count: int) -> CountBand:
    """Return the band of a count."""
    for minimum, band in ((25, CountBand.PLENTY), (10, CountBand.MANY), (5, CountBand.SOME), (1, CountBand.FEW)):
        if count >= minimum:
            return band
    return CountBand.NONE


def hide_some(count: int, *, question: str) -> int:
    """Return a count less up to four people, as a secret draw says that is the same for the same `question`.

    Else a person with some profiles of their own could bring a count to the edge of a band, and see it flip with one
    other person. Each question has its own edges, and who asks does not know them.
    """
    return max(0, count - draw_hidden_people(question))


def draw_hidden_people(question: str) -> int:
    """Return how many people are left out of the answer to a question, from 0 to 4."""
    digest = salted_hmac("matching.supply-estimate", question, algorithm="sha256").digest()
    return int.from_bytes(digest[:8]) % MIN_DISCLOSED_COUNT


def disclosed_band(count: int) -> CountBand:
    """Return the band that is disclosed about how many volunteers fit a role; none and a few are one."""
    return CountBand.UNDER_FIVE if count < MIN_DISCLOSED_COUNT else count_band(count)
