"""Rows of weekly times in a form. A row is empty, whole, or named with what it lacks."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms

from core.week_mask import MAX_WEEKLY_WINDOWS

MORE_BUTTON = "more"
"""The name of the buttons that show one more row; the value says of which times."""


def count_rows(data: Mapping[str, Any] | None, kind: str, stored_count: int) -> int:
    """Return how many rows a form shows: those that are stored, or as many as were sent, and an empty one."""
    sent = [row for row in range(MAX_WEEKLY_WINDOWS) if f"{kind}_{row}_from" in (data or {})]
    more = bool(data) and data.get(MORE_BUTTON) == kind  # type: ignore[union-attr]
    wanted = max(stored_count + 1, max(sent, default=-1) + 1 + more)
    return min(wanted, MAX_WEEKLY_WINDOWS)


def read_times(form: forms.Form, names: tuple[str, str], *, missing: str, empty: str) -> tuple[time, time] | None:
    """Return from when to when a row goes; None where a field of it is wrong, which is named."""
    starts, ends = (form.cleaned_data.get(name) for name in names)
    if any(name in form.errors for name in names):
        return None
    if starts is None or ends is None:
        form.add_error(names[0] if starts is None else names[1], missing)
        return None
    if starts == ends:
        form.add_error(names[1], empty)
        return None
    return starts, ends
