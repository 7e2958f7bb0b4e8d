"""The 28 parts of a week and exact times write the same windows."""

from datetime import time
from itertools import pairwise

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.text_folding import fold_text
from core.week_mask import MAX_WEEKLY_WINDOWS, Window, round_inward
from core.week_regimes import split_into_regimes
from tests.conftest import NOW
from web.volunteers.availability_parts import (
    PART_BY_CODE,
    WEEK_PARTS,
    DayPart,
    WeekPart,
    build_windows,
    count_free_minutes,
    split_windows,
)
from web.volunteers.availability_zones import list_zones_by_country

[REGIME] = split_into_regimes(["UTC"], NOW.date(), NOW.date())

TIMES = st.times().map(lambda moment: time(moment.hour, moment.minute))
EXACT = st.lists(
    st.tuples(st.integers(0, 6), TIMES, TIMES).filter(lambda row: row[1] != row[2]).map(lambda row: Window(*row)),
    max_size=12,
)
PARTS = st.sets(st.sampled_from(WEEK_PARTS))


def free_minutes(windows: list[Window] | tuple[Window, ...]) -> set[int]:
    minutes: set[int] = set()
    for window in windows:
        begin = (window.weekday * 24 + window.starts.hour) * 60 + window.starts.minute
        length = ((window.ends.hour - window.starts.hour) * 60 + window.ends.minute - window.starts.minute) % 1440
        minutes |= {minute % 10080 for minute in range(begin, begin + length)}
    return minutes


@given(PARTS)
def test_parts_become_windows_and_the_same_parts_again(parts: set[WeekPart]) -> None:
    week = split_windows(build_windows(parts, ()))

    assert set(week.parts) == parts
    assert week.exact == ()


@given(PARTS, EXACT)
def test_parts_and_exact_times_write_their_union(parts: set[WeekPart], exact: list[Window]) -> None:
    windows = build_windows(parts, exact)
    ticked = {minute for part in parts for minute in range(*part.span)}

    assert free_minutes(windows) == ticked | free_minutes(exact)
    assert count_free_minutes(windows) == len(free_minutes(windows))
    assert len(windows) <= MAX_WEEKLY_WINDOWS
    starts = [(window.weekday, window.starts) for window in windows]
    assert len(set(starts)) == len(starts)


@given(PARTS, EXACT)
def test_what_is_stored_shows_the_same_week_again(parts: set[WeekPart], exact: list[Window]) -> None:
    stored = build_windows(parts, exact)
    week = split_windows(stored)

    assert build_windows(week.parts, week.exact) == stored
    assert all(part in week.parts for part in parts)


@given(EXACT)
def test_the_matcher_reads_the_windows_of_the_form_as_those_that_were_typed(exact: list[Window]) -> None:
    assert round_inward(build_windows((), exact), "UTC", REGIME) == round_inward(exact, "UTC", REGIME)


def test_zones_stand_by_country_with_the_most_used_and_the_american_first() -> None:
    groups = list_zones_by_country()
    countries, zones = [name for name, _zones in groups], dict(groups)

    assert countries[:2] == ["Most used", "United States"]
    assert countries[2:] == sorted(countries[2:], key=fold_text)
    assert "Antarctica" not in countries
    assert list_zones_by_country("Antarctica/Troll")[-1] == ("Other", [("Antarctica/Troll", "Troll (Antarctica)")])
    assert ("America/Indiana/Knox", "Knox, Indiana") in zones["United States"]
    assert zones["Nepal"] == [("Asia/Kathmandu", "Kathmandu")]
    with translation.override("es"):
        spanish = [name for name, _zones in list_zones_by_country()]
    assert spanish[:2] == ["Las más usadas", "Estados Unidos"]
    assert {"Alemania", "México", "Filipinas"} < set(spanish)
    assert spanish[2:] == sorted(spanish[2:], key=fold_text)


def test_the_places_of_zones_are_named_and_sorted_in_the_readers_language() -> None:
    with translation.override("es"):
        zones = dict(list_zones_by_country())
        spain = [str(label) for _name, label in zones["España"]]
        argentina = [str(label) for _name, label in zones["Argentina"]]

    assert spain == ["Canarias", "Ceuta", "Madrid"]
    assert "Córdoba, Argentina" in argentina
    assert argentina == sorted(argentina, key=fold_text)


def test_the_parts_of_a_day_follow_each_other_and_all_28_have_a_code() -> None:
    for part, following in pairwise(DayPart):
        assert WeekPart(0, part).span[1] == WeekPart(0, following).span[0]
    assert len(PART_BY_CODE) == 28


def test_half_past_eleven_to_half_past_twelve_crosses_midnight() -> None:
    window = Window(6, time(23, 30), time(0, 30))

    assert build_windows((), [window]) == (window,)
    assert split_windows([window]).exact == (window,)
    assert split_windows([window]).find_partly_free() == {WeekPart(6, DayPart.LATE)}


def test_a_part_that_is_free_for_an_hour_is_partly_free() -> None:
    week = split_windows([Window(4, time(17), time(18)), *build_windows([PART_BY_CODE["5-daytime"]], ())])

    assert week.parts == (PART_BY_CODE["5-daytime"],)
    assert week.find_partly_free() == {PART_BY_CODE["4-evening"]}


def test_a_whole_week_is_written_too() -> None:
    every_day = [Window(day, time(0), time(12)) for day in range(7)] + [
        Window(day, time(12), time(0)) for day in range(7)
    ]

    assert count_free_minutes(build_windows((), every_day)) == 7 * 24 * 60
