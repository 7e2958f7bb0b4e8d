"""Regimes: stretches of days in which no time zone in use changes its offset from UTC."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from core.zone_loading import load_time_zone

_ONE_DAY = timedelta(days=1)
# The change day belongs to the regime that it begins, so a day's offset is the one in force as the day ends.
_END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Regime:
    """The UTC days from `first` to `last`, both included, in which the zones in use keep their offsets."""

    first: date
    last: date


def split_into_regimes(zones: Iterable[str], first: date, last: date) -> list[Regime]:
    """Return the regimes of these zones, in order; they cover the UTC days `first` to `last` exactly.

    The UTC day on which a zone changes its offset begins a regime. An unknown zone counts as UTC. Raises ValueError
    when `last` is before `first`.
    """
    _check_day_order(first, last)
    years = range(first.year, last.year + 1)
    changes = {
        day for zone in set(zones) for year in years for day in _offset_change_days(zone, year) if first < day <= last
    }
    starts = [first, *sorted(changes)]
    ends = [day - _ONE_DAY for day in starts[1:]] + [last]
    return [Regime(start, end) for start, end in zip(starts, ends, strict=True)]


def _check_day_order(first: date, last: date) -> None:
    if last < first:
        raise ValueError(f"The last day, {last}, is before the first, {first}: give them the other way round.")


def _utc_offset_seconds(zone: ZoneInfo, day: date) -> int:
    offset = datetime.combine(day, _END_OF_DAY).astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds())


@lru_cache(maxsize=8192)
def _offset_change_days(name: str, year: int) -> tuple[date, ...]:
    # Every day is checked: Morocco's clock goes back for one month only, so a search by halves could miss a change.
    zone = load_time_zone(name)
    changes = []
    day = date(year, 1, 1)
    previous_offset = _utc_offset_seconds(zone, day - _ONE_DAY)
    while day.year == year:
        offset = _utc_offset_seconds(zone, day)
        if offset != previous_offset:
            changes.append(day)
        day, previous_offset = day + _ONE_DAY, offset
    return tuple(changes)


@lru_cache(maxsize=32768)
def find_offset_seconds(name: str, regime: Regime) -> int:
    """Return the seconds by which the zone is ahead of UTC in the regime. An unknown zone counts as UTC."""
    return _utc_offset_seconds(load_time_zone(name), regime.first + (regime.last - regime.first) // 2)
