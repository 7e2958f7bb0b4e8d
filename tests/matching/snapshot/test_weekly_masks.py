"""Masks of many are those of each, whatever windows they share."""

from datetime import date, time

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from core.week_mask import Window, mask_to_words, round_inward
from core.week_regimes import split_into_regimes
from matching.engine.problem import Int
from matching.snapshot.weekly_masks import build_weekly_masks

ZONES = ["America/New_York", "Asia/Kathmandu"]
WINDOWS = [Window(weekday, time(hour), time(hour + 2)) for weekday in (0, 6) for hour in (0, 9, 20)]


def coded(window: Window) -> int:
    def minutes(clock: time) -> int:
        return clock.hour * 60 + clock.minute

    return (window.weekday * 1440 + minutes(window.starts)) * 1440 + minutes(window.ends)


@given(
    weeks=st.lists(st.lists(st.sampled_from(range(len(WINDOWS))), unique=True, max_size=4), max_size=8),
    zone=st.integers(0, 2**8 - 1),
)
def test_every_row_has_the_mask_of_its_own_windows_on_its_own_clock(weeks: list[list[int]], zone: int) -> None:
    spells = split_into_regimes(ZONES, date(2026, 10, 1), date(2026, 12, 1))
    zones: Int = np.array([zone >> row & 1 for row in range(len(weeks))], np.int64)
    codes = [sorted(coded(WINDOWS[one]) for one in week) for week in weeks]
    owner = np.repeat(np.arange(len(weeks)), [len(week) for week in weeks])
    window = np.array([code for week in codes for code in week], np.int64)

    found = build_weekly_masks(owner, window, zones, ZONES, spells, round_inward)

    for row, week in enumerate(weeks):
        mine = [WINDOWS[one] for one in week]
        for place, spell in enumerate(spells):
            assert found[row, place].tolist() == [*mask_to_words(round_inward(mine, ZONES[zones[row]], spell))]
