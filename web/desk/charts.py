"""Charts of the review desk: bars that the server draws, with the table of the same numbers behind them."""

from collections.abc import Sequence
from dataclasses import dataclass

BAR_LENGTH = 1_000
"""The length of the longest bar, in units of its picture. The page stretches it to the width that there is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart. `cells` are the columns of its table after the label; the first is written at the bar.

    `length` and `full_length` are in units of the picture: the darker part and the whole.
    """

    label: str
    cells: Sequence[str | int]
    length: int
    full_length: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars below each other. `headers` are those of the table; `sentence` says the chart to those who hear the page."""

    title: str
    sentence: str
    headers: Sequence[str]
    bars: Sequence[Bar]


def draw_bars(rows: Sequence[tuple[str, Sequence[str | int], float, float]]) -> list[Bar]:
    """Return a bar for each label with its cells, its value and its whole; the largest whole is the longest."""
    largest = max((whole for _label, _cells, _value, whole in rows), default=0) or 1
    return [
        Bar(label, cells, round(BAR_LENGTH * value / largest), round(BAR_LENGTH * whole / largest))
        for label, cells, value, whole in rows
    ]
