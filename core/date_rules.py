"""Judge every date that comes in: elections, requests, time off, vetting marks and filters. Pure: no rows, no clock.

Every date lies from `FIRST_DAY` to `LAST_DAY`, and the database holds that by constraints. Limits that move with the
day are judged when a date is given or changed, and never again, so that old rows stay what they are.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.field_errors import FieldErrors

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2099, 12, 31)
MAX_ELECTION_YEARS_AHEAD = 12
MAX_PRIMARY_LEAD_DAYS = 731
MAX_REQUEST_BACKDATE_DAYS = 366
MAX_REQUEST_SPAN_DAYS = 731
MAX_WEEKS_AFTER_ELECTION = 8
MAX_TIME_OFF_YEARS_AHEAD = 5
MAX_VETTING_YEARS_AHEAD = 5

_OFFSET_PATTERN = re.compile(r"T.*(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$", re.IGNORECASE | re.ASCII)


def has_offset(text: str) -> bool:
    """Return whether a time as ISO 8601 writes it says how far its clock is from UTC."""
    return _OFFSET_PATTERN.search(text.strip().replace(" ", "T", 1)) is not None


def check_day(day: date, field: str) -> None:
    """Raise Invalid unless the day is one that can be stored."""
    if not FIRST_DAY <= day <= LAST_DAY:
        params = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
        raise Invalid(_("This day is out of range. Give one from %(first)s to %(last)s.") % params, field=field)


def latest_election_day(today: date) -> date:
    """Return the last day on which an election may be that is entered on `today`."""
    return add_years(today, MAX_ELECTION_YEARS_AHEAD)


def latest_request_day(election_on: date) -> date:
    """Return the last day on which a request for this election may end."""
    return min(election_on, LAST_DAY) + timedelta(weeks=MAX_WEEKS_AFTER_ELECTION)


def check_contest_days(*, election_on: date, primary_on: date | None, today: date) -> None:
    """Check the days of a contest. Raises Invalid, naming the fields to correct."""
    errors = FieldErrors()
    latest = latest_election_day(today)
    if not FIRST_DAY <= election_on <= latest:
        params = {"first": FIRST_DAY.isoformat(), "last": latest.isoformat()}
        message = _("This election day is out of range. Give one from %(first)s to %(last)s.")
        errors.add("election_on", message % params)
    if primary_on is not None:
        with errors.collect():
            check_day(primary_on, "primary_on")
        if primary_on >= election_on:
            message = _("The primary is not before the election. Check both dates.")
            errors.add("primary_on", message, reads=("election_on",))
        elif election_on - primary_on > timedelta(days=MAX_PRIMARY_LEAD_DAYS):
            message = _("The primary is more than two years before the election. Check both dates.")
            errors.add("primary_on", message, reads=("election_on",))
    errors.raise_if_any()


def check_request_days(
    *, starts_on: date, ends_on: date, election_on: date, today: date, is_start_new: bool = True
) -> None:
    """Check the days of a request that are given or changed on `today`. Raises Invalid, naming the fields to correct.

    A start that stays is not judged by today: work that goes on for long began more than a year ago.
    """
    errors = FieldErrors()
    earliest, latest = today - timedelta(days=MAX_REQUEST_BACKDATE_DAYS), latest_request_day(election_on)
    if is_start_new and starts_on < earliest:
        params = {"first": earliest.isoformat()}
        message = _("The work starts more than a year ago. Give a day from %(first)s on.")
        errors.add("starts_on", message % params)
    else:
        with errors.collect():
            check_day(starts_on, "starts_on")
    if ends_on < starts_on:
        message = _("The work ends before it starts. Correct one of the dates.")
        errors.add("ends_on", message, reads=("starts_on",))
    elif ends_on > latest:
        params = {"last": latest.isoformat(), "weeks": str(MAX_WEEKS_AFTER_ELECTION)}
        message = _("The work ends more than %(weeks)s weeks after the election. Give a day up to %(last)s.")
        errors.add("ends_on", message % params)
    elif not errors and ends_on - starts_on > timedelta(days=MAX_REQUEST_SPAN_DAYS):
        message = _("The work takes more than two years. Give an earlier end.")
        errors.add("ends_on", message, reads=("starts_on",))
    errors.raise_if_any()


def check_time_off(periods: Iterable[tuple[date, date]], *, today: date) -> None:
    """Check the first and last days of times off. Raises Invalid, naming each day as in `0.ends_on`."""
    errors = FieldErrors()
    latest = add_years(today, MAX_TIME_OFF_YEARS_AHEAD)
    params = {"first": FIRST_DAY.isoformat(), "last": latest.isoformat()}
    for index, (first, last) in enumerate(periods):
        out_of_range = _("A day of time off is out of range. Give days from %(first)s to %(last)s.") % params
        if first < FIRST_DAY:
            errors.add(f"{index}.starts_on", out_of_range)
        if last < first:
            message = _("Time off ends before it starts. Correct one of the dates.")
            errors.add(f"{index}.ends_on", message, reads=(f"{index}.starts_on",))
        elif last > latest:
            errors.add(f"{index}.ends_on", out_of_range)
    errors.raise_if_any()


def check_vetting_end(until: date, *, today: date) -> None:
    """Check the last day of a vetting mark. Raises Invalid."""
    latest = add_years(today, MAX_VETTING_YEARS_AHEAD)
    if until < today:
        raise Invalid(_("This day is over. Give the last day on which the mark counts."), field="valid_until")
    if until > latest:
        raise Invalid(
            _("A mark counts for five years at most. Give a day up to %(last)s.") % {"last": latest.isoformat()},
            field="valid_until",
        )


def add_years(day: date, years: int) -> date:
    """Return the same day so many years later; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def limit_to_countable_days(first: date, last: date, *, on: date) -> tuple[date, date]:
    """Return the days from `first` to `last` that are computed with on the day `on`.

    A row that came past the constraints may end in the year 9999, and a year's work on it would stop everything else.
    Such days are cut to those that a valid request can have. Valid days are returned as they are.
    """
    farthest = latest_countable_day(on)
    first = min(max(first, FIRST_DAY), farthest)
    return first, min(max(last, first), first + timedelta(days=MAX_REQUEST_SPAN_DAYS), farthest)


def latest_countable_day(on: date) -> date:
    """Return the last day that a valid request can have on the day `on`."""
    return latest_request_day(latest_election_day(on))
