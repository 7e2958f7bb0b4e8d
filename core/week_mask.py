"""Weekly time: windows on the wall clock, and the UTC half-hours that they cover.

The windows are the source: "Tuesday 18:00 to 22:00", with the IANA zone of the clock. The mask of a week is derived
from them: a whole number whose bit `s` is the half-hour `s` of the UTC week, from Monday 00:00. Clocks change, so a
mask holds for one *regime*: a stretch of days in which no zone in use changes its offset from UTC.

For stored windows the SQL function `volunteers_refresh_free_time`, in `volunteers/migrations/0002_install_triggers.py`,
does the same: change both together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from core.week_regimes import Regime, find_offset_seconds

HALF_HOURS_PER_WEEK = 336
QUARTER_HOURS_PER_WEEK = 672
MAX_WEEKLY_WINDOWS = 84  # of one person, or of one request: twelve a day
FULL_WEEK = (1 << HALF_HOURS_PER_WEEK) - 1

_DAY_SECONDS = 24 * 60 * 60
_WEEK_SECONDS = 7 * _DAY_SECONDS
_SLOT_SECONDS = _WEEK_SECONDS // HALF_HOURS_PER_WEEK
_QUARTER_SECONDS = _WEEK_SECONDS // QUARTER_HOURS_PER_WEEK
_WORD_BITS = 64


@dataclass(frozen=True, slots=True)
class Window:
    """The same stretch of every week, on a wall clock.

    `weekday` is the day on which it starts, 0 for Monday. A window that `ends` at midnight, or at a time before its
    `starts`, runs into the next day; from Sunday that is Monday. Both are naive times in whole minutes, and differ.
    Raises ValueError otherwise.
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


def _repeat_on_weekdays(weekdays: Iterable[int], starts: time, ends: time) -> tuple[Window, ...]:
    return tuple(Window(weekday, starts, ends) for weekday in weekdays)


WINDOW_PRESETS: dict[str, tuple[Window, ...]] = {
    "evenings": _repeat_on_weekdays(range(5), time(18), time(22)),
    "weekends": _repeat_on_weekdays((5, 6), time(9), time(18)),
    "workdays": _repeat_on_weekdays(range(5), time(9), time(17)),
}


def round_inward(windows: Iterable[Window], zone: str, regime: Regime) -> int:
    """Return the half-hours that lie entirely inside the union of the windows: the time that is surely free.

    `regime` must come from `split_into_regimes` of zones that include `zone`. On its first day, hours before the clock
    change are given on the new clock. An unknown zone counts as UTC.
    """
    return _inner_mask(tuple(windows), find_offset_seconds(zone, regime))


def round_outward(windows: Iterable[Window], zone: str, regime: Regime) -> int:
    """Return the half-hours that the windows touch: the time that work may take. Otherwise as `round_inward`."""
    return _outer_mask(tuple(windows), find_offset_seconds(zone, regime))


def mask_to_words(mask: int) -> tuple[int, ...]:
    """Return the mask as six words of 64 bits, lowest first: bit `s % 64` of word `s // 64` is half-hour `s`."""
    if not 0 <= mask <= FULL_WEEK:
        raise ValueError(f"A mask of a week has {HALF_HOURS_PER_WEEK} bits: give a number from 0 to FULL_WEEK.")
    return tuple(mask >> shift & (1 << _WORD_BITS) - 1 for shift in range(0, HALF_HOURS_PER_WEEK, _WORD_BITS))


def mask_to_local_quarters(mask: int, zone: str, regime: Regime) -> str:
    """Return a digit for each quarter-hour of the week on the wall clock of `zone`: 1 where a free half-hour begins.

    The first digit is Monday 00:00. Raises ValueError for a zone whose clock is off the quarter-hour; today there is
    none.
    """
    offset, remainder = divmod(find_offset_seconds(zone, regime), _QUARTER_SECONDS)
    if remainder:
        raise ValueError(f"The clock of {zone} is off the quarter-hour.")
    shift = offset % QUARTER_HOURS_PER_WEEK
    digits = _slot_start_digits(mask)
    return digits[QUARTER_HOURS_PER_WEEK - shift :] + digits[: QUARTER_HOURS_PER_WEEK - shift]


@lru_cache(maxsize=1024)
def _slot_start_digits(mask: int) -> str:
    return "".join("10" if mask >> slot & 1 else "00" for slot in range(HALF_HOURS_PER_WEEK))


def _utc_week_spans(windows: tuple[Window, ...], offset: int) -> Iterator[tuple[int, int]]:
    """Yield the seconds of the UTC week at which each window begins and ends, cut at the end of the week."""
    for window in windows:
        starts, ends = _second_of_day(window.starts), _second_of_day(window.ends)
        begin = (window.weekday * _DAY_SECONDS + starts - offset) % _WEEK_SECONDS
        end = begin + (ends - starts) % _DAY_SECONDS
        yield begin, min(end, _WEEK_SECONDS)
        if end > _WEEK_SECONDS:
            yield 0, end - _WEEK_SECONDS


def _second_of_day(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) * 60


def _bit_range(first: int, past: int) -> int:
    return (1 << max(past, first)) - (1 << first)


@lru_cache(maxsize=32768)
def _inner_mask(windows: tuple[Window, ...], offset: int) -> int:
    mask = joined_begin = joined_end = 0
    # Touching spans are joined before rounding, as a half-hour may lie across their border. The ends of the week need
    # no joining: a half-hour begins there.
    for begin, end in sorted(_utc_week_spans(windows, offset)):
        joined_begin = begin if begin > joined_end else joined_begin
        joined_end = max(joined_end, end)
        mask |= _bit_range(-(-joined_begin // _SLOT_SECONDS), joined_end // _SLOT_SECONDS)
    return mask


@lru_cache(maxsize=32768)
def _outer_mask(windows: tuple[Window, ...], offset: int) -> int:
    mask = 0
    for begin, end in _utc_week_spans(windows, offset):
        mask |= _bit_range(begin // _SLOT_SECONDS, -(-end // _SLOT_SECONDS))
    return mask


def mask_to_windows(mask: int, zone: str, regime: Regime) -> list[Window]:
    """Return the half-hours of a mask as windows on the wall clock of `zone`, from Monday; it reverses `round_inward`.

    A stretch that runs past midnight is cut there. An empty mask has no windows.
    """
    offset = find_offset_seconds(zone, regime)
    half_hours = sorted(
        (slot * _SLOT_SECONDS + offset) % _WEEK_SECONDS for slot in range(HALF_HOURS_PER_WEEK) if mask >> slot & 1
    )
    spans: list[list[int]] = []
    for begin in half_hours:
        midnight = begin - begin % _DAY_SECONDS + _DAY_SECONDS
        pieces = [(begin, min(begin + _SLOT_SECONDS, midnight))]
        if begin + _SLOT_SECONDS > midnight:
            pieces.append((midnight % _WEEK_SECONDS, (begin + _SLOT_SECONDS) % _WEEK_SECONDS))
        for start, end in pieces:
            if spans and spans[-1][1] == start and start % _DAY_SECONDS:
                spans[-1][1] = end
            else:
                spans.append([start, end])
    windows = []
    for start, end in sorted(spans):
        starts, ends = _clock_time(start), _clock_time(end)
        if starts == ends:  # a whole day: a window that ends when it starts is not allowed, so it is cut at noon
            noon = time(12)
            windows += [Window(start // _DAY_SECONDS, starts, noon), Window(start // _DAY_SECONDS, noon, ends)]
        else:
            windows.append(Window(start // _DAY_SECONDS, starts, ends))
    return windows


def _clock_time(second: int) -> time:
    return time(second % _DAY_SECONDS // 3600, second % 3600 // 60)
