"""Build the `Problem`'s arrays about jurisdictions, requests and roles."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db.models import F, Q, QuerySet

from campaigns.models import RequestWindow, Role
from core.column_expressions import as_integer, index_in_list
from core.models import Jurisdiction
from core.numpy_columns import PackedInt, fetch_columns, find_positions
from core.week_mask import FULL_WEEK, Window, round_outward
from core.week_regimes import Regime
from matching.engine.problem import Bits, Int
from matching.rules.score_parts import Scope
from matching.snapshot.requests import RequestColumns
from matching.snapshot.score_numbers import stack_part_numbers
from matching.snapshot.weekly_masks import WINDOW_CODE, build_weekly_masks

_MAX_NAMED_ROWS = 2_000  # up to so many ids a query lists them; above, reading the whole table is faster
_WINDOW_KINDS = [kind.value for kind in RequestWindow.Kind]


def build_request_side_arrays(demand: RequestColumns, *, on: date, regimes: Sequence[Regime]) -> dict[str, Any]:
    """Return the `Problem`'s arrays about jurisdictions, requests and roles."""
    tree = fetch_columns(Jurisdiction.objects.order_by("pk"), id=F("pk"), parent=as_integer("parent_id", null=-1))
    return {
        "place_parent": find_positions(tree["id"], tree["parent"]),
        **_build_request_arrays(demand, on.toordinal(), regimes, tree["id"]),
        **_build_role_arrays(demand),
    }


def _build_request_arrays(
    demand: RequestColumns, on: int, regimes: Sequence[Regime], jurisdictions: Int
) -> dict[str, Any]:
    columns = demand.requests
    first, last = np.maximum(columns["first"], on), np.maximum(columns["last"], on)
    return {
        "request_id": columns["id"],
        "request_campaign": columns["campaign"],
        "request_contest": columns["contest"],
        "request_party": columns["party"],
        "request_level": columns["level"],
        "request_place": find_positions(jurisdictions, columns["jurisdiction"]),
        "request_first": first,
        "request_last": last,
        "regime_first": np.searchsorted([regime.last.toordinal() for regime in regimes], first),
        "regime_last": np.searchsorted([regime.first.toordinal() for regime in regimes], last, "right") - 1,
        "request_numbers": stack_part_numbers(
            Scope.REQUEST,
            len(columns["id"]),
            {
                "priority": columns["priority"],
                "election": np.maximum(0, columns["election"] - on) // 7,
                "waiting": np.maximum(0, on - columns["published"]) // 7,
            },
        ),
        "request_whole": columns["whole"] == 0,
        **_build_window_masks(demand, regimes),
    }


def _build_window_masks(demand: RequestColumns, regimes: Sequence[Regime]) -> dict[str, Bits]:
    """Return the weekly masks of work (all week for a request without work windows) and of meetings."""
    ids = demand.requests["id"]
    owner, kind = PackedInt(F("request_id"), 38), PackedInt(index_in_list("kind", _WINDOW_KINDS), 1)
    usable = RequestWindow.objects.filter(~Q(starts=F("ends")), weekday__range=(0, 6))
    rows = filter_by_owner(usable, "request", ids)
    columns = fetch_columns(rows, ordered=True, owner=owner, window=PackedInt(WINDOW_CODE, 24), kind=kind)
    columns["owner"] = find_positions(ids, columns["owner"])
    columns = {name: column[columns["owner"] >= 0] for name, column in columns.items()}

    def build_masks_of_kind(kind: str, default: int) -> Bits:
        def compute_mask(windows: Sequence[Window], zone: str, regime: Regime) -> int:
            return round_outward(windows, zone, regime) if windows else default

        of_kind = columns["kind"] == _WINDOW_KINDS.index(kind)
        owner, window = columns["owner"][of_kind], columns["window"][of_kind]
        return build_weekly_masks(owner, window, demand.requests["zone"], demand.time_zones, regimes, compute_mask)

    return {"work": build_masks_of_kind("work", FULL_WEEK), "meetings": build_masks_of_kind("meeting", 0)}


def filter_by_owner(rows: "QuerySet[Any]", owner: str, ids: Int) -> "QuerySet[Any]":
    """Limit rows to those of these owners while the ids are few; of many owners return all rows unfiltered."""
    return rows.filter(**{f"{owner}__in": ids.tolist()}) if len(ids) < _MAX_NAMED_ROWS else rows


def _build_role_arrays(demand: RequestColumns) -> dict[str, Any]:
    columns = demand.roles
    rows = filter_by_owner(Role.nice_to_have_skills.through.objects.all(), "role", columns["id"])
    nice = fetch_columns(rows, ordered=True, role=PackedInt(F("role_id"), 39), skill=PackedInt(F("skill_id"), 24))
    nice["row"] = find_positions(columns["id"], nice["role"])
    nice = {name: column[nice["row"] >= 0] for name, column in nice.items()}
    return {
        "role_id": columns["id"],
        "role_request": find_positions(demand.requests["id"], columns["request"]),
        "role_skill": columns["skill"],
        "role_level": columns["level"],
        "role_hours": columns["hours"],
        "role_seats": np.array([len(seats) for seats in demand.seat_ids], np.int64),
        "role_languages": columns["languages"].view(np.uint64),
        "role_leads": columns["leads"] > 0,
        "role_decides": columns["decides"] > 0,
        "role_vetting": columns["vetting"],
        "nice_role": nice["row"],
        "nice_skill": nice["skill"],
    }
