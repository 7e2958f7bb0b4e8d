"""When a clock ends. Pure: the policy's numbers and the moment come in, a moment comes out.

Nobody's time runs out while they sleep: between 21:00 and 9:00 on the wall clock where the person lives who is to act,
no clock ends and no half-way reminder goes out, urgent ones excepted. The shorter tiers apply as the election nears.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_HOURS_START = time(21)
QUIET_HOURS_END = time(9)
NEAR_ELECTION_WEEKS = 6
FINAL_WEEKS = 2
_FIRST_WEEKEND_DAY = 5  # the first weekday of it


@dataclass(frozen=True, slots=True)
class TieredHours:
    """How long a clock runs: far from the election, under six weeks before it, under two."""

    default: int
    near_election: int
    final_weeks: int

    def hours_on(self, election_on: date, on: date) -> int:
        """Those that apply on a day."""
        left = election_on - on
        if left < timedelta(weeks=FINAL_WEEKS):
            return self.final_weeks
        return self.near_election if left < timedelta(weeks=NEAR_ELECTION_WEEKS) else self.default


def skip_quiet_hours(moment: datetime, zone: str) -> datetime:
    """The moment itself, or 9:00 of the morning that follows where it falls into the quiet hours of `zone`."""
    there = moment.astimezone(ZoneInfo(zone))
    if QUIET_HOURS_END <= there.time() < QUIET_HOURS_START:
        return moment
    day = there.date() + timedelta(days=1) if there.time() >= QUIET_HOURS_START else there.date()
    return datetime.combine(day, QUIET_HOURS_END, ZoneInfo(zone)).astimezone(UTC)


def compute_deadline(start: datetime, hours: int, zone: str, *, urgent: bool = False) -> datetime:
    """When a clock of so many hours ends for somebody who lives in `zone`."""
    moment = start + timedelta(hours=hours)
    return moment if urgent else skip_quiet_hours(moment, zone)


def compute_reminder_time(start: datetime, end: datetime, zone: str, *, urgent: bool = False) -> datetime | None:
    """When to remind somebody of a clock that runs; None when waiting for the morning leaves no time before its end."""
    moment = start + (end - start) / 2
    moment = moment if urgent else skip_quiet_hours(moment, zone)
    return moment if moment < end else None


def compute_working_deadline(start: datetime, hours: int, zone: str, *, urgent: bool = False) -> datetime:
    """The same for those who do it as their work: Saturdays and Sundays do not count, urgent clocks excepted."""
    if urgent:
        return start + timedelta(hours=hours)
    moment, left = start, timedelta(hours=hours)
    while True:
        there = moment.astimezone(ZoneInfo(zone))
        midnight = datetime.combine(there.date() + timedelta(days=1), time(0), ZoneInfo(zone)).astimezone(UTC)
        if there.weekday() < _FIRST_WEEKEND_DAY:
            if moment + left < midnight:
                # Never into a weekend: the quiet hours before a Monday end on it.
                return _skip_weekend(skip_quiet_hours(moment + left, zone), zone)
            left -= midnight - moment
        moment = midnight


def _skip_weekend(moment: datetime, zone: str) -> datetime:
    there = moment.astimezone(ZoneInfo(zone))
    if there.weekday() < _FIRST_WEEKEND_DAY:
        return moment
    monday = there.date() + timedelta(days=7 - there.weekday())
    return datetime.combine(monday, QUIET_HOURS_END, ZoneInfo(zone)).astimezone(UTC)


def end_of_day(day: date, zone: str) -> datetime:
    """The midnight that ends a day in `zone`."""
    return datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(zone)).astimezone(UTC)
