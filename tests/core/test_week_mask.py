"""Weekly time against an independent reading of the clock, for every zone and every clock change of five years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.week_mask import (
    FULL_WEEK,
    HALF_HOURS_PER_WEEK,
    WINDOW_PRESETS,
    Window,
    mask_to_words,
    round_inward,
    round_outward,
)
from core.week_regimes import Regime, split_into_regimes

FIRST, LAST = date(2024, 1, 1), date(2028, 12, 31)
ZONES = sorted(available_timezones())
NEW_YORK = "America/New_York"
WINTER = Regime(date(2025, 11, 2), date(2026, 3, 7))
SUMMER = Regime(date(2026, 3, 8), date(2026, 10, 31))
EVENING = Window(1, time(18), time(22, 15))
SUNDAY_NIGHT = Window(6, time(21, 45), time(2, 30))

QUARTER = timedelta(minutes=15)
minutes_of_day = st.integers(0, 24 * 60 - 1)
windows_of_any_kind = st.lists(
    st.tuples(st.integers(0, 6), minutes_of_day, minutes_of_day)
    .filter(lambda parts: parts[1] != parts[2])
    .map(lambda parts: Window(parts[0], clock(parts[1]), clock(parts[2]))),
    max_size=6,
)


def clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def bits(*slots: int) -> int:
    return sum(1 << slot for slot in slots)


def is_open(window: Window, local: datetime) -> bool:
    """Whether the wall clock shows a moment of the window."""
    today, now = local.weekday(), local.time()
    if window.starts < window.ends:
        return today == window.weekday and window.starts <= now < window.ends
    return (today == window.weekday and now >= window.starts) or (
        today == (window.weekday + 1) % 7 and now < window.ends
    )


def a_week_inside(regime: Regime) -> Iterator[datetime]:
    """The quarter-hours of seven UTC days late in the regime, Monday or not; none when it is too short."""
    start = regime.last - timedelta(days=6)
    if start > regime.first:
        midnight = datetime.combine(start, time(0, tzinfo=UTC))
        yield from (midnight + QUARTER * step for step in range(7 * 96))


def walked(windows: list[Window], zone: ZoneInfo, regime: Regime) -> list[tuple[int, int]] | None:
    """For each window, the half-hours wholly inside and those touched, read off the clock a quarter-hour at a time."""
    moments = [(moment, moment.astimezone(zone)) for moment in a_week_inside(regime)]
    if not moments:
        return None
    answers = []
    for window in windows:
        open_quarters = [0] * HALF_HOURS_PER_WEEK
        for moment, local in moments:
            slot = moment.weekday() * 48 + moment.hour * 2 + moment.minute // 30
            open_quarters[slot] += is_open(window, local)
        inside = bits(*(slot for slot, quarters in enumerate(open_quarters) if quarters == 2))
        touched = bits(*(slot for slot, quarters in enumerate(open_quarters) if quarters))
        answers.append((inside, touched))
    return answers


def changes_on_the_clock(zone: ZoneInfo, first: date, last: date) -> list[date]:
    """The UTC days on which the zone's offset changes, found by looking at every quarter-hour."""
    moment = datetime.combine(first, time(0, tzinfo=UTC))
    past = datetime.combine(last + timedelta(days=1), time(0, tzinfo=UTC))
    before = (moment - QUARTER).astimezone(zone).utcoffset()
    found = []
    while moment < past:
        now = moment.astimezone(zone).utcoffset()
        if now != before:
            found.append(moment.date())
        moment, before = moment + QUARTER, now
    return found


def test_no_window_moves_on_the_wall_clock_in_any_zone_in_five_years() -> None:
    checked = 0
    for name in ZONES:
        for regime in split_into_regimes([name], FIRST, LAST):
            expected = walked([EVENING, SUNDAY_NIGHT], ZoneInfo(name), regime)
            if expected is None:
                continue
            found = [
                (round_inward([window], name, regime), round_outward([window], name, regime))
                for window in (EVENING, SUNDAY_NIGHT)
            ]
            assert found == expected, (name, regime)
            checked += 1
    assert checked > len(ZONES) * 3


def test_no_window_moves_when_the_zones_of_four_continents_share_their_regimes() -> None:
    names = [NEW_YORK, "Europe/London", "Africa/Casablanca", "Australia/Lord_Howe", "America/Santiago"]
    together = split_into_regimes(names, FIRST, LAST)
    checked = 0
    for name in names:
        for regime in together:
            expected = walked([EVENING], ZoneInfo(name), regime)
            if expected is not None:
                assert [(round_inward([EVENING], name, regime), round_outward([EVENING], name, regime))] == expected
                checked += 1
    assert checked > 100


def test_new_york_evenings_are_five_hours_behind_in_winter_and_four_in_summer() -> None:
    tuesday = [Window(1, time(18), time(22))]
    assert round_inward(tuesday, NEW_YORK, WINTER) == round_outward(tuesday, NEW_YORK, WINTER) == 0b11111111 << 94
    assert round_inward(tuesday, NEW_YORK, SUMMER) == round_outward(tuesday, NEW_YORK, SUMMER) == 0b11111111 << 92


def test_a_sunday_evening_in_new_york_wraps_into_monday_utc() -> None:
    sunday = [Window(6, time(18), time(22))]
    assert round_inward(sunday, NEW_YORK, WINTER) == 0b11 << 334 | 0b111111
    assert round_inward(sunday, NEW_YORK, SUMMER) == 0b1111 << 332 | 0b1111


def test_a_monday_morning_in_tokyo_is_sunday_evening_utc() -> None:
    assert round_inward([Window(0, time(8), time(10))], "Asia/Tokyo", WINTER) == 0b11 << 334 | 0b11


def test_a_window_past_midnight_runs_into_the_next_day() -> None:
    assert round_inward([Window(6, time(23), time(1))], "UTC", WINTER) == bits(334, 335, 0, 1)
    assert round_inward([Window(0, time(23), time(0))], "UTC", WINTER) == bits(46, 47)
    assert round_inward([Window(6, time(23), time(0))], "UTC", WINTER) == bits(334, 335)


@pytest.mark.parametrize(
    ("name", "inside", "touched"),
    [
        ("Asia/Kathmandu", range(25, 28), range(24, 29)),
        ("Australia/Eucla", range(19, 22), range(18, 23)),
        ("Pacific/Chatham", range(9, 12), range(8, 13)),
        ("Asia/Kolkata", range(25, 29), range(25, 29)),
    ],
)
def test_zones_off_the_half_hour_lose_a_slot_inwards_and_gain_one_outwards(
    name: str, inside: range, touched: range
) -> None:
    monday = [Window(0, time(18), time(20))]
    december = Regime(date(2025, 12, 1), date(2025, 12, 31))
    assert round_inward(monday, name, december) == bits(*inside)
    assert round_outward(monday, name, december) == bits(*touched)


def test_lord_howe_moves_by_half_an_hour() -> None:
    monday = [Window(0, time(18), time(19))]
    summer, winter = split_into_regimes(["Australia/Lord_Howe"], date(2026, 4, 1), date(2026, 4, 30))
    assert winter.first == date(2026, 4, 4)
    assert round_inward(monday, "Australia/Lord_Howe", summer) == bits(14, 15)
    assert round_inward(monday, "Australia/Lord_Howe", winter) == bits(15, 16)


def test_adjacent_windows_are_joined_before_they_are_rounded() -> None:
    quarters = [Window(0, time(10, 15), time(10, 30)), Window(0, time(10), time(10, 15))]
    assert round_inward(quarters, "UTC", WINTER) == bits(20)
    assert round_inward(quarters[:1], "UTC", WINTER) == round_inward(quarters[1:], "UTC", WINTER) == 0


def test_windows_that_meet_at_midnight_are_joined() -> None:
    around_midnight = [Window(6, time(20), time(0)), Window(0, time(0), time(2))]
    assert round_inward(around_midnight, "Asia/Kathmandu", WINTER) == bits(*range(317, 328))


def test_overlapping_windows_count_once() -> None:
    nested = [Window(0, time(10), time(14)), Window(0, time(11), time(12)), Window(0, time(13), time(15))]
    assert round_inward(nested, "UTC", WINTER) == round_outward(nested, "UTC", WINTER) == bits(*range(20, 30))


def test_a_window_inside_a_longer_one_does_not_cut_it_short() -> None:
    nested = [Window(0, time(10), time(14, 10)), Window(0, time(11), time(12)), Window(0, time(14, 10), time(14, 30))]
    assert round_inward(nested, "UTC", WINTER) == bits(*range(20, 29))


def test_a_short_window_inside_a_half_hour_is_no_availability_but_takes_the_half_hour() -> None:
    short = [Window(0, time(10, 5), time(10, 25))]
    assert round_inward(short, "UTC", WINTER) == 0
    assert round_outward(short, "UTC", WINTER) == bits(20)


def test_seven_whole_days_are_always() -> None:
    halves = [
        Window(day, starts, ends) for day in range(7) for starts, ends in ((time(0), time(12)), (time(12), time(0)))
    ]
    assert round_inward(halves, "Asia/Kathmandu", WINTER) == round_outward(halves, NEW_YORK, SUMMER) == FULL_WEEK
    assert round_inward([], "UTC", WINTER) == round_outward([], "UTC", WINTER) == 0


@given(windows=windows_of_any_kind, zone=st.sampled_from(ZONES), regime=st.sampled_from([WINTER, SUMMER]))
@settings(max_examples=300, deadline=None)
def test_inwards_is_always_a_part_of_outwards(windows: list[Window], zone: str, regime: Regime) -> None:
    inside, touched = round_inward(windows, zone, regime), round_outward(windows, zone, regime)
    assert inside & ~touched == 0
    assert 0 <= touched <= FULL_WEEK


@given(windows=windows_of_any_kind, zone=st.sampled_from(["UTC", NEW_YORK, "Asia/Kathmandu", "Pacific/Marquesas"]))
@settings(max_examples=100, deadline=None)
def test_masks_agree_with_a_count_of_minutes(windows: list[Window], zone: str) -> None:
    east = {"UTC": 0, NEW_YORK: -300, "Asia/Kathmandu": 345, "Pacific/Marquesas": -570}[zone]
    free = set()
    for window in windows:
        minute = window.weekday * 1440 + window.starts.hour * 60 + window.starts.minute
        while True:
            free.add((minute - east) % 10080)
            minute += 1
            if clock(minute % 1440) == window.ends:
                break
    halves = [[minute in free for minute in range(slot * 30, slot * 30 + 30)] for slot in range(HALF_HOURS_PER_WEEK)]
    assert round_inward(windows, zone, WINTER) == bits(*(slot for slot, half in enumerate(halves) if all(half)))
    assert round_outward(windows, zone, WINTER) == bits(*(slot for slot, half in enumerate(halves) if any(half)))


@pytest.mark.parametrize(
    ("preset", "zone", "inside", "touched"),
    [
        ("evenings", NEW_YORK, 40, 40),
        ("weekends", NEW_YORK, 36, 36),
        ("workdays", NEW_YORK, 80, 80),
        ("evenings", "Asia/Kathmandu", 35, 45),
        ("weekends", "Asia/Kathmandu", 34, 38),
        ("workdays", "Asia/Kathmandu", 75, 85),
    ],
)
def test_presets_have_their_hours(preset: str, zone: str, inside: int, touched: int) -> None:
    assert round_inward(WINDOW_PRESETS[preset], zone, WINTER).bit_count() == inside
    assert round_outward(WINDOW_PRESETS[preset], zone, WINTER).bit_count() == touched


def test_presets_cover_the_days_that_they_name() -> None:
    assert round_inward(WINDOW_PRESETS["evenings"], "UTC", WINTER) == sum(0xFF << 48 * day + 36 for day in range(5))
    assert round_inward(WINDOW_PRESETS["weekends"], "UTC", WINTER) == sum(0x3FFFF << 48 * day + 18 for day in (5, 6))
    assert round_inward(WINDOW_PRESETS["workdays"], "UTC", WINTER) == sum(0xFFFF << 48 * day + 18 for day in range(5))
    assert list(WINDOW_PRESETS) == ["evenings", "weekends", "workdays"]


def test_words_are_six_and_the_lowest_comes_first() -> None:
    assert mask_to_words(bits(0, 63, 64, 335)) == (1 << 63 | 1, 1, 0, 0, 0, 1 << 15)
    assert mask_to_words(FULL_WEEK) == (2**64 - 1,) * 5 + (2**16 - 1,)
    assert mask_to_words(0) == (0,) * 6


@pytest.mark.parametrize("mask", [-1, FULL_WEEK + 1])
def test_what_is_no_mask_has_no_words(mask: int) -> None:
    with pytest.raises(ValueError, match="336 bits"):
        mask_to_words(mask)


@given(mask=st.integers(0, FULL_WEEK))
@settings(deadline=None)
def test_words_hold_the_whole_mask(mask: int) -> None:
    assert sum(word << 64 * place for place, word in enumerate(mask_to_words(mask))) == mask


@pytest.mark.parametrize(
    ("weekday", "starts", "ends", "sentence"),
    [
        (7, time(10), time(11), "7 is not a weekday"),
        (-1, time(10), time(11), "-1 is not a weekday"),
        (0, time(10), time(10), "A window from 10:00 to 10:00"),
        (0, time(10, 0, 1), time(11), "10:00:01 is too exact"),
        (0, time(10), time(11, tzinfo=UTC), r"11:00:00\+00:00 is too exact"),
    ],
)
def test_a_window_that_says_nothing_clear_is_refused(weekday: int, starts: time, ends: time, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Window(weekday, starts, ends)
