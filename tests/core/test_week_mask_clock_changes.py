"""The spans of days between two clock changes, one by one, in zones that have their own way with them."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.week_mask import Window, round_inward
from core.week_regimes import Regime, split_into_regimes
from tests.core.test_week_mask import EVENING, FIRST, LAST, NEW_YORK, WINTER, ZONES, bits, changes_on_the_clock


@pytest.mark.parametrize(
    "name",
    [NEW_YORK, "Europe/London", "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Chatham", "Africa/Cairo"],
)
def test_regimes_begin_on_the_days_on_which_the_clock_changes(name: str) -> None:
    changes = changes_on_the_clock(ZoneInfo(name), date(2024, 1, 2), LAST)
    assert len(changes) >= 10
    assert [regime.first for regime in split_into_regimes([name], FIRST, LAST)] == [FIRST, *changes]


def test_new_york_has_three_regimes_in_2026() -> None:
    assert split_into_regimes([NEW_YORK], date(2026, 1, 1), date(2026, 12, 31)) == [
        Regime(date(2026, 1, 1), date(2026, 3, 7)),
        Regime(date(2026, 3, 8), date(2026, 10, 31)),
        Regime(date(2026, 11, 1), date(2026, 12, 31)),
    ]


def test_morocco_has_a_regime_for_ramadan() -> None:
    ramadan = split_into_regimes(["Africa/Casablanca"], date(2026, 1, 1), date(2026, 12, 31))[1]
    assert ramadan == Regime(date(2026, 2, 15), date(2026, 3, 21))
    evening = [Window(0, time(18), time(22))]
    assert round_inward(evening, "Africa/Casablanca", ramadan) == bits(*range(36, 44))
    later = Regime(date(2026, 3, 22), date(2026, 12, 31))
    assert round_inward(evening, "Africa/Casablanca", later) == bits(*range(34, 42))


def test_a_change_at_midnight_utc_begins_its_own_day() -> None:
    assert split_into_regimes(["Africa/Casablanca"], date(2011, 4, 1), date(2011, 4, 5)) == [
        Regime(date(2011, 4, 1), date(2011, 4, 2)),
        Regime(date(2011, 4, 3), date(2011, 4, 5)),
    ]


def test_a_regime_of_one_day_has_the_clock_that_begins_on_it() -> None:
    both = split_into_regimes(["Australia/Sydney", "America/Santiago"], date(2026, 4, 1), date(2026, 4, 30))
    assert both == [
        Regime(date(2026, 4, 1), date(2026, 4, 3)),
        Regime(date(2026, 4, 4), date(2026, 4, 4)),
        Regime(date(2026, 4, 5), date(2026, 4, 30)),
    ]
    noon = [Window(2, time(12), time(13))]
    assert [round_inward(noon, "Australia/Sydney", regime) for regime in both] == [
        bits(98, 99),
        bits(100, 101),
        bits(100, 101),
    ]
    assert [round_inward(noon, "America/Santiago", regime) for regime in both] == [
        bits(126, 127),
        bits(126, 127),
        bits(128, 129),
    ]


def test_a_change_on_the_first_day_does_not_split() -> None:
    assert split_into_regimes([NEW_YORK], date(2026, 3, 8), date(2026, 3, 9)) == [
        Regime(date(2026, 3, 8), date(2026, 3, 9))
    ]


def test_a_change_on_the_last_day_is_a_regime_of_that_day() -> None:
    assert split_into_regimes([NEW_YORK], date(2026, 3, 7), date(2026, 3, 8)) == [
        Regime(date(2026, 3, 7), date(2026, 3, 7)),
        Regime(date(2026, 3, 8), date(2026, 3, 8)),
    ]


def test_changes_on_the_last_and_first_days_of_a_year_are_seen() -> None:
    samoa = split_into_regimes(["Pacific/Apia"], date(2011, 12, 1), date(2012, 1, 31))
    assert [regime.first for regime in samoa] == [date(2011, 12, 1), date(2011, 12, 30)]
    sao_tome = split_into_regimes(["Africa/Sao_Tome"], date(2017, 12, 1), date(2019, 1, 31))
    assert [regime.first for regime in sao_tome] == [date(2017, 12, 1), date(2018, 1, 1), date(2019, 1, 1)]


@given(
    zones=st.lists(st.sampled_from(ZONES), max_size=5),
    first=st.dates(date(2020, 1, 1), date(2028, 1, 1)),
    days=st.integers(0, 800),
)
@settings(max_examples=50, deadline=None)
def test_regimes_follow_each_other_and_cover_the_days_exactly(zones: list[str], first: date, days: int) -> None:
    last = first + timedelta(days=days)
    found = split_into_regimes(zones, first, last)
    covered = [
        date.fromordinal(day)
        for regime in found
        for day in range(regime.first.toordinal(), regime.last.toordinal() + 1)
    ]
    assert covered == [first + timedelta(days=day) for day in range(days + 1)]


def test_without_zones_there_is_one_regime() -> None:
    assert split_into_regimes([], FIRST, LAST) == [Regime(FIRST, LAST)]


@pytest.mark.parametrize("name", ["Mars/Olympus", "America", "", "../UTC", "/etc/passwd", "New York\0"])
def test_an_unknown_zone_counts_as_utc(name: str) -> None:
    assert split_into_regimes([name], FIRST, LAST) == split_into_regimes(["UTC"], FIRST, LAST)
    assert round_inward([EVENING], name, WINTER) == round_inward([EVENING], "UTC", WINTER)


def test_days_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(ValueError, match="is before the first"):
        split_into_regimes([NEW_YORK], LAST, FIRST)
