"""Weekly windows of many as masks: a few patterns on a few clocks, each worked out once."""

from collections.abc import Callable, Sequence
from datetime import time

import numpy as np
from django.db.models import F

from core.columns import minute
from core.weekly import Regime, Window, to_words
from matching.engine.problem import WORDS, Bits, Int

_DAY = 24 * 60


WINDOW = (F("weekday") * _DAY + minute("starts")) * _DAY + minute("ends")
"""A window as one number."""


def grid(
    owner: Int,
    window: Int,
    zone: Int,
    zones: Sequence[str],
    regimes: Sequence[Regime],
    mask: Callable[[Sequence[Window], str, Regime], int],
) -> Bits:
    """[rows, regimes, 6] the mask of every row in every regime.

    `owner` ascends and gives the row of each `window`, a number as `WINDOW` makes it; `zone` gives the number, among
    `zones`, of the clock on which each row's windows are read.
    """
    codes = window[np.lexsort((window, owner))]
    bounds = np.searchsorted(owner, np.arange(len(zone) + 1)).tolist()
    patterns: dict[tuple[int, bytes], int] = {}
    which = np.fromiter(
        (
            patterns.setdefault((clock, codes[first:past].tobytes()), len(patterns))
            for clock, first, past in zip(zone.tolist(), bounds, bounds[1:], strict=True)
        ),
        np.int64,
        len(zone),
    )
    words = [
        [to_words(mask(each, zones[clock], regime)) for regime in regimes]
        for clock, each in ((clock, _windows(np.frombuffer(code, np.int64))) for clock, code in patterns)
    ]
    return np.array(words, np.uint64).reshape(len(patterns), len(regimes), WORDS)[which]


def _windows(codes: Int) -> list[Window]:
    def clock(minutes: int) -> time:
        return time(minutes // 60, minutes % 60)

    split = ((code // _DAY // _DAY, code // _DAY % _DAY, code % _DAY) for code in codes.tolist())
    return [Window(weekday, clock(starts), clock(ends)) for weekday, starts, ends in split]
