"""The weekly meetings of a request in a form: a day, and from when to when. An empty row is no meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from core.week_mask import Window
from web.campaigns.weekly_rows import count_rows, read_times
from web.design.time_fields import QuarterHourField

MEETING = "meeting"
_PARTS = ("day", "from", "to")


class MeetingRowsMixin(forms.Form):
    """A form with one row for each meeting, and an empty one for another."""

    meeting_count: int

    def add_meeting_rows(self, stored_count: int) -> None:
        """Add the rows of so many stored meetings, and one more."""
        self.meeting_count = count_rows(self.data if self.is_bound else None, MEETING, stored_count)
        for row in range(self.meeting_count):
            day, starts, ends = list_row_names(row)
            choices = [("", _("No meeting")), *((str(number), str(name)) for number, name in WEEKDAYS.items())]
            self.fields[day] = forms.ChoiceField(label=_("Day"), choices=choices, required=False)
            self.fields[starts] = QuarterHourField(label=_("From"), stored=self.initial.get(starts))
            self.fields[ends] = QuarterHourField(label=_("To"), stored=self.initial.get(ends))

    def list_meeting_rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each row, for the template."""
        return [[self[name] for name in list_row_names(row)] for row in range(self.meeting_count)]

    def clean(self) -> dict[str, Any]:
        """Read the rows as `meetings`; a row that is not whole is named."""
        cleaned = super().clean() or self.cleaned_data
        meetings = [self._read_meeting(row, cleaned) for row in range(self.meeting_count)]
        cleaned["meetings"] = [meeting for meeting in meetings if meeting is not None]
        return cleaned

    def _read_meeting(self, row: int, cleaned: dict[str, Any]) -> Window | None:
        day, starts, ends = list_row_names(row)
        if not cleaned.get(day) or day in self.errors:
            return None
        times = read_times(
            *(self, (starts, ends)),
            missing=_("Give from when to when you meet."),
            empty=_("This meeting has no length. Give a later time."),
        )
        return Window(int(cleaned[day]), *times) if times else None


def list_row_names(row: int) -> tuple[str, str, str]:
    """Return the names of the three fields of a row."""
    day, starts, ends = (f"{MEETING}_{row}_{part}" for part in _PARTS)
    return day, starts, ends


def fill_meeting_rows(meetings: Sequence[Window]) -> dict[str, Any]:
    """Return what the fields of stored meetings show at first."""
    return {
        name: value
        for row, meeting in enumerate(meetings)
        for name, value in zip(list_row_names(row), (str(meeting.weekday), meeting.starts, meeting.ends), strict=True)
    }
