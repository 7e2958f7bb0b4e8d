"""Compute when a clock ends. Pure: from the policy's numbers and a moment to a moment.

Time does not run out while people sleep. No clock ends and no reminder goes out between 21:00 and 9:00 on the wall
clock of the person who is to act; urgent ones are the exception. Shorter tiers apply as the election nears.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.zone_loading import load_time_zone

ONE_DAY = timedelta(days=1)
QUIET_HOURS_START = time(21)
QUIET_HOURS_END = time(9)
LAST_EVENING_TIME = time(20)  # an hour before the quiet hours: a late sweep or a slow mail server still keeps them
WORKING_DAY_END = time(17)
NEAR_ELECTION_WEEKS = 6
FINAL_WEEKS = 2
_FIRST_WEEKEND_DAY = 5  # Saturday, as `date.weekday` counts


@dataclass(frozen=True, slots=True)
class TieredHours:
    """Hours that a clock runs: far from the election, in the last six weeks before it, and in the last two."""

    default: int
    near_election: int
    final_weeks: int

    def hours_on(self, election_on: date, on: date) -> int:
        """Return the hours that apply on the day `on`."""
        time_to_election = election_on - on
        if time_to_election < timedelta(weeks=FINAL_WEEKS):
            return self.final_weeks
        return self.near_election if time_to_election < timedelta(weeks=NEAR_ELECTION_WEEKS) else self.default


def skip_quiet_hours(moment: datetime, zone: str) -> datetime:
    """Return the moment, or the next 9:00 if it falls into the quiet hours of `zone`."""
    local = moment.astimezone(load_time_zone(zone))
    if QUIET_HOURS_END <= local.time() < QUIET_HOURS_START:
        return moment
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_HOURS_START else local.date()
    return datetime.combine(day, QUIET_HOURS_END, load_time_zone(zone)).astimezone(UTC)


def is_in_quiet_hours(moment: datetime, zone: str) -> bool:
    """Return whether a moment lies in the quiet hours of `zone`."""
    return skip_quiet_hours(moment, zone) != moment


def precede_quiet_hours(moment: datetime, zone: str) -> datetime:
    """Return the moment, or `LAST_EVENING_TIME` before the quiet hours of `zone` into which it falls."""
    if not is_in_quiet_hours(moment, zone):
        return moment
    local = moment.astimezone(load_time_zone(zone))
    day = local.date() - timedelta(days=local.time() < QUIET_HOURS_END)
    return datetime.combine(day, LAST_EVENING_TIME, load_time_zone(zone)).astimezone(UTC)


def compute_deadline(start: datetime, hours: int, zone: str, *, urgent: bool = False) -> datetime:
    """Return when a clock of so many hours ends for a person who lives in `zone`."""
    moment = start + timedelta(hours=hours)
    return moment if urgent else skip_quiet_hours(moment, zone)


def compute_reminder_time(start: datetime, end: datetime, zone: str, *, urgent: bool = False) -> datetime | None:
    """Return when to send the reminder of a clock; None when the quiet hours leave no time for it before the end."""
    moment = start + (end - start) / 2
    moment = moment if urgent else skip_quiet_hours(moment, zone)
    return moment if moment < end else None


def compute_working_deadline(start: datetime, hours: int, zone: str, *, urgent: bool = False) -> datetime:
    """Return when a clock ends for staff: Saturdays and Sundays do not count, except for urgent clocks."""
    if urgent:
        return start + timedelta(hours=hours)
    moment, remaining = start, timedelta(hours=hours)
    # Walk from midnight to midnight in the local zone, as days with a clock change have 23 or 25 hours.
    while True:
        local = moment.astimezone(load_time_zone(zone))
        midnight = datetime.combine(local.date() + timedelta(days=1), time(0), load_time_zone(zone)).astimezone(UTC)
        if local.weekday() < _FIRST_WEEKEND_DAY:
            if moment + remaining < midnight:
                # A Friday evening moves to Saturday morning by the quiet hours, so the weekend is skipped after them.
                return _skip_weekend(skip_quiet_hours(moment + remaining, zone), zone)
            remaining -= midnight - moment
        moment = midnight


def _skip_weekend(moment: datetime, zone: str) -> datetime:
    local = moment.astimezone(load_time_zone(zone))
    if local.weekday() < _FIRST_WEEKEND_DAY:
        return moment
    monday = local.date() + timedelta(days=7 - local.weekday())
    return datetime.combine(monday, QUIET_HOURS_END, load_time_zone(zone)).astimezone(UTC)


def end_working_day(moment: datetime, zone: str) -> datetime:
    """Return the end of the working day of a moment, or that of the next one if the moment is after it."""
    local = moment.astimezone(load_time_zone(zone))
    day = local.date() + timedelta(days=local.time() > WORKING_DAY_END)
    while day.weekday() >= _FIRST_WEEKEND_DAY:
        day += timedelta(days=1)
    return datetime.combine(day, WORKING_DAY_END, load_time_zone(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """Return the midnight that ends a day in `zone`."""
    return datetime.combine(day + timedelta(days=1), time(0), load_time_zone(zone)).astimezone(UTC)
