"""Compute the weekly masks of many rows. They share few window patterns and zones, so each mask is computed once."""

from collections.abc import Callable, Sequence
from datetime import time

import numpy as np
from django.db.models import F

from core.column_expressions import minute_of_day
from core.week_mask import Window, mask_to_words
from core.week_regimes import Regime
from matching.engine.problem import WORDS, Bits, Int

_MINUTES_PER_DAY = 24 * 60
_WINDOW_BITS = 24  # enough for 7 * 1440 * 1440 codes


WINDOW_CODE = (F("weekday") * _MINUTES_PER_DAY + minute_of_day("starts")) * _MINUTES_PER_DAY + minute_of_day("ends")
"""A window as one integer."""

MaskFunction = Callable[[Sequence[Window], str, Regime], int]


def build_weekly_masks(
    owner: Int, window: Int, zone: Int, zones: Sequence[str], regimes: Sequence[Regime], mask: MaskFunction
) -> Bits:
    """Return [rows, regimes, 6] the mask of every row in every regime, as words of 64 bits.

    `owner` gives the row of each `window`, a `WINDOW_CODE`; both ascend. `zone` is each row's position in `zones`.
    `mask` computes the mask of some windows in a zone and regime.
    """
    starts = np.searchsorted(owner, np.arange(len(zone) + 1))
    sample_rows, pattern = _find_patterns(zone, window, starts)
    words = []
    for row in sample_rows.tolist():
        windows = _decode_windows(window[starts[row] : starts[row + 1]])
        words.append([mask_to_words(mask(windows, zones[zone[row]], regime)) for regime in regimes])
    return np.array(words, np.uint64).reshape(len(sample_rows), len(regimes), WORDS)[pattern]


def _find_patterns(zone: Int, window: Int, starts: Int) -> tuple[Int, Int]:
    """Return one sample row for each pattern (a zone with a list of windows), and the pattern of every row."""
    count = np.diff(starts)
    base = int(count.max(initial=0)) + 1
    # Refine the classes of equal rows: by zone and number of windows first, then by each further window.
    pattern = np.unique(zone * base + count, return_inverse=True)[1]
    for nth in range(base - 1):
        longer = np.flatnonzero(count > nth)
        refined = (pattern[longer] << _WINDOW_BITS) | window[starts[longer] + nth]
        pattern[longer] = np.unique(refined, return_inverse=True)[1]
    # Each round numbers only the longer rows, so a number is unique only among rows of one length.
    _, sample_rows, pattern = np.unique(pattern * base + count, return_index=True, return_inverse=True)
    return sample_rows, pattern


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
