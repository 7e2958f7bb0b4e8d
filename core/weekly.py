"""Weekly time: windows on the wall clock, and the UTC half-hours that they cover.

What people say is the truth: a window ("Tuesday 18:00 to 22:00") and the IANA zone whose clock it is read on. The mask
of a week is derived from it: a whole number whose bit `s` is the half-hour `s` of the UTC week, Monday 00:00 first.
Clocks change, so a mask holds for one *regime*: a stretch of days in which no zone in use changes its offset from UTC.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SLOTS = 336
QUARTERS = 672
ALWAYS = (1 << SLOTS) - 1

_DAY = 24 * 60 * 60
_WEEK = 7 * _DAY
_SLOT = _WEEK // SLOTS
_QUARTER = _WEEK // QUARTERS
_WORD_BITS = 64
_ONE_DAY = timedelta(days=1)
# The change day belongs to the regime that it begins, so a day's offset is the one in force as the day ends.
_END_OF_DAY = time(23, 59, 59, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """The same stretch of every week, on a wall clock.

    `weekday` is the day on which it starts, 0 for Monday. A window whose `ends` is midnight or earlier than its
    `starts` runs into the next day, from Sunday into Monday. Both are naive times in whole minutes and differ;
    ValueError otherwise.
    """

    weekday: int
    starts: time
    ends: time

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError(f"{self.weekday} is not a weekday: give a number from 0 (Monday) to 6 (Sunday).")
        for moment in (self.starts, self.ends):
            if moment.second or moment.microsecond or moment.tzinfo:
                raise ValueError(f"{moment} is too exact for a window: give hours and minutes, without a time zone.")
        if self.starts == self.ends:
            raise ValueError(
                f"A window from {self.starts:%H:%M} to {self.ends:%H:%M} could be empty or a whole day: "
                "give an end that differs, and two windows for a whole day."
            )


@dataclass(frozen=True, slots=True)
class Regime:
    """The UTC days from `first` to `last`, both included, in which the zones in use keep their offsets."""

    first: date
    last: date


def _weekly(weekdays: Iterable[int], starts: time, ends: time) -> tuple[Window, ...]:
    return tuple(Window(weekday, starts, ends) for weekday in weekdays)


PRESETS: dict[str, tuple[Window, ...]] = {
    "evenings": _weekly(range(5), time(18), time(22)),
    "weekends": _weekly((5, 6), time(9), time(18)),
    "workdays": _weekly(range(5), time(9), time(17)),
}


def regimes(zones: Iterable[str], first: date, last: date) -> list[Regime]:
    """The regimes of these zones, in order, covering the UTC days `first` to `last` exactly.

    The UTC day on which a zone changes its offset begins a regime. ValueError for an unknown zone, or when `last` is
    before `first`.
    """
    _check_order(first, last)
    years = range(first.year, last.year + 1)
    changes = {day for zone in set(zones) for year in years for day in _change_days(zone, year) if first < day <= last}
    starts = [first, *sorted(changes)]
    ends = [day - _ONE_DAY for day in starts[1:]] + [last]
    return [Regime(start, end) for start, end in zip(starts, ends, strict=True)]


def regime_span(regimes: Sequence[Regime], first: date, last: date) -> tuple[int, int]:
    """The rows of the first and of the last regime that the days `first` to `last` touch, in regimes in order.

    Days outside the regimes are left out; ValueError when none is inside, or when `last` is before `first`.
    """
    _check_order(first, last)
    low = bisect_left(regimes, first, key=lambda regime: regime.last)
    high = bisect_right(regimes, last, key=lambda regime: regime.first) - 1
    if low > high:
        raise ValueError(f"No regime covers {first} to {last}: derive the regimes for these days first.")
    return low, high


def inwards(windows: Iterable[Window], zone: str, regime: Regime) -> int:
    """The half-hours that lie entirely inside the windows together: what somebody surely has free.

    `regime` must come from `regimes` of zones that include `zone`. On the day that begins it, hours before the clock
    change are given on the new clock. ValueError for an unknown zone.
    """
    return _inside(tuple(windows), _offset(zone, regime))


def outwards(windows: Iterable[Window], zone: str, regime: Regime) -> int:
    """The half-hours that the windows touch: what a meeting or the work may take. Otherwise as `inwards`."""
    return _touched(tuple(windows), _offset(zone, regime))


def overlap(masks_a: Sequence[int], masks_b: Sequence[int]) -> int:
    """The fewest half-hours that two people share in any regime, from their masks for the same regimes in order.

    ValueError when the masks do not pair up, or when there are none.
    """
    if not masks_a or len(masks_a) != len(masks_b):
        raise ValueError(f"{len(masks_a)} masks do not pair with {len(masks_b)}: give both for the same regimes.")
    return min((a & b).bit_count() for a, b in zip(masks_a, masks_b, strict=True))


def to_words(mask: int) -> tuple[int, ...]:
    """The mask as six whole numbers of 64 bits, lowest first: bit `s % 64` of word `s // 64` is half-hour `s`."""
    if not 0 <= mask <= ALWAYS:
        raise ValueError(f"A mask of a week has {SLOTS} bits: give a number from 0 to ALWAYS.")
    return tuple(mask >> shift & (1 << _WORD_BITS) - 1 for shift in range(0, SLOTS, _WORD_BITS))


def as_local(mask: int, zone: str, regime: Regime) -> str:
    """The half-hours of a mask as they begin on the wall clock of `zone`: a digit for each quarter-hour of its week.

    The first digit is Monday 00:00. ValueError for a zone whose clock is off the quarter-hour; today there is none.
    """
    shift, odd = divmod(_offset(zone, regime), _QUARTER)
    if odd:
        raise ValueError(f"The clock of {zone} is off the quarter-hour.")
    turn = shift % QUARTERS
    begun = _begun(mask)
    return begun[QUARTERS - turn :] + begun[: QUARTERS - turn]


@lru_cache(maxsize=1024)
def _begun(mask: int) -> str:
    return "".join("10" if mask >> slot & 1 else "00" for slot in range(SLOTS))


def _check_order(first: date, last: date) -> None:
    if last < first:
        raise ValueError(f"The last day, {last}, is before the first, {first}: give them the other way round.")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    # A directory of the zone database ("America") is an OSError, a path ("../UTC") a ValueError.
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"{name!r} is not a time zone: give an IANA name such as 'America/New_York'.") from error


def _seconds_east(zone: ZoneInfo, day: date) -> int:
    offset = datetime.combine(day, _END_OF_DAY).astimezone(zone).utcoffset()
    assert offset is not None
    return round(offset.total_seconds())


@lru_cache(maxsize=8192)
def _change_days(name: str, year: int) -> tuple[date, ...]:
    # Every day is looked at: Morocco's clock goes back for a month only, and nothing says that a month is the least.
    zone = _zone(name)
    changes = []
    day = date(year, 1, 1)
    before = _seconds_east(zone, day - _ONE_DAY)
    while day.year == year:
        now = _seconds_east(zone, day)
        if now != before:
            changes.append(day)
        day, before = day + _ONE_DAY, now
    return tuple(changes)


@lru_cache(maxsize=32768)
def _offset(name: str, regime: Regime) -> int:
    return _seconds_east(_zone(name), regime.first + (regime.last - regime.first) // 2)


def _spans(windows: tuple[Window, ...], offset: int) -> Iterator[tuple[int, int]]:
    """Seconds of the UTC week from and to which each window runs; one that passes the end of the week is cut there."""
    for window in windows:
        starts, ends = _second(window.starts), _second(window.ends)
        begin = (window.weekday * _DAY + starts - offset) % _WEEK
        end = begin + (ends - starts) % _DAY
        yield begin, min(end, _WEEK)
        if end > _WEEK:
            yield 0, end - _WEEK


def _second(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) * 60


def _bits(first: int, past: int) -> int:
    return (1 << max(past, first)) - (1 << first)


@lru_cache(maxsize=32768)
def _inside(windows: tuple[Window, ...], offset: int) -> int:
    mask = begun = reached = 0
    # Neighbours are joined before rounding. The week's ends need no joining: a half-hour begins there.
    for begin, end in sorted(_spans(windows, offset)):
        begun = begin if begin > reached else begun
        reached = max(reached, end)
        mask |= _bits(-(-begun // _SLOT), reached // _SLOT)
    return mask


@lru_cache(maxsize=32768)
def _touched(windows: tuple[Window, ...], offset: int) -> int:
    mask = 0
    for begin, end in _spans(windows, offset):
        mask |= _bits(begin // _SLOT, -(-end // _SLOT))
    return mask


def to_windows(mask: int, zone: str, regime: Regime) -> list[Window]:
    """The half-hours of a mask as windows on the wall clock of `zone`, Monday's first; the reverse of `inwards`.

    A stretch that runs past midnight is cut there. Nothing comes of an empty mask.
    """
    offset = _offset(zone, regime)
    half_hours = sorted((slot * _SLOT + offset) % _WEEK for slot in range(SLOTS) if mask >> slot & 1)
    spans: list[list[int]] = []
    for begin in half_hours:
        midnight = begin - begin % _DAY + _DAY
        pieces = [(begin, min(begin + _SLOT, midnight))]
        if begin + _SLOT > midnight:
            pieces.append((midnight % _WEEK, (begin + _SLOT) % _WEEK))
        for start, end in pieces:
            if spans and spans[-1][1] == start and start % _DAY:
                spans[-1][1] = end
            else:
                spans.append([start, end])
    windows = []
    for start, end in sorted(spans):
        starts, ends = _clock(start), _clock(end)
        if starts == ends:  # a whole day, which no single window can say
            noon = time(12)
            windows += [Window(start // _DAY, starts, noon), Window(start // _DAY, noon, ends)]
        else:
            windows.append(Window(start // _DAY, starts, ends))
    return windows


def _clock(second: int) -> time:
    return time(second % _DAY // 3600, second % 3600 // 60)
