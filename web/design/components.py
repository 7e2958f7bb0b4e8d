"""The data of components that need more than a text. Their templates are in `templates/components`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ClockMood(StrEnum):
    """How pressing a deadline is; the value is the style."""

    CALM = "calm"
    SOON = "soon"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline in words. `sentence` names weekday, date, time and zone; `note` says what is left, or what follows."""

    sentence: str
    note: str = ""
    due_at: datetime | None = None
    mood: ClockMood = ClockMood.CALM


def find_clock_mood(*, began_at: datetime, due_at: datetime, at: datetime) -> ClockMood:
    """Return the mood of a deadline: soon in the last quarter of its time, over from its end on."""
    if at >= due_at:
        return ClockMood.OVER
    return ClockMood.SOON if (due_at - at) * 4 <= due_at - began_at else ClockMood.CALM


class StageState(StrEnum):
    """Where a stage of a path stands; the value is the style. An ended path is over at the stage where it ended."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a path. `note` is its date, or what happens in it."""

    name: str
    state: StageState = StageState.LATER
    note: str = ""


class SlotState(StrEnum):
    """What a part of a day is; the value is the style."""

    BUSY = "busy"
    FREE = "free"
    PARTLY = "partly"
    MEETS = "meets"


@dataclass(frozen=True, slots=True)
class WeekSlot:
    """One part of one day. `text` stands in it, such as the hour of a meeting."""

    state: SlotState
    text: str = ""


@dataclass(frozen=True, slots=True)
class WeekPart:
    """The same part of all seven days."""

    name: str
    slots: Sequence[WeekSlot]


@dataclass(frozen=True, slots=True)
class Week:
    """A week to look at. `days` are seven short names; `sentence` says the whole week to those who hear the page."""

    days: Sequence[str]
    parts: Sequence[WeekPart]
    sentence: str

    @property
    def has_partly(self) -> bool:
        """Return whether a part is free for some of its time only."""
        return self._has(SlotState.PARTLY)

    @property
    def has_meeting(self) -> bool:
        """Return whether a meeting is in it."""
        return self._has(SlotState.MEETS)

    def _has(self, state: SlotState) -> bool:
        return any(slot.state is state for part in self.parts for slot in part.slots)


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words, such as the way back."""

    href: str
    label: str


class ChoiceLabel(str):
    """The label of a choice, with a hint in a second line below it."""

    hint: str

    def __new__(cls, label: str, hint: str = "") -> "ChoiceLabel":
        """Return the label with its hint."""
        made = super().__new__(cls, label)
        made.hint = hint
        return made
