"""A time of day in a form, on a quarter of an hour."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MINUTES_PER_STEP = 15
_SECONDS_PER_MINUTE = 60


class QuarterHourField(forms.TimeField):
    """A time on a quarter of an hour, or empty. `stored` is one that stays, although it may lie between them."""

    def __init__(self, *, label: str, stored: time | None = None) -> None:
        attrs = {"type": "time", "step": str(MINUTES_PER_STEP * _SECONDS_PER_MINUTE)}
        super().__init__(
            label=label,
            required=False,
            input_formats=["%H:%M", "%I:%M %p", "%I %p"],
            widget=forms.TimeInput(attrs=attrs, format="%H:%M"),
            error_messages={"invalid": gettext_lazy("Write a time such as 6:30 pm.")},
        )
        self.stored = stored

    def clean(self, value: Any) -> Any:
        """Return the time. Raises ValidationError for one between two quarters that was not stored before."""
        typed = super().clean(value)
        if isinstance(typed, time) and typed.minute % MINUTES_PER_STEP and typed != self.stored:
            raise ValidationError(_("Give a time on a quarter of an hour, such as 6:15 pm."))
        return typed
