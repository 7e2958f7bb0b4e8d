"""The rules of a time zone as a calendar file carries them (RFC 5545, 3.6.5).

Every change of the clock is listed by itself. Rules that a library guesses from some of the changes are wrong where
the clock follows the moon: Morocco's goes back for one month of each year, and never for the same one.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from core.week_mask import split_into_regimes

_ONE_MINUTE = timedelta(minutes=1)
_ONE_DAY_LONG = timedelta(days=1)


def build_time_zone_rules(name: str, first: date, last: date) -> Timezone:
    """The rules of a zone for the days from `first` to `last`."""
    zone = ZoneInfo(name)
    rules = Timezone()
    rules.add("tzid", name)
    begins = datetime.combine(first - _ONE_DAY_LONG, time(0), UTC)
    rules.add_component(_build_observance(begins, zone, was=begins.astimezone(zone)))
    for moment in _find_clock_changes(name, first - _ONE_DAY_LONG, last + _ONE_DAY_LONG):
        rules.add_component(_build_observance(moment, zone, was=(moment - _ONE_MINUTE).astimezone(zone)))
    return rules


def _find_clock_changes(name: str, first: date, last: date) -> Iterator[datetime]:
    """The moments at which the clock changes, in UTC, to the minute."""
    zone = ZoneInfo(name)
    for regime in split_into_regimes([name], first, last)[1:]:
        midnight = datetime.combine(regime.first, time(0), UTC)
        before = (midnight - _ONE_MINUTE).astimezone(zone).utcoffset()
        low, high = 0, 24 * 60
        while low < high:
            middle = (low + high) // 2
            if (midnight + middle * _ONE_MINUTE).astimezone(zone).utcoffset() == before:
                low = middle + 1
            else:
                high = middle
        yield midnight + low * _ONE_MINUTE


def _build_observance(moment: datetime, zone: ZoneInfo, *, was: datetime) -> TimezoneStandard | TimezoneDaylight:
    now = moment.astimezone(zone)
    before, after = was.utcoffset(), now.utcoffset()
    assert before is not None
    assert after is not None
    rule = TimezoneDaylight() if now.dst() else TimezoneStandard()
    rule.add("dtstart", (moment + before).replace(tzinfo=None))  # as the clock showed it that was in force till then
    rule.add("tzoffsetfrom", before)
    rule.add("tzoffsetto", after)
    rule.add("tzname", now.tzname() or "")
    return rule
