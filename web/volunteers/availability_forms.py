"""The form of a week: hours, 28 parts of days, exact times, and the time zone."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.enums import Weekday
from core.notifications.moments import format_hour, format_hours
from core.week_mask import Window
from volunteers.profile_limits import MAX_HOURS_PER_WEEK
from web.volunteers.availability_exact_times import ExactTimesMixin
from web.volunteers.availability_parts import (
    PART_BY_CODE,
    PART_HOURS,
    WEEK_PARTS,
    DayPart,
    WeekPart,
    build_windows,
    count_free_minutes,
    split_windows,
)
from web.volunteers.availability_rows import PART_LABELS, SHORT_DAYS, PartCell, PartRow
from web.volunteers.availability_zones import describe_clock, describe_zone, list_zones_by_country

OTHER_HOURS = "other"
HOUR_CHOICES = ("1", "2", "3", "4", "6", "8")
WARNED_FIELD = "warned"


def build_week_initial(*, hours: int, time_zone: str, windows: Sequence[Window]) -> dict[str, Any]:
    """Return what the form shows of a stored week."""
    week = split_windows(windows)
    is_listed = str(hours) in HOUR_CHOICES
    initial: dict[str, Any] = {
        "max_hours_per_week": str(hours) if is_listed else OTHER_HOURS,
        "other_hours": None if is_listed else hours,
        "windows": [part.code for part in week.parts],
        "time_zone": time_zone,
    }
    rows = dict.fromkeys(range(7), 0)
    for window in week.exact:
        row = rows[window.weekday]
        initial |= {f"from_{window.weekday}_{row}": window.starts, f"to_{window.weekday}_{row}": window.ends}
        rows[window.weekday] += 1
    return initial


class WeekForm(ExactTimesMixin):
    """The hours a week, the free time and the time zone of a volunteer.

    After `is_valid` the cleaned data has `hours` and `windows`, the latter of parts and exact times together.
    `more_on` is the weekday that shows one more row of exact times.
    """

    max_hours_per_week = forms.ChoiceField(
        label=gettext_lazy("Hours a week, at most"),
        help_text=gettext_lazy("Two hours are enough. You can pause any time."),
        widget=forms.RadioSelect,
        choices=[*((hours, hours) for hours in HOUR_CHOICES), (OTHER_HOURS, gettext_lazy("Other"))],
        error_messages={"required": gettext_lazy("Choose how many hours a week you could give.")},
    )
    other_hours = forms.IntegerField(
        label=gettext_lazy("If other: how many hours?"),
        min_value=1,
        max_value=MAX_HOURS_PER_WEEK,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Write how many hours a week, from 1 to 60.")
        ),
    )
    windows = forms.MultipleChoiceField(
        label=gettext_lazy("Your usual week"),
        choices=[(part.code, part.code) for part in WEEK_PARTS],
        required=False,
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        error_messages={"required": gettext_lazy("Choose your time zone, so that no meeting comes at night.")},
    )
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, at: datetime, more_on: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.add_exact_rows(more_on)
        zones = [("", _("Choose your time zone")), *list_zones_by_country(self.read_value("time_zone"))]
        self.fields["time_zone"].choices = zones  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Put parts and exact times together, and find the hours. Adds errors."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        hours = cleaned.get("max_hours_per_week")
        if hours == OTHER_HOURS:
            cleaned["hours"] = cleaned.get("other_hours")
            if cleaned["hours"] is None and "other_hours" not in self.errors:
                self.add_error("other_hours", _("Write how many hours a week, from 1 to 60."))
        elif hours:
            cleaned["hours"] = int(hours)
        exact = self.clean_exact_rows()
        parts = [PART_BY_CODE[code] for code in cleaned.get("windows", [])]
        if not parts and not exact and not self.has_row_errors():
            self.add_error("windows", _("Tick at least one part of your week, or give an exact time."))
        cleaned["windows"] = build_windows(parts, exact)
        return cleaned

    def find_warning(self) -> str:
        """Return what a valid form should be looked at again for; empty if nothing."""
        free, hours = self._count_free_hours(), self.cleaned_data["hours"]
        if hours <= free:
            return ""
        return ngettext(
            "Not saved yet. You ticked %(free)d hour, and offer %(hours)d. Tick more, or offer less.",
            "Not saved yet. You ticked %(free)d hours, and offer %(hours)d. Tick more, or offer less.",
            free,
        ) % {"free": free, "hours": hours}

    def accept_warnings(self) -> None:
        """Have the form carry that its reader was warned of these hours."""
        self.data = copy_with(self.data, **{WARNED_FIELD: self._name_hours()})

    def has_accepted_warnings(self) -> bool:
        """Return whether the reader sends the same hours again after a warning."""
        return bool(self.cleaned_data.get(WARNED_FIELD) == self._name_hours())

    def _count_free_hours(self) -> int:
        return count_free_minutes(self.cleaned_data["windows"]) // 60

    def _name_hours(self) -> str:
        return f"{self.cleaned_data['hours']}-{self._count_free_hours()}"

    @property
    def part_rows(self) -> Iterator[PartRow]:
        """Yield the grid, row by row."""
        ticked = set(self["windows"].value() or ())
        partly = split_windows(self.read_exact_windows()).find_partly_free()
        for part in DayPart:
            first, last = PART_HOURS[part]
            yield PartRow(
                str(PART_LABELS[part]),
                format_hours(first, last),
                [self._build_cell(WeekPart(day, part), ticked, partly) for day in range(7)],
            )

    def _build_cell(self, part: WeekPart, ticked: set[str], partly: set[WeekPart]) -> PartCell:
        first, last = PART_HOURS[part.part]
        words = {"day": Weekday(part.weekday).label, "part": PART_LABELS[part.part]}
        words |= {"first": format_hour(first), "last": format_hour(last)}
        is_ticked = part.code in ticked
        label = _("%(day)s, %(part)s, %(first)s to %(last)s") % words
        code_number = WEEK_PARTS.index(part)
        return PartCell(part.code, f"id_windows_{code_number}", label, is_ticked, not is_ticked and part in partly)

    @property
    def is_partly_free(self) -> bool:
        """Return whether the grid has a box that is neither ticked nor empty, so that it needs its key."""
        return any(cell.is_partly for row in self.part_rows for cell in row.cells)

    @property
    def short_days(self) -> tuple[str | Promise, ...]:
        """Return the days of the week as the grid heads its columns."""
        return SHORT_DAYS

    @property
    def zone_words(self) -> str:
        """Return the words of the time zone that is chosen."""
        return describe_zone(self.read_value("time_zone"))

    @property
    def zone_clock(self) -> str:
        """Return the hour in the time zone that is chosen."""
        return describe_clock(self.read_value("time_zone"), at=self.at)


def copy_with(data: Mapping[str, Any], **changes: str) -> QueryDict:
    """Return what a form was sent, with some fields changed."""
    assert isinstance(data, QueryDict)
    changed = data.copy()
    for name, value in changes.items():
        changed[name] = value
    return changed
