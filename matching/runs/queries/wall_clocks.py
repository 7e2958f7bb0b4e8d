"""Build an SQL table of weekly bitmaps: when a request's people work and meet, on each volunteer's clock."""

from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from typing import Any

from core.week_mask import FULL_WEEK, QUARTER_HOURS_PER_WEEK, Window, mask_to_local_quarters, round_outward
from core.week_regimes import Regime, split_into_regimes
from matching.rules.supply_estimate import SupplyQuestion


class WallClocks:
    """A table `clocks` for a statement: a row for each zone, and columns of bits in the layout of `FreeTime`.

    A pair counts the fewest half-hours of all regimes that the request's days touch. Regimes differ only by the offset
    between the two clocks, so each question needs as many columns as one clock has different masks at most.
    """

    def __init__(self, zones: Sequence[str]) -> None:
        self.zones = zones
        self._columns: list[list[str]] = []  # for each column, the bits of each zone
        self._names: dict[tuple[Any, ...], list[str]] = {}

    def work_columns(self, question: SupplyQuestion) -> list[str]:
        """Return the columns of the half-hours in which the work may be done: all, when the question names none."""
        if not question.work:
            return self._find_or_add_columns(question, (), lambda zone: self._distinct_masks(zone, question, FULL_WEEK))
        return self._find_or_add_columns(
            question, question.work, lambda zone: self._distinct_masks(zone, question, question.work)
        )

    def meeting_column(self, question: SupplyQuestion) -> str:
        """Return the column of the half-hours in which its people meet in any of the weeks."""

        def union_of_masks(zone: str) -> list[str]:
            masks = self._distinct_masks(zone, question, question.meetings)
            return [f"{reduce(or_, (int(mask, 2) for mask in masks)):0{QUARTER_HOURS_PER_WEEK}b}"]

        return self._find_or_add_columns(question, ("meetings", *question.meetings), union_of_masks)[0]

    @property
    def with_clause(self) -> tuple[str, list[Any]]:
        """Return the SQL of the tables `kinds` and `clocks` for a WITH clause, and its values.

        Zones with equal bits share a row of `kinds`.
        """
        rows = list(zip(*self._columns, strict=True))
        kinds = list(dict.fromkeys(rows))
        number = {kind: at for at, kind in enumerate(kinds)}
        names = [f"m{at}" for at in range(len(self._columns))]
        bits = ", ".join(f"{name}::bit({QUARTER_HOURS_PER_WEEK}) AS {name}" for name in names)
        sql = f"""
            kinds AS MATERIALIZED (
                SELECT kind, {bits}
                FROM unnest(%s::int[]{", %s::text[]" * len(names)}) AS each (kind, {", ".join(names)})
            ), clocks AS MATERIALIZED (
                SELECT * FROM unnest(%s::text[], %s::int[]) AS each (zone, kind) JOIN kinds USING (kind)
            )"""
        columns = [[kind[at] for kind in kinds] for at in range(len(names))]
        return sql, [[*range(len(kinds))], *columns, [*self.zones], [number[row] for row in rows]]

    def _find_or_add_columns(
        self, question: SupplyQuestion, key: tuple[Any, ...], build_masks: Callable[[str], list[str]]
    ) -> list[str]:
        key = (question.time_zone, question.first, question.last, *key)
        if key not in self._names:
            masks_by_zone = [build_masks(zone) for zone in self.zones]
            width = max(map(len, masks_by_zone))
            first = len(self._columns)
            # A zone with fewer masks repeats its last one, which cannot change the minimum over the columns.
            self._columns += [[masks[min(at, len(masks) - 1)] for masks in masks_by_zone] for at in range(width)]
            self._names[key] = [f"m{first + at}" for at in range(width)]
        return self._names[key]

    def _distinct_masks(self, zone: str, question: SupplyQuestion, windows: Sequence[Window] | int) -> list[str]:
        """Return the different masks on this clock over all regimes, each as a string of bits."""

        def mask(regime: Regime) -> int:
            return windows if isinstance(windows, int) else round_outward(windows, question.time_zone, regime)

        regimes = split_into_regimes({zone, question.time_zone}, question.first, question.last)
        return list(dict.fromkeys(mask_to_local_quarters(mask(regime), zone, regime) for regime in regimes))
