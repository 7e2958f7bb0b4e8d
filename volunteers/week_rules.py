"""The rules for a volunteer's week and times off. Without database."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from core.date_rules import check_time_off
from core.errors import Invalid
from core.field_errors import FieldErrors, check_unique
from core.time_zones import check_time_zone
from core.week_mask import MAX_WEEKLY_WINDOWS, Window
from volunteers.profile_limits import HOURS_OUT_OF_RANGE, MAX_HOURS_PER_WEEK, MAX_TIME_OFF_PERIODS, describe_too_many


def check_week(*, max_hours_per_week: int, time_zone: str, windows: Sequence[Window]) -> None:
    """Check a volunteer's week by itself. Raises Invalid, with the paths of `check_profile`."""
    errors = FieldErrors()
    with errors.collect():
        check_time_zone(time_zone)
    with errors.collect():
        check_max_hours(max_hours_per_week)
    if len(windows) > MAX_WEEKLY_WINDOWS:
        errors.add("windows", describe_too_many(MAX_WEEKLY_WINDOWS))
    with errors.collect():
        check_free_windows(windows)
    errors.raise_if_any()


def check_times_off(time_off: Sequence[tuple[date, date]], *, today: date) -> None:
    """Check all times off of a volunteer. Raises Invalid, with paths such as `time_off.0.ends_on`."""
    errors = FieldErrors()
    if len(time_off) > MAX_TIME_OFF_PERIODS:
        errors.add("time_off", describe_too_many(MAX_TIME_OFF_PERIODS))
    with errors.collect("time_off"):
        check_time_off(time_off, today=today)
    with errors.collect("time_off"):
        message = _("Two times off start on the same day. Keep one of them.")
        check_unique([first_day for first_day, _last_day in time_off], "starts_on", message)
    errors.raise_if_any()


def check_max_hours(hours: int) -> None:
    """Check how many hours a week a volunteer gives. Raises Invalid."""
    if not 1 <= hours <= MAX_HOURS_PER_WEEK:
        raise Invalid(str(HOURS_OUT_OF_RANGE), field="max_hours_per_week")


def check_free_windows(windows: Sequence[Window]) -> None:
    """Raise Invalid without a window, and for windows that begin at the same time and do not end so."""
    errors = FieldErrors()
    if not windows:
        message = _("The profile names no free time. Choose a preset, or name at least one window.")
        errors.add("windows", message, reads=("presets",))
    first_indexes: dict[object, int] = {}
    for index, window in enumerate(windows):
        first = first_indexes.setdefault((window.weekday, window.starts), index)
        if windows[first] != window:
            message = _("Two windows begin at the same time. Keep one of them.")
            errors.add(f"windows.{index}", message, reads=(f"windows.{first}",))
    errors.raise_if_any()
