"""What the form of a week shows: the rows of day parts, and the days with exact times."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from web.volunteers.availability_parts import (
    DayPart,
)

PART_LABELS: dict[DayPart, str | Promise] = {
    DayPart.EARLY: gettext_lazy("Early"),
    DayPart.DAYTIME: gettext_lazy("Daytime"),
    DayPart.EVENING: gettext_lazy("Evening"),
    DayPart.LATE: gettext_lazy("Late"),
}
SHORT_DAYS: tuple[str | Promise, ...] = (
    gettext_lazy("Mo"),
    gettext_lazy("Tu"),
    gettext_lazy("We"),
    gettext_lazy("Th"),
    gettext_lazy("Fr"),
    gettext_lazy("Sa"),
    gettext_lazy("Su"),
)


@dataclass(frozen=True, slots=True)
class PartCell:
    """One box of the grid. `label` says its day and hours to those who hear the page."""

    code: str
    id: str
    label: str
    is_ticked: bool
    is_partly: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of the day with its seven boxes."""

    label: str
    hours: str
    cells: Sequence[PartCell]


@dataclass(frozen=True, slots=True)
class ExactDay:
    """The exact times of a weekday: pairs of fields. It is open where one is filled in or wrong, or asked for."""

    weekday: int
    label: str
    is_open: bool
    rows: Sequence[tuple[forms.BoundField, forms.BoundField]]
