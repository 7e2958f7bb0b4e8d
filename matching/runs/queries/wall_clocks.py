"""When a request's people work and meet, as bits on every clock on which people live."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from core.week_mask import (
    FULL_WEEK,
    QUARTER_HOURS_PER_WEEK,
    Regime,
    Window,
    mask_to_local_quarters,
    round_outward,
    split_into_regimes,
)
from matching.rules.supply_estimate import SupplyQuestion


class WallClocks:
    """A table `clocks` for a statement: a row for each of some zones, and columns of bits as `FreeTime` has them.

    A pair takes the fewest half-hours of the regimes that the request's days touch. What differs between them is only
    how far the two clocks are apart, so there are as many columns as one clock has different masks at most.
    """

    def __init__(self, zones: Sequence[str]) -> None:
        self.zones = zones
        self._columns: list[list[str]] = []  # of each the bits by zone
        self._names: dict[tuple[Any, ...], list[str]] = {}

    def work_columns(self, asked: SupplyQuestion) -> list[str]:
        """The columns of the half-hours in which the work may be done: at any time where nothing is said."""
        if not asked.work:
            return self._find_or_add_columns(asked, (), lambda zone: self._distinct_masks(zone, asked, FULL_WEEK))
        return self._find_or_add_columns(asked, asked.work, lambda zone: self._distinct_masks(zone, asked, asked.work))

    def meeting_column(self, asked: SupplyQuestion) -> str:
        """The column of the half-hours in which its people meet in any of these weeks."""

        def every(zone: str) -> list[str]:
            masks = self._distinct_masks(zone, asked, asked.meetings)
            return [f"{reduce(or_, (int(mask, 2) for mask in masks)):0{QUARTER_HOURS_PER_WEEK}b}"]

        return self._find_or_add_columns(asked, ("meetings", *asked.meetings), every)[0]

    @property
    def with_clause(self) -> tuple[str, list[Any]]:
        """Two parts of a WITH, the second being `clocks`, and their values. Zones with the same bits share them."""
        rows = list(zip(*self._columns, strict=True))
        kinds = list(dict.fromkeys(rows))
        number = {kind: at for at, kind in enumerate(kinds)}
        names = [f"m{at}" for at in range(len(self._columns))]
        bits = ", ".join(f"{name}::bit({QUARTER_HOURS_PER_WEEK}) AS {name}" for name in names)
        spelled = f"""
            kinds AS MATERIALIZED (
                SELECT kind, {bits}
                FROM unnest(%s::int[]{", %s::text[]" * len(names)}) AS each (kind, {", ".join(names)})
            ), clocks AS MATERIALIZED (
                SELECT * FROM unnest(%s::text[], %s::int[]) AS each (zone, kind) JOIN kinds USING (kind)
            )"""
        columns = [[kind[at] for kind in kinds] for at in range(len(names))]
        return spelled, [[*range(len(kinds))], *columns, [*self.zones], [number[row] for row in rows]]

    def _find_or_add_columns(
        self, asked: SupplyQuestion, key: tuple[Any, ...], masks: Callable[[str], list[str]]
    ) -> list[str]:
        key = (asked.time_zone, asked.first, asked.last, *key)
        if key not in self._names:
            found = [masks(zone) for zone in self.zones]
            most = max(map(len, found))
            first = len(self._columns)
            self._columns += [[each[min(at, len(each) - 1)] for each in found] for at in range(most)]
            self._names[key] = [f"m{first + at}" for at in range(most)]
        return self._names[key]

    def _distinct_masks(self, zone: str, asked: SupplyQuestion, windows: Sequence[Window] | int) -> list[str]:
        """The different masks that there are on this clock, in whichever regime."""

        def mask(regime: Regime) -> int:
            return windows if isinstance(windows, int) else round_outward(windows, asked.time_zone, regime)

        spells = split_into_regimes({zone, asked.time_zone}, asked.first, asked.last)
        return list(dict.fromkeys(mask_to_local_quarters(mask(spell), zone, spell) for spell in spells))
