"""Clocks that never end while somebody sleeps, in every zone and across every change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock_rules import (
    TieredHours,
    compute_deadline,
    compute_reminder_time,
    compute_working_deadline,
    end_of_day,
    end_working_day,
    is_in_quiet_hours,
    precede_quiet_hours,
    skip_quiet_hours,
)

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
NEW_YORK = "America/New_York"
HOUR = timedelta(hours=1)
OFFER = TieredHours(48, 24, 12)

moments = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(ZONES)
hours = st.integers(1, 240)


def there(*parts: int, zone: str = NEW_YORK) -> datetime:
    """A moment as the clock shows it in New York, or elsewhere."""
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[arg-type, misc]


def is_quiet(moment: datetime, zone: str) -> bool:
    return not time(9) <= moment.astimezone(ZoneInfo(zone)).time() < time(21)


@given(moments, zones)
@settings(max_examples=60)
def test_the_evening_before_a_night_is_in_no_night(moment: datetime, zone: str) -> None:
    found = precede_quiet_hours(moment, zone)

    assert is_in_quiet_hours(moment, zone) == is_quiet(moment, zone)
    assert not is_quiet(found, zone)
    assert (found == moment) != is_quiet(moment, zone)
    assert timedelta(0) <= moment - found < 15 * HOUR  # 13 hours, and what a change of clocks adds


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ((2026, 3, 3, 20, 59, 59), (2026, 3, 3, 20, 59, 59)),
        ((2026, 3, 3, 21), (2026, 3, 3, 20)),
        ((2026, 3, 4, 8, 59, 59), (2026, 3, 3, 20)),
        ((2026, 3, 4, 9), (2026, 3, 4, 9)),
        ((2026, 3, 8, 3), (2026, 3, 7, 20)),  # in the night in which clocks change
        ((2026, 11, 1, 8), (2026, 10, 31, 20)),
    ],
)
def test_what_must_come_before_a_night_comes_an_hour_before_it(
    clock: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert precede_quiet_hours(there(*clock), NEW_YORK) == there(*expected)


@pytest.mark.parametrize(
    ("days", "expected"), [(200, 48), (43, 48), (42, 48), (41, 24), (15, 24), (14, 24), (13, 12), (0, 12), (-3, 12)]
)
def test_the_nearer_the_election_the_shorter_the_clock(days: int, expected: int) -> None:
    on = date(2026, 3, 2)

    assert OFFER.hours_on(on + timedelta(days=days), on) == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ((2026, 3, 3, 8, 59, 59), (2026, 3, 3, 9)),
        ((2026, 3, 3, 9), (2026, 3, 3, 9)),
        ((2026, 3, 3, 20, 59, 59), (2026, 3, 3, 20, 59, 59)),
        ((2026, 3, 3, 21), (2026, 3, 4, 9)),
        ((2026, 3, 3, 23, 59), (2026, 3, 4, 9)),
        ((2026, 3, 4, 0), (2026, 3, 4, 9)),
        ((2026, 12, 31, 22), (2027, 1, 1, 9)),
        ((2026, 3, 7, 22), (2026, 3, 8, 9)),  # the clock goes forward in that night
        ((2026, 10, 31, 22), (2026, 11, 1, 9)),  # and back in this one
    ],
)
def test_nothing_ends_between_nine_in_the_evening_and_nine_in_the_morning(
    clock: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    assert skip_quiet_hours(there(*clock), NEW_YORK) == there(*expected)


def test_it_is_the_clock_where_the_person_lives() -> None:
    noon_in_new_york = there(2026, 3, 3, 12)

    assert compute_deadline(noon_in_new_york, 12, NEW_YORK) == there(2026, 3, 4, 9)
    assert compute_deadline(noon_in_new_york, 12, "Asia/Tokyo") == noon_in_new_york + 12 * HOUR
    assert compute_deadline(noon_in_new_york, 12, NEW_YORK, urgent=True) == noon_in_new_york + 12 * HOUR


def test_forty_eight_hours_are_forty_eight_on_a_clock_that_changes() -> None:
    friday_noon = there(2026, 3, 6, 12)

    assert compute_deadline(friday_noon, 48, NEW_YORK) == friday_noon + 48 * HOUR == there(2026, 3, 8, 13)


@given(moment=moments, zone=zones)
@settings(max_examples=200, deadline=None)
def test_awake_is_never_quiet_never_early_and_waits_for_no_second_morning(moment: datetime, zone: str) -> None:
    found = skip_quiet_hours(moment, zone)

    assert not is_quiet(found, zone)
    assert moment <= found <= moment + 13 * HOUR  # twelve, and the hour that a clock may go back
    assert (found == moment) == (not is_quiet(moment, zone))
    assert skip_quiet_hours(found, zone) == found


@given(start=moments, long=hours, zone=zones, urgent=st.booleans())
@settings(max_examples=200, deadline=None)
def test_a_clock_gives_its_hours_in_full_and_a_night_at_most_on_top(
    start: datetime, long: int, zone: str, urgent: bool
) -> None:
    end = compute_deadline(start, long, zone, urgent=urgent)

    assert start + long * HOUR <= end <= start + (long if urgent else long + 13) * HOUR
    assert urgent or not is_quiet(end, zone)
    reminder = compute_reminder_time(start, end, zone, urgent=urgent)
    if reminder is not None:
        assert start + (end - start) / 2 <= reminder < end
        assert urgent or not is_quiet(reminder, zone)


def test_a_reminder_comes_half_way_or_in_the_morning_after_or_not_at_all() -> None:
    start = there(2026, 3, 3, 12)

    assert compute_reminder_time(start, start + 48 * HOUR, NEW_YORK) == start + 24 * HOUR
    assert compute_reminder_time(start, there(2026, 3, 4, 12), NEW_YORK) == there(2026, 3, 4, 9)
    assert compute_reminder_time(start, there(2026, 3, 4, 9), NEW_YORK) is None
    assert compute_reminder_time(start, there(2026, 3, 4, 12), NEW_YORK, urgent=True) == start + 12 * HOUR


@pytest.mark.parametrize(
    ("start", "long", "expected"),
    [
        ((2026, 3, 3, 12), 24, (2026, 3, 4, 12)),  # Tuesday
        ((2026, 3, 6, 12), 24, (2026, 3, 9, 12)),  # Friday noon: Saturday and Sunday do not count
        ((2026, 3, 6, 22), 4, (2026, 3, 9, 9)),  # two hours are left for Monday, whose night is quiet
        ((2026, 3, 7, 12), 24, (2026, 3, 10, 9)),  # Saturday: it begins on Monday, and midnight is quiet
        ((2026, 3, 8, 23, 59), 10, (2026, 3, 9, 10)),  # late on Sunday
        ((2026, 3, 6, 12), 12, (2026, 3, 9, 9)),  # it would end as the weekend begins
        ((2026, 3, 6, 12), 10, (2026, 3, 9, 9)),  # Friday at ten in the evening: not on Saturday morning
        ((2026, 3, 2, 12), 120, (2026, 3, 9, 12)),  # a whole week of work
    ],
)
def test_a_reviewers_clock_counts_no_weekend(start: tuple[int, ...], long: int, expected: tuple[int, ...]) -> None:
    assert compute_working_deadline(there(*start), long, NEW_YORK) == there(*expected)


def test_an_urgent_clock_runs_through_the_weekend() -> None:
    friday = there(2026, 3, 6, 22)

    assert compute_working_deadline(friday, 4, NEW_YORK, urgent=True) == friday + 4 * HOUR


@given(start=moments, long=hours, zone=zones)
@settings(max_examples=100, deadline=None)
def test_working_hours_are_counted_minute_by_minute(start: datetime, long: int, zone: str) -> None:
    end = compute_working_deadline(start, long, zone)

    local = end.astimezone(ZoneInfo(zone))
    assert local.weekday() < 5
    assert not is_quiet(end, zone)
    # Minutes of working days from the start to the end: its hours, and what the quiet hours and a weekend add.
    step, moment, worked = timedelta(minutes=15), start, timedelta()
    while moment < end:
        worked += step if moment.astimezone(ZoneInfo(zone)).weekday() < 5 else timedelta()
        moment += step
    assert long * HOUR - 2 * step <= worked <= (long + 13) * HOUR + 2 * step


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ((2026, 3, 4, 9), (2026, 3, 4, 17)),
        ((2026, 3, 4, 17), (2026, 3, 4, 17)),
        ((2026, 3, 4, 17, 1), (2026, 3, 5, 17)),
        ((2026, 3, 6, 18), (2026, 3, 9, 17)),  # a Friday evening
        ((2026, 3, 8, 10), (2026, 3, 9, 17)),  # a Sunday
    ],
)
def test_a_working_day_ends_at_five(moment: tuple[int, ...], expected: tuple[int, ...]) -> None:
    end = end_working_day(there(*moment), NEW_YORK)

    assert end == there(*expected)
    # No campaign of the fifty states reads a time of its night.
    assert not any(is_quiet(end, zone) for zone in ("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"))


@given(day=st.dates(date(2025, 1, 1), date(2030, 12, 31)), zone=zones)
@settings(max_examples=200, deadline=None)
def test_a_day_ends_where_the_next_begins(day: date, zone: str) -> None:
    end = end_of_day(day, zone)

    assert (end - timedelta(minutes=1)).astimezone(ZoneInfo(zone)).date() == day
    assert end.astimezone(ZoneInfo(zone)).date() == day + timedelta(days=1)
