"""The 28 parts of a week that a person ticks, and exact times beside them: two ways to write the same windows. Pure.

All times are minutes of the week on the volunteer's wall clock; minute 0 is Monday 00:00. The week is a circle.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from core.week_mask import Window

DAYS_PER_WEEK = 7
_MINUTES_PER_HOUR = 60
_MINUTES_PER_DAY = 24 * _MINUTES_PER_HOUR
_MINUTES_PER_WEEK = DAYS_PER_WEEK * _MINUTES_PER_DAY
_NOON = time(12)

Span = tuple[int, int]
"""A stretch of minutes, the end excluded."""


class DayPart(StrEnum):
    """A part of a day, as people name it; together they last from 6 to 24."""

    EARLY = "early"
    DAYTIME = "daytime"
    EVENING = "evening"
    LATE = "late"


PART_HOURS: dict[DayPart, tuple[int, int]] = {
    DayPart.EARLY: (6, 9),
    DayPart.DAYTIME: (9, 17),
    DayPart.EVENING: (17, 22),
    DayPart.LATE: (22, 24),
}


@dataclass(frozen=True, slots=True, order=True)
class WeekPart:
    """One of the 28 parts: a part of one weekday, 0 for Monday."""

    weekday: int
    part: DayPart

    @property
    def code(self) -> str:
        """Return the part as a form sends it, like `0-evening`."""
        return f"{self.weekday}-{self.part}"

    @property
    def span(self) -> Span:
        """Return its minutes."""
        first, last = PART_HOURS[self.part]
        day = self.weekday * _MINUTES_PER_DAY
        return day + first * _MINUTES_PER_HOUR, day + last * _MINUTES_PER_HOUR


WEEK_PARTS: tuple[WeekPart, ...] = tuple(WeekPart(day, part) for part in DayPart for day in range(DAYS_PER_WEEK))
"""All 28, part by part, as the grid shows them."""

PART_BY_CODE = {part.code: part for part in WEEK_PARTS}


@dataclass(frozen=True, slots=True)
class StatedWeek:
    """A week as a form shows it: parts that are free as a whole, and the exact times of what is left."""

    parts: tuple[WeekPart, ...]
    exact: tuple[Window, ...]

    def find_partly_free(self) -> set[WeekPart]:
        """Return the parts of which some is free and not all."""
        spans = _join_spans(span for window in self.exact for span in _cut_week(*_measure_window(window)))
        return {part for part in WEEK_PARTS if part not in self.parts and _overlap(spans, part.span)}


def build_windows(parts: Iterable[WeekPart], exact: Iterable[Window]) -> tuple[Window, ...]:
    """Return the windows of the union of parts and exact times, from Monday; the same union gives the same windows.

    A stretch that runs past midnight stays whole, unless it lasts a day or more: then it is cut at each midnight.
    """
    spans = [part.span for part in parts]
    for window in exact:
        spans += _cut_week(*_measure_window(window))
    return tuple(window for span in _close_circle(_join_spans(spans)) for window in _make_windows(*span))


def split_windows(windows: Iterable[Window]) -> StatedWeek:
    """Return the windows as a form shows them; `build_windows` of the result has the same free time."""
    spans = _join_spans(span for window in windows for span in _cut_week(*_measure_window(window)))
    parts = tuple(part for part in WEEK_PARTS if any(_holds(span, part.span) for span in spans))
    left = _subtract_spans(spans, [part.span for part in parts])
    return StatedWeek(parts, tuple(window for span in _close_circle(left) for window in _make_windows(*span)))


def count_free_minutes(windows: Iterable[Window]) -> int:
    """Return how many minutes of a week the union of the windows has."""
    spans = _join_spans(span for window in windows for span in _cut_week(*_measure_window(window)))
    return sum(end - begin for begin, end in spans)


def _measure_window(window: Window) -> Span:
    begin = window.weekday * _MINUTES_PER_DAY + _minute_of_day(window.starts)
    return begin, begin + (_minute_of_day(window.ends) - _minute_of_day(window.starts)) % _MINUTES_PER_DAY


def _cut_week(begin: int, end: int) -> list[Span]:
    """Return a span inside the week; what runs past Sunday begins on Monday."""
    if end <= _MINUTES_PER_WEEK:
        return [(begin, end)]
    return [(begin, _MINUTES_PER_WEEK), (0, end - _MINUTES_PER_WEEK)]


def _join_spans(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return joined


def _close_circle(spans: Sequence[Span]) -> list[Span]:
    """Join a span at the end of the week with the one at its beginning, as one that runs past Sunday."""
    if len(spans) < 2 or spans[0][0] != 0 or spans[-1][1] != _MINUTES_PER_WEEK:
        return list(spans)
    return [*spans[1:-1], (spans[-1][0], _MINUTES_PER_WEEK + spans[0][1])]


def _subtract_spans(spans: Iterable[Span], taken: Sequence[Span]) -> list[Span]:
    left: list[Span] = []
    for begin, end in spans:
        for first, last in sorted(taken):
            if last <= begin or end <= first:
                continue
            if begin < first:
                left.append((begin, first))
            begin = max(begin, last)
        if begin < end:
            left.append((begin, end))
    return left


def _holds(span: Span, part: Span) -> bool:
    return span[0] <= part[0] and part[1] <= span[1]


def _overlap(spans: Iterable[Span], part: Span) -> bool:
    return any(begin < part[1] and part[0] < end for begin, end in spans)


def _make_windows(begin: int, end: int) -> list[Window]:
    if end - begin < _MINUTES_PER_DAY:
        return [Window(begin // _MINUTES_PER_DAY % DAYS_PER_WEEK, _clock_time(begin), _clock_time(end))]
    windows = []
    while begin < end:
        midnight = begin - begin % _MINUTES_PER_DAY + _MINUTES_PER_DAY
        day, piece_end = begin // _MINUTES_PER_DAY % DAYS_PER_WEEK, min(midnight, end)
        starts, ends = _clock_time(begin), _clock_time(piece_end)
        # A window that ends when it starts is not allowed, so a whole day is cut at noon.
        windows += (
            [Window(day, starts, _NOON), Window(day, _NOON, ends)] if starts == ends else [Window(day, starts, ends)]
        )
        begin = piece_end
    return windows


def _minute_of_day(moment: time) -> int:
    return moment.hour * _MINUTES_PER_HOUR + moment.minute


def _clock_time(minute: int) -> time:
    minute %= _MINUTES_PER_DAY
    return time(minute // _MINUTES_PER_HOUR, minute % _MINUTES_PER_HOUR)
