"""The form in which a campaign changes a stored plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from web.campaigns.board_words import BoardField
from web.campaigns.meeting_fields import MEETING, MeetingRowsMixin
from web.campaigns.work_fields import WORK, WorkRowsMixin
from web.design.day_fields import DayField

MAX_TITLE_LENGTH = 160
MAX_SUMMARY_LENGTH = 2000
MAX_BRIEF_LENGTH = 10000


class ChangeForm(MeetingRowsMixin, WorkRowsMixin):
    """What a campaign may change of a plan at any time, with the version that its reader saw."""

    title = forms.CharField(
        label=gettext_lazy("Project"),
        max_length=MAX_TITLE_LENGTH,
        error_messages={"required": gettext_lazy("Give the project a name.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("What must be true"),
        help_text=gettext_lazy("Volunteers read it when they are asked."),
        max_length=MAX_SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Write what must be true, and by which day.")},
    )
    brief = forms.CharField(
        label=gettext_lazy("What only they need to know"),
        help_text=gettext_lazy("People read it once they are at work for you."),
        max_length=MAX_BRIEF_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    starts_on = DayField(label=gettext_lazy("First day"), missing=gettext_lazy("Give the first day of the work."))
    ends_on = DayField(label=gettext_lazy("Last day"), missing=gettext_lazy("Give the last day of the work."))
    contact = forms.ChoiceField(
        label=gettext_lazy("Who answers the volunteers?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose who answers the volunteers."),
            "invalid_choice": gettext_lazy("This person no longer acts for the campaign. Choose another."),
        },
    )
    keeps_off_board = BoardField()
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args: Any,
        members: list[tuple[str, str]],
        meeting_count: int,
        work_count: int,
        asks_board: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.add_meeting_rows(meeting_count)
        self.add_work_rows(work_count)
        if not asks_board:
            del self.fields["keeps_off_board"]
        self.fields["contact"].choices = members  # type: ignore[attr-defined]
        if len(members) < 2:
            del self.fields["contact"]

    def list_other_fields(self) -> list[forms.BoundField]:
        """Return the fields that stand in no row, for the template."""
        return [field for field in self.visible_fields() if not is_of_row(field.name)]


def is_of_row(name: str) -> bool:
    """Return whether a field stands in a row of weekly times."""
    return name.startswith((f"{MEETING}_", f"{WORK}_"))
