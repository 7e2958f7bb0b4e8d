"""Build the rules of a time zone for a calendar file (RFC 5545, 3.6.5).

Every clock change is listed by itself. Recurrence rules that a library derives from some changes are wrong where the
clock follows the moon: Morocco's goes back for Ramadan, which moves through the year.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from core.week_regimes import split_into_regimes
from core.zone_loading import load_time_zone

_ONE_MINUTE = timedelta(minutes=1)
_ONE_DAY_LONG = timedelta(days=1)


def build_time_zone_rules(name: str, first: date, last: date) -> Timezone:
    """Return the rules of a zone for the days from `first` to `last`."""
    zone = load_time_zone(name)
    rules = Timezone()
    rules.add("tzid", name)
    begins = datetime.combine(first - _ONE_DAY_LONG, time(0), UTC)
    rules.add_component(_build_observance(begins, zone, was=begins.astimezone(zone)))
    for moment in _find_clock_changes(name, first - _ONE_DAY_LONG, last + _ONE_DAY_LONG):
        rules.add_component(_build_observance(moment, zone, was=(moment - _ONE_MINUTE).astimezone(zone)))
    return rules


def _find_clock_changes(name: str, first: date, last: date) -> Iterator[datetime]:
    """Yield the moments at which the clock changes, in UTC, to the minute."""
    zone = load_time_zone(name)
    for regime in split_into_regimes([name], first, last)[1:]:
        midnight = datetime.combine(regime.first, time(0), UTC)
        old_offset = (midnight - _ONE_MINUTE).astimezone(zone).utcoffset()
        # The regime gives only the day. Search in that day for the first minute with the new offset.
        low, high = 0, 24 * 60
        while low < high:
            middle = (low + high) // 2
            if (midnight + middle * _ONE_MINUTE).astimezone(zone).utcoffset() == old_offset:
                low = middle + 1
            else:
                high = middle
        yield midnight + low * _ONE_MINUTE


def _build_observance(moment: datetime, zone: ZoneInfo, *, was: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = moment.astimezone(zone)
    old_offset, new_offset = was.utcoffset(), local.utcoffset()
    assert old_offset is not None
    assert new_offset is not None
    rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
    # The standard wants the start in local time by the old offset.
    rule.add("dtstart", (moment + old_offset).replace(tzinfo=None))
    rule.add("tzoffsetfrom", old_offset)
    rule.add("tzoffsetto", new_offset)
    rule.add("tzname", local.tzname() or "")
    return rule
