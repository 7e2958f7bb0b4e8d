"""Weekly windows of many as masks: a few patterns on a few clocks, each worked out once."""

from collections.abc import Callable, Sequence
from datetime import time

import numpy as np
from django.db.models import F

from core.numpy_columns import minute_of_day
from core.week_mask import Regime, Window, mask_to_words
from matching.engine.problem import WORDS, Bits, Int

_MINUTES_PER_DAY = 24 * 60
_WINDOW_BITS = 24  # of a window


WINDOW_CODE = (F("weekday") * _MINUTES_PER_DAY + minute_of_day("starts")) * _MINUTES_PER_DAY + minute_of_day("ends")
"""A window as one number."""


def build_weekly_masks(
    owner: Int,
    window: Int,
    zone: Int,
    zones: Sequence[str],
    regimes: Sequence[Regime],
    mask: Callable[[Sequence[Window], str, Regime], int],
) -> Bits:
    """[rows, regimes, 6] the mask of every row in every regime.

    `owner` ascends and gives the row of each `window`, a number as `WINDOW_CODE` makes it, which ascends within its row;
    `zone` gives the number, among `zones`, of the clock on which each row's windows are read.
    """
    begins = np.searchsorted(owner, np.arange(len(zone) + 1))
    first, which = _find_patterns(zone, window, begins)
    words = [
        [mask_to_words(mask(each, zones[zone[row]], regime)) for regime in regimes]
        for row, each in ((row, _decode_windows(window[begins[row] : begins[row + 1]])) for row in first.tolist())
    ]
    return np.array(words, np.uint64).reshape(len(first), len(regimes), WORDS)[which]


def _find_patterns(zone: Int, window: Int, begins: Int) -> tuple[Int, Int]:
    """A row of each zone and list of windows, and for every row which of these it has.

    Rows are told apart by their zone, then by their first window, their second, and so on.
    """
    number = np.diff(begins)
    most = int(number.max(initial=0)) + 1
    which = np.unique(zone * most + number, return_inverse=True)[1]
    for nth in range(most - 1):
        longer = np.flatnonzero(number > nth)
        told = (which[longer] << _WINDOW_BITS) | window[begins[longer] + nth]
        which[longer] = np.unique(told, return_inverse=True)[1]
    # Rows of one length were told apart in the same round; the same number may mean something else in another.
    _, first, which = np.unique(which * most + number, return_index=True, return_inverse=True)
    return first, which


def _decode_windows(codes: Int) -> list[Window]:
    def clock(minutes: int) -> time:
        return time(minutes // 60, minutes % 60)

    split = (
        (
            code // _MINUTES_PER_DAY // _MINUTES_PER_DAY,
            code // _MINUTES_PER_DAY % _MINUTES_PER_DAY,
            code % _MINUTES_PER_DAY,
        )
        for code in codes.tolist()
    )
    return [Window(weekday, clock(starts), clock(ends)) for weekday, starts, ends in split]
