"""The weekly meetings of a request in a form: a day, and from when to when. An empty row is no meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.week_mask import MAX_WEEKLY_WINDOWS, Window

_PARTS = ("day", "from", "to")


class MeetingRowsMixin(forms.Form):
    """A form with one row for each meeting, and an empty one for another."""

    meeting_count: int

    def add_meeting_rows(self, stored_count: int) -> None:
        """Add the rows of so many stored meetings, and one more."""
        self.meeting_count = min(stored_count + 1, MAX_WEEKLY_WINDOWS)
        for row in range(self.meeting_count):
            day, starts, ends = list_row_names(row)
            choices = [("", _("No meeting")), *((str(number), str(name)) for number, name in WEEKDAYS.items())]
            self.fields[day] = forms.ChoiceField(label=_("Day"), choices=choices, required=False)
            self.fields[starts] = _build_time_field(_("From"))
            self.fields[ends] = _build_time_field(_("To"))

    def list_meeting_rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each row, for the template."""
        return [[self[name] for name in list_row_names(row)] for row in range(self.meeting_count)]

    def list_other_fields(self) -> list[forms.BoundField]:
        """Return all other fields that are shown, for the template."""
        return [field for field in self.visible_fields() if not field.name.startswith("meeting_")]

    def clean(self) -> dict[str, Any]:
        """Read the rows as `meetings`; a row that is not whole is named."""
        cleaned = super().clean() or self.cleaned_data
        meetings = [self._read_row(row, cleaned) for row in range(self.meeting_count)]
        cleaned["meetings"] = [meeting for meeting in meetings if meeting is not None]
        return cleaned

    def _read_row(self, row: int, cleaned: dict[str, Any]) -> Window | None:
        names = list_row_names(row)
        day, starts, ends = (cleaned.pop(name, None) for name in names)
        if not day or any(name in self.errors for name in names):
            return None
        if starts is None or ends is None:
            self.add_error(names[1] if starts is None else names[2], _("Give from when to when you meet."))
            return None
        if starts == ends:
            self.add_error(names[2], _("This meeting has no length. Give a later time."))
            return None
        return Window(int(day), starts, ends)


def list_row_names(row: int) -> tuple[str, ...]:
    """Return the names of the three fields of a row."""
    return tuple(f"meeting_{row}_{part}" for part in _PARTS)


def fill_meeting_rows(meetings: Sequence[Window]) -> dict[str, Any]:
    """Return what the fields of stored meetings show at first."""
    return {
        name: value
        for row, meeting in enumerate(meetings)
        for name, value in zip(list_row_names(row), (str(meeting.weekday), meeting.starts, meeting.ends), strict=True)
    }


def _build_time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%I:%M %p", "%I %p"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Write a time such as 6:30 pm.")},
    )
