"""When a planned project starts and ends, from the day by which it must be done. Pure."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from core.date_rules import LAST_DAY, add_years
from core.errors import Invalid

MIN_PLAN_LEAD_DAYS = 14
"""A review, an offer and an answer come before the first day of work."""
MAX_PLAN_YEARS_AHEAD = 2
_DAYS_UNTIL_START = 7


def check_wanted_day(wanted_on: date, *, today: date) -> None:
    """Check the day by which a project must be done. Raises Invalid about `wanted_on`."""
    earliest, latest = today + timedelta(days=MIN_PLAN_LEAD_DAYS), min(add_years(today, MAX_PLAN_YEARS_AHEAD), LAST_DAY)
    if wanted_on < today:
        raise Invalid(_("This day is over. Give one that is ahead."), field="wanted_on")
    if wanted_on < earliest:
        raise Invalid(_("People need two weeks to answer and begin. Give a later day."), field="wanted_on")
    if wanted_on > latest:
        raise Invalid(_("This is more than two years ahead. Give a day within two years."), field="wanted_on")


def schedule_project(*, wanted_on: date, weeks: int, today: date) -> tuple[date, date]:
    """Return the first and the last day of a project that takes `weeks`, and is done on `wanted_on` at the latest.

    It starts on a Monday, in a week or two. A day that is too near is left to `check_wanted_day`.
    """
    soonest = today + timedelta(days=_DAYS_UNTIL_START)
    starts_on = soonest + timedelta(days=-soonest.weekday() % 7)
    ends_on = min(wanted_on, starts_on + timedelta(weeks=weeks, days=-1))
    return starts_on, max(starts_on, ends_on)


DEFAULT_TIME_ZONE = "America/New_York"
_STATES_BY_TIME_ZONE = {
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
}
"""Where most people of a state live; those that are not named here have the zone of New York."""
_TIME_ZONE_BY_STATE = {f"US-{state}": zone for zone, states in _STATES_BY_TIME_ZONE.items() for state in states.split()}


def guess_time_zone(jurisdiction: str) -> str:
    """Return the zone in which a project in this jurisdiction begins, by the jurisdiction's code."""
    return _TIME_ZONE_BY_STATE.get(jurisdiction, DEFAULT_TIME_ZONE)
