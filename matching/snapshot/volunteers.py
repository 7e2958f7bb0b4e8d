"""Read the supply side of a snapshot as columns: volunteers and what they say of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Expression, F, QuerySet, Value

from core.column_expressions import as_bit_set, as_integer, index_in_list, utc_date_ordinal
from core.numpy_columns import PackedInt, fetch_columns, find_positions
from matching.engine.problem import Int
from matching.snapshot.available_volunteers import time_zones_in_use
from matching.snapshot.request_arrays import filter_by_owner
from matching.snapshot.requests import OFFICE_LEVEL_BITS
from volunteers.models import Volunteer

ID_COLUMN_BITS, VALUE_COLUMN_BITS = 39, 24  # of an id, and of the value packed with it: 63 bits in one integer
MAX_PACKED_LANGUAGES = 60  # more languages need a column of their own


@dataclass(frozen=True, slots=True)
class VolunteerColumns:
    """Volunteers as columns, in the order of their ids.

    `own_columns` are those of the volunteers' own table; `time_zones` are those in which they live, by number.
    """

    own_columns: dict[str, Int]
    time_zones: list[str]

    @property
    def ids(self) -> Int:
        """The id of each row."""
        return self.own_columns["id"]

    def row_numbers(self, ids: Int) -> Int:
        """Return the row numbers of these ids; -1 for a volunteer outside the snapshot."""
        return find_positions(self.ids, ids)

    def read_owned_columns(
        self, rows: "QuerySet[Any]", owner: str = "volunteer_id", **expressions: Any
    ) -> dict[str, Int]:
        """Read columns of rows that belong to these volunteers, sorted by `owner`, the volunteer's row number.

        Rows of volunteers outside the snapshot are left out.
        """
        columns = fetch_columns(filter_by_owner(rows, owner, self.ids), owner=F(owner), **expressions)
        columns["owner"] = self.row_numbers(columns["owner"])
        order = np.argsort(columns["owner"], kind="stable")
        # Unknown owners have -1, so they are in front.
        order = order[np.searchsorted(columns["owner"][order], 0) :]
        return {name: column[order] for name, column in columns.items()}

    def read_packed_column(self, rows: "QuerySet[Any]", value: Expression | F) -> tuple[Int, Int]:
        """Read the owners and one small value of very many rows, sorted by both.

        The two travel as one integer. Rows of volunteers outside the snapshot are left out.
        """
        rows = filter_by_owner(rows, "volunteer_id", self.ids)
        columns = fetch_columns(
            rows,
            ordered=True,
            owner=PackedInt(F("volunteer_id"), ID_COLUMN_BITS),
            value=PackedInt(value, VALUE_COLUMN_BITS),
        )
        # The rows of one owner are neighbours, so look up each owner once, not once a row.
        starts = np.flatnonzero(np.diff(columns["owner"], prepend=-1))
        owner = np.repeat(self.row_numbers(columns["owner"][starts]), np.diff(starts, append=len(columns["owner"])))
        is_known = owner >= 0
        return (owner, columns["value"]) if is_known.all() else (owner[is_known], columns["value"][is_known])


def read_volunteer_columns(people: "QuerySet[Volunteer]", *, languages: Sequence[str] = ()) -> VolunteerColumns:
    """Read these volunteers, in the order of their ids. `languages` are those that count, at most 64."""
    zones, language_bits = time_zones_in_use(), as_bit_set("languages", languages)
    fits_packing = 0 < len(languages) <= MAX_PACKED_LANGUAGES
    columns = fetch_columns(
        people.order_by(),
        id=PackedInt(F("pk"), ID_COLUMN_BITS),
        raised=PackedInt(utc_date_ordinal("waiting_since"), 22),
        languages=PackedInt(language_bits, len(languages)) if fits_packing else language_bits,
        hours=PackedInt(F("max_hours_per_week"), 15),
        projects=PackedInt(F("max_projects"), 15),
        zone=PackedInt(index_in_list("time_zone", zones) + Value(1), 11),
        levels=PackedInt(as_bit_set("levels", list(OFFICE_LEVEL_BITS)), len(OFFICE_LEVEL_BITS)),
        decides=PackedInt(index_in_list("may_make_decisions", ["yes"]) + Value(1), 1),
        leads=PackedInt(as_integer("wants_to_lead"), 1),
        level_only=PackedInt(as_integer("restrict_to_levels"), 1),
        party_only=PackedInt(as_integer("restrict_to_parties"), 1),
        place_only=PackedInt(as_integer("restrict_to_jurisdictions"), 1),
    )
    columns["zone"] -= 1
    # Sorting here takes a fraction of the time that it takes the database.
    order = np.argsort(columns["id"])
    # A volunteer whose zone is not among these has just come, and the next run reads them, or it is unknown.
    with_zone = order[columns["zone"][order] >= 0]
    columns = {name: column[with_zone] for name, column in columns.items()}
    # Keep only the zones of these volunteers: every zone costs regimes, and so masks.
    zones_here, columns["zone"] = np.unique(columns["zone"], return_inverse=True)
    return VolunteerColumns(columns, [zones[zone] for zone in zones_here.tolist()])
