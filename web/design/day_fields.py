"""A day in a form."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar and sent as year, month and day.

    `missing` is said where nothing was given. Without it the day may be left out.
    """

    def __init__(self, *, missing: str | Promise = "", **options: Any) -> None:
        errors: dict[str, Any] = {
            "invalid": gettext_lazy("This is no day. Give it as year, month and day, such as 2026-10-31."),
            "required": missing,
        }
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            required=bool(missing),
            error_messages=errors,
            **options,
        )
