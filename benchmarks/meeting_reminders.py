"""`bench meeting-reminders`: a round of the sweep that reminds people of meetings, at a busy moment of the week."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.database_rows import store_problem
from benchmarks.instances import ProblemSize
from benchmarks.supply_estimate import TIME_ZONES
from core.models import Notice, User
from matching.lifecycle.actions.meeting_reminders import remind_of_meetings
from matching.models import Match

MEETING_WEEKDAY = 3  # all requests meet on Thursdays, so that most reminders are due at once


def measure_sweep(size: ProblemSize) -> list[dict[str, object]]:
    """Return a row for the round with all reminders and one for the next, with milliseconds and statements."""
    at = timezone.now().replace(minute=0, second=0, microsecond=0)
    store_problem(size, at=at - timedelta(days=7))
    _store_meetings(at)
    User.objects.update(is_reminded_a_day_before=True, is_reminded_an_hour_before=True)
    thursday = at + timedelta(days=(MEETING_WEEKDAY - at.weekday()) % 7)
    noon = thursday.replace(hour=12)
    rounds = {"a day before": noon - timedelta(hours=14), "the next": noon - timedelta(hours=14) + timedelta(minutes=1)}
    rounds |= {"nothing due": noon - timedelta(days=3)}
    counts: dict[str, object] = {"volunteers": size.volunteers, "matches": Match.objects.count()}
    return [counts | _measure_round(name, moment) for name, moment in rounds.items()]


def _store_meetings(at: datetime) -> None:
    """Let each request meet weekly, and fill a seat of each role with one volunteer."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "UPDATE volunteers_volunteer SET time_zone = (%s::text[])[1 + id %% %s]", [TIME_ZONES, len(TIME_ZONES)]
        )
        cursor.execute("UPDATE campaigns_request SET time_zone = (%s::text[])[1 + id %% 6]", [TIME_ZONES])
        cursor.execute(
            """INSERT INTO campaigns_requestwindow (request_id, kind, weekday, starts, ends)
            SELECT id, 'meeting', %s, time '14:00' + (id %% 7) * interval '1 hour',
                time '15:00' + (id %% 7) * interval '1 hour'
            FROM campaigns_request""",
            [MEETING_WEEKDAY],
        )
        cursor.execute(
            """INSERT INTO matching_match (public_id, version, volunteer_id, seat_id, request_id, state, score,
                score_parts, reason, note, proposed_at, state_changed_at, is_broadcast)
            SELECT gen_random_uuid(), 1, person.id, seat.id, seat.request_id,
                CASE seat.number % 2 WHEN 0 THEN 'accepted' ELSE 'active' END, 0, '{}', '', '', now(), now(), false
            FROM (
                SELECT seat.id, role.request_id, row_number() OVER (ORDER BY seat.id) AS number
                FROM campaigns_seat AS seat JOIN campaigns_role AS role ON role.id = seat.role_id
            ) AS seat
            JOIN (
                SELECT id, row_number() OVER (ORDER BY id) AS number FROM volunteers_volunteer
            ) AS person ON person.number = seat.number"""
        )
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _measure_round(name: str, at: datetime) -> dict[str, object]:
    before = Notice.objects.count()
    with CaptureQueriesContext(connection) as statements:
        began, used = time.perf_counter(), time.process_time()
        remind_of_meetings(at=at)
        seconds, own = time.perf_counter() - began, time.process_time() - used
    in_database = sum(float(statement["time"]) for statement in statements.captured_queries)
    reminders = Notice.objects.count() - before
    return {"round": name, "reminders": reminders, "seconds": round(seconds, 3)} | {
        "python": round(own, 3),
        "database": round(in_database, 3),
        "statements": len(statements),
    }
