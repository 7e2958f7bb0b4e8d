"""The exact times of a week, in rows: as many a day as are filled in, and one more."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.enums import Weekday
from core.week_mask import Window
from web.volunteers.availability_rows import ExactDay

MAX_ROWS_PER_DAY = 12


class ExactTimesMixin(forms.Form):
    """A form with rows of exact times. No empty row stands before a filled one.

    `more_on` is the weekday that shows one more row.
    """

    more_on: int | None
    exact_rows: list[tuple[int, int]]

    def add_exact_rows(self, more_on: int | None) -> None:
        """Add the rows that are filled in, or were sent, and one more on the day `more_on`."""
        self.more_on = more_on
        if self.is_bound:
            self.data = _close_up_rows(self.data)
        self.exact_rows = [(day, row) for day in range(7) for row in range(self._count_rows(day, more_on))]
        for day, row in self.exact_rows:
            label = capfirst(str(Weekday(day).label))
            self.fields[f"from_{day}_{row}"] = _build_time_field(_("%(day)s from") % {"day": label})
            self.fields[f"to_{day}_{row}"] = _build_time_field(_("%(day)s to") % {"day": label})

    def read_value(self, name: str) -> str:
        """Return what was sent for a field, or what it shows at first."""
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        return "" if value is None else str(value)

    def _count_rows(self, day: int, more_on: int | None) -> int:
        filled = sum(
            1
            for row in range(MAX_ROWS_PER_DAY)
            if self.read_value(f"from_{day}_{row}") or self.read_value(f"to_{day}_{row}")
        )
        return min(max(filled + (more_on == day), 1), MAX_ROWS_PER_DAY)

    def clean_exact_rows(self) -> list[Window]:
        """Return the windows of the rows. Adds errors."""
        return [window for day, row in self.exact_rows if (window := self._clean_row(day, row)) is not None]

    def has_row_errors(self) -> bool:
        """Return whether a row is wrong."""
        return any(name.startswith(("from_", "to_")) for name in self.errors)

    def _clean_row(self, day: int, row: int) -> Window | None:
        first, last = f"from_{day}_{row}", f"to_{day}_{row}"
        if first in self.errors or last in self.errors:
            return None
        starts, ends = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if starts is None and ends is None:
            return None
        if starts is None or ends is None:
            self.add_error(first if starts is None else last, _("Give both times, or leave both empty."))
        elif starts == ends:
            self.add_error(last, _("This ends when it begins. Give a later time."))
        else:
            return Window(day, starts, ends)
        return None

    def read_exact_windows(self) -> list[Window]:
        """Return the windows of the rows as they stand, also of those that are not judged yet."""
        windows = []
        for day, row in self.exact_rows:
            starts, ends = (_read_time(self[f"{name}_{day}_{row}"].value()) for name in ("from", "to"))
            if starts is not None and ends is not None and starts != ends:
                windows.append(Window(day, starts, ends))
        return windows

    @property
    def exact_days(self) -> list[ExactDay]:
        """Return the rows of exact times, day by day."""
        return [
            ExactDay(
                day,
                capfirst(str(Weekday(day).label)),
                self._is_day_open(day),
                [
                    (self[f"from_{day}_{row}"], self[f"to_{day}_{row}"])
                    for of_day, row in self.exact_rows
                    if of_day == day
                ],
            )
            for day in range(7)
        ]

    @property
    def has_exact(self) -> bool:
        """Return whether a day of exact times must be in sight."""
        return any(map(self._is_day_open, range(7)))

    def _is_day_open(self, weekday: int) -> bool:
        names = [f"{name}_{day}_{row}" for day, row in self.exact_rows for name in ("from", "to") if day == weekday]
        is_filled = any(self[name].value() not in (None, "") or name in self.errors for name in names)
        return is_filled or self.more_on == weekday


def _close_up_rows(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the form was sent, with the rows of exact times that are filled in moved before the empty ones."""
    if not isinstance(data, QueryDict):
        return data
    moved = data.copy()
    for day in range(7):
        names = [(f"from_{day}_{row}", f"to_{day}_{row}") for row in range(MAX_ROWS_PER_DAY)]
        sent = [values for pair in names if any(values := [data.get(name, "") for name in pair])]
        for pair in names:
            for name in pair:
                moved.pop(name, None)
        for pair, values in zip(names, sent, strict=False):
            moved.update(dict(zip(pair, values, strict=True)))
    return moved


def _build_time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%I:%M %p", "%I %p"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Write a time such as 6:30 pm.")},
    )


def _read_time(value: object) -> time | None:
    if isinstance(value, time):
        return value
    try:
        return time.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
