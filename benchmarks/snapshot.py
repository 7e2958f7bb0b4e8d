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

from core.week_regimes import split_into_regimes
from matching.lifecycle.queries.policies import get_active_policy
from matching.snapshot.available_volunteers import proposable_volunteers
from matching.snapshot.volunteer_arrays import CLAIM_CODE, build_volunteer_arrays
from matching.snapshot.volunteers import read_volunteer_columns
from matching.snapshot.weekly_masks import WINDOW_CODE
from volunteers.models import AvailabilityWindow, SkillClaim

ROW_QUERIES = (
    """SELECT id, max_hours_per_week, max_projects, time_zone, languages, wants_to_lead, may_make_decisions,
        waiting_since, levels, restrict_to_levels, restrict_to_parties, restrict_to_jurisdictions
        FROM volunteers_volunteer ORDER BY id""",
    """SELECT volunteer_id, weekday, starts, ends FROM volunteers_availabilitywindow
        ORDER BY volunteer_id, weekday, starts""",
    "SELECT volunteer_id, skill_id, level, wants_to_use FROM volunteers_skillclaim",
)
"""The bulk of the volunteers' rows that a snapshot reads."""


def measure_snapshot() -> list[dict[str, object]]:
    """Return one row: seconds and rows a second of both, and their ratio.

    Ours ends with the engine's arrays; `columns_seconds` ends with the columns, as a fairer comparison.
    """
    at = timezone.now()
    warm_up_arrays = _read_arrays(at)  # warm-up: catalogues and kernels are loaded once
    arrays, our_seconds = _time_call(lambda: _read_arrays(at))
    _, columns_seconds = _time_call(lambda: _read_columns(at))
    row_count, psycopg_seconds = _time_call(_read_objects)
    # Ours is timed before and after the other, so that a warmer cache favours neither.
    second_arrays, our_seconds_again = _time_call(lambda: _read_arrays(at))
    assert len(warm_up_arrays["volunteer_id"]) == len(second_arrays["volunteer_id"])
    best_seconds = min(our_seconds, our_seconds_again)
    return [
        {
            "volunteers": len(arrays["volunteer_id"]),
            "rows": row_count,
            "seconds": round(best_seconds, 2),
            "psycopg_seconds": round(psycopg_seconds, 2),
            "rows_a_second": round(row_count / best_seconds),
            "psycopg_rows_a_second": round(row_count / psycopg_seconds),
            "ratio": round(psycopg_seconds / best_seconds, 2),
            "columns_seconds": round(columns_seconds, 2),
            "columns_ratio": round(psycopg_seconds / columns_seconds, 2),
            "memory_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
    ]


def _read_arrays(at: datetime) -> dict[str, Any]:
    supply = read_volunteer_columns(proposable_volunteers(policy=get_active_policy(), at=at), languages=["en", "es"])
    return build_volunteer_arrays(
        supply, on=at.date(), regimes=split_into_regimes(supply.time_zones, at.date(), at.date())
    )


def _read_columns(at: datetime) -> None:
    """Read the compared rows as columns, before a snapshot builds the engine's arrays from them."""
    supply = read_volunteer_columns(proposable_volunteers(policy=get_active_policy(), at=at), languages=["en", "es"])
    supply.read_packed_column(AvailabilityWindow.objects.all(), WINDOW_CODE)
    supply.read_packed_column(SkillClaim.objects.all(), CLAIM_CODE)


def _read_objects() -> int:
    raw = connection.connection
    assert isinstance(raw, psycopg.Connection)
    with psycopg.Cursor(raw) as cursor:
        return sum(len(cursor.execute(statement).fetchall()) for statement in ROW_QUERIES)


def _time_call(call: Callable[[], Any]) -> tuple[Any, float]:
    started_at = time.perf_counter()
    result = call()
    return result, time.perf_counter() - started_at
