"""`bench snapshot`: PostgreSQL to arrays, beside the same rows read by psycopg as Python objects."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import psycopg
from django.db import connection
from django.utils import timezone

from core.week_mask import split_into_regimes
from matching.lifecycle.queries.policies import get_active_policy
from matching.snapshot.volunteers import (
    CLAIM_CODE,
    build_volunteer_arrays,
    proposable_volunteers,
    read_volunteer_columns,
)
from matching.snapshot.weekly_masks import WINDOW_CODE
from volunteers.models import AvailabilityWindow, SkillClaim

ROW_QUERIES = (
    """SELECT id, max_hours_per_week, max_projects, time_zone, languages, wants_to_lead, may_make_decisions, waiting_since, levels, restrict_to_levels,
        restrict_to_parties, restrict_to_jurisdictions FROM volunteers_volunteer ORDER BY id""",
    """SELECT volunteer_id, weekday, starts, ends FROM volunteers_availabilitywindow
        ORDER BY volunteer_id, weekday, starts""",
    "SELECT volunteer_id, skill_id, level, wanted FROM volunteers_skillclaim",
)
"""The bulk of what the supply side of a snapshot reads."""


def measure_snapshot() -> list[dict[str, object]]:
    """One row: seconds and rows a second of both, and their ratio.

    Ours ends with the engine's arrays; how long it is until the columns are there is told as well.
    """
    at = timezone.now()
    first = _read_arrays(at)  # whatever is read or compiled once
    arrays, ours = _time_call(lambda: _read_arrays(at))
    _, columns = _time_call(lambda: _read_columns(at))
    read, theirs = _time_call(_read_objects)
    again, ours_again = _time_call(lambda: _read_arrays(at))
    assert len(first["volunteer_id"]) == len(again["volunteer_id"])
    best = min(ours, ours_again)
    return [
        {
            "volunteers": len(arrays["volunteer_id"]),
            "rows": read,
            "seconds": round(best, 2),
            "psycopg_seconds": round(theirs, 2),
            "rows_a_second": round(read / best),
            "psycopg_rows_a_second": round(read / theirs),
            "ratio": round(theirs / best, 2),
            "columns_seconds": round(columns, 2),
            "columns_ratio": round(theirs / columns, 2),
            "memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
    ]


def _read_arrays(at: datetime) -> dict[str, Any]:
    supply = read_volunteer_columns(proposable_volunteers(policy=get_active_policy(), at=at), languages=["en", "es"])
    return build_volunteer_arrays(
        supply, on=at.date(), regimes=split_into_regimes(supply.time_zones, at.date(), at.date())
    )


def _read_columns(at: datetime) -> None:
    """The rows that are compared as columns, as a snapshot reads them, before it makes the engine's arrays of them."""
    supply = read_volunteer_columns(proposable_volunteers(policy=get_active_policy(), at=at), languages=["en", "es"])
    supply.read_packed_column(AvailabilityWindow.objects.all(), WINDOW_CODE)
    supply.read_packed_column(SkillClaim.objects.all(), CLAIM_CODE)


def _read_objects() -> int:
    raw = connection.connection
    assert isinstance(raw, psycopg.Connection)
    with psycopg.Cursor(raw) as cursor:
        return sum(len(cursor.execute(statement).fetchall()) for statement in ROW_QUERIES)


def _time_call(act: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    found = act()
    return found, time.perf_counter() - began
