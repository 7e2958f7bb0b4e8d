"""The times at which a request is worked on, in a form: some days, and from when to when. No row is any time."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.week_mask import Window
from web.campaigns.weekly_rows import count_rows, read_times
from web.design.time_fields import QuarterHourField

WORK = "work"
_WORK_PARTS = ("days", "from", "to")


class WorkRowsMixin(forms.Form):
    """A form with one row for all days that have the same times, and an empty one."""

    work_count: int

    def add_work_rows(self, stored_count: int) -> None:
        """Add so many stored rows, and one more."""
        self.work_count = count_rows(self.data if self.is_bound else None, WORK, stored_count)
        choices = [(str(number), capfirst(str(name))) for number, name in WEEKDAYS.items()]
        for row in range(self.work_count):
            days, starts, ends = list_work_names(row)
            self.fields[days] = forms.MultipleChoiceField(
                label=_("Days"), choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
            self.fields[starts] = QuarterHourField(label=_("From"), stored=self.initial.get(starts))
            self.fields[ends] = QuarterHourField(label=_("To"), stored=self.initial.get(ends))

    def list_work_rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each row, for the template."""
        return [[self[name] for name in list_work_names(row)] for row in range(self.work_count)]

    def clean(self) -> dict[str, Any]:
        """Read the rows as `work`; a row that is not whole is named."""
        cleaned = super().clean() or self.cleaned_data
        cleaned["work"] = [window for row in range(self.work_count) for window in self._read_work(row, cleaned)]
        return cleaned

    def _read_work(self, row: int, cleaned: dict[str, Any]) -> list[Window]:
        days, starts, ends = list_work_names(row)
        if days in self.errors or not any(cleaned.get(name) for name in (days, starts, ends)):
            return []
        if not cleaned.get(days):
            self.add_error(days, _("Tick the days on which the work is done at these times, or take the times out."))
            return []
        times = read_times(
            *(self, (starts, ends)),
            missing=_("Give from when to when the work is done."),
            empty=_("This time has no length. Give a later one."),
        )
        return [Window(int(day), *times) for day in cleaned[days]] if times else []


def list_work_names(row: int) -> tuple[str, str, str]:
    """Return the names of the three fields of a row."""
    days, starts, ends = (f"{WORK}_{row}_{part}" for part in _WORK_PARTS)
    return days, starts, ends


def group_work(work: Sequence[Window]) -> list[tuple[list[str], time, time]]:
    """Return the days of each pair of times, as the rows show them."""
    days: defaultdict[tuple[time, time], list[str]] = defaultdict(list)
    for window in sorted(work, key=lambda window: (window.starts, window.ends, window.weekday)):
        days[window.starts, window.ends].append(str(window.weekday))
    return [(weekdays, *times) for times, weekdays in days.items()]


def fill_work_rows(work: Sequence[Window]) -> dict[str, Any]:
    """Return what the fields of stored times show at first."""
    return {
        name: value
        for row, values in enumerate(group_work(work))
        for name, value in zip(list_work_names(row), values, strict=True)
    }
