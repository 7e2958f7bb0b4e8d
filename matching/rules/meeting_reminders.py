"""Tell which reminder of a meeting is due. Pure: from the meeting's start and a person's clock to a notice type.

A day before is the same time of day on the reader's clock. It keeps out of their quiet hours, and comes earlier then.
An hour before is an hour whatever the clock says: it is of use at that moment only.
"""

from datetime import UTC, datetime, timedelta

from core.clock_rules import is_in_quiet_hours, precede_quiet_hours
from core.zone_loading import load_time_zone
from matching.rules.notice_types import MatchingNotice

ONE_HOUR = timedelta(hours=1)
LONGEST_LEAD = timedelta(hours=39)
"""No reminder is due earlier: a meeting at 8:59 is reminded of at 20:00 two evenings before, in a day of 25 hours."""


def compute_day_reminder_time(starts_at: datetime, zone: str) -> datetime:
    """Return when a person whose clock is that of `zone` is reminded a day before a meeting."""
    local = starts_at.astimezone(load_time_zone(zone))
    day_before = datetime.combine(local.date() - timedelta(days=1), local.time(), load_time_zone(zone))
    return precede_quiet_hours(day_before.astimezone(UTC), zone)


def choose_due_reminder(
    starts_at: datetime, zone: str, *, a_day_before: bool, an_hour_before: bool, at: datetime
) -> MatchingNotice | None:
    """Return the reminder that a person should have by now; None before its time, and once the meeting has begun.

    `a_day_before` and `an_hour_before` say which ones the person chose. One that is late, as the person has only just
    joined, still comes; but never two at once: in the last hour the later one says all.
    """
    if at >= starts_at:
        return None
    if an_hour_before and at >= starts_at - ONE_HOUR:
        return MatchingNotice.MEETING_HOUR_BEFORE
    is_day_due = a_day_before and at >= compute_day_reminder_time(starts_at, zone)
    return MatchingNotice.MEETING_DAY_BEFORE if is_day_due and not is_in_quiet_hours(at, zone) else None
