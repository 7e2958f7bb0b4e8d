"""`bench supply-estimate`: how many volunteers fit a request, beside judging all of them as a run does."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from benchmarks.database_rows import store_problem
from benchmarks.instances import ProblemSize
from campaigns.models import Request, Role, Seat
from campaigns.request_queries import draft_from_request
from core.accounts.authentication import AuthenticationContext
from core.models import User
from matching.engine.feasibility import Index, judge
from matching.lifecycle.queries.policies import get_active_policy
from matching.rules.supply_estimate import list_possible_changes
from matching.runs.actions.supply_questions import build_questions
from matching.runs.queries.supply_estimate import count_fits
from matching.runs.queries.willing_volunteers import willing_volunteers
from matching.snapshot.assembly import take_role_snapshot
from matching.snapshot.available_volunteers import available_volunteers, time_zones_in_use

REQUEST_COUNT = 200  # requests estimated through the API, each by the manager of its campaign
JUDGED_REQUEST_COUNT = 5  # the first of these, which are also judged as in a run
BATCH_SIZE = 5_000
TIME_ZONES = [
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "UTC"),
    *("America/Anchorage", "Pacific/Honolulu", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu"),
]


def measure_supply_estimate(size: ProblemSize) -> list[dict[str, object]]:
    """Return one row: milliseconds of an estimate through the API, and of judging one of its roles."""
    at = timezone.now()
    store_problem(size, at=at)
    fill_seconds = _fill_free_time()
    requests = _choose_requests(REQUEST_COUNT + 3)
    client = APIClient()
    for request in requests[REQUEST_COUNT:]:  # warm-up: plans and caches are built once
        _time_request(client, request)
    wall_seconds, cpu_seconds = zip(
        *(_time_request(client, request) for request in requests[:REQUEST_COUNT]), strict=True
    )
    judged = [
        _count_by_judging(role, at) for request in requests[:JUDGED_REQUEST_COUNT] for role in request.roles.all()
    ]
    estimated = [result for request in requests[:JUDGED_REQUEST_COUNT] for result in _count_by_estimate(request, at)]
    assert [count for count, _ in judged] == [count for count, _ in estimated], (judged, estimated)
    return [
        {
            "volunteers": size.volunteers,
            "requests": REQUEST_COUNT,
            "roles_a_request": round(
                Role.objects.filter(request__in=requests[:REQUEST_COUNT]).count() / REQUEST_COUNT, 2
            ),
            **_format_percentiles("", wall_seconds),
            **_format_percentiles("processor_", cpu_seconds),
            "one_role_ms": round(1000 * statistics.median(seconds for _, seconds in estimated)),
            "judged_one_role_ms": round(1000 * statistics.median(seconds for _, seconds in judged)),
            "same_counts": len(estimated),
            "filling_seconds": round(fill_seconds, 1),
        }
    ]


def _fill_free_time() -> float:
    """Spread volunteers over time zones and compute their free time; return the seconds of the latter."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE volunteers_volunteer SET time_zone = (%s::text[])[1 + id %% %s]", [TIME_ZONES, len(TIME_ZONES)]
        )
        started_at = time.perf_counter()
        last_id: int | None = 0
        while last_id is not None:
            cursor.execute(
                """WITH step AS (SELECT id FROM volunteers_volunteer WHERE id > %s ORDER BY id LIMIT %s)
                SELECT max(id), volunteers_refresh_free_time(array_agg(id)) FROM step""",
                [last_id, BATCH_SIZE],
            )
            last_id = cursor.fetchone()[0]
        seconds = time.perf_counter() - started_at
        cursor.execute("VACUUM ANALYZE volunteers_volunteer, volunteers_freetime")
    return seconds


def _choose_requests(number: int) -> Sequence[Request]:
    """Return requests that differ in all fields, each of another campaign."""
    candidates = (
        Request.objects.order_by("campaign", "pk").distinct("campaign").select_related("campaign__candidate__contest")
    )
    requests = list(candidates.prefetch_related("roles__skill", "windows"))
    indexes = np.random.default_rng(1).permutation(len(requests))[:number]
    assert len(indexes) == number, "Too few campaigns: give more --roles."
    return [requests[index] for index in indexes.tolist()]


def _time_request(client: APIClient, request: Request) -> tuple[float, float]:
    """Return the seconds of one estimate, and the processor seconds here and in the database.

    The latter are more stable on a machine with other load.
    """
    manager = User.objects.get(memberships__campaign=request.campaign)
    client.force_authenticate(manager, token=AuthenticationContext(has_mfa=True))  # type: ignore[arg-type]
    started_at, cpu_started = time.perf_counter(), processor_seconds()
    response = client.post(f"/api/v1/requests/{request.public_id}/supply-estimate")
    durations = time.perf_counter() - started_at, processor_seconds() - cpu_started
    assert response.status_code == 200, response.content
    return durations


def processor_seconds() -> float:
    """Return the processor seconds of this process and of its database backend; the latter on Linux only."""
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    database = int(backend.read_text().split()[0]) / 1e9 if backend.exists() else 0.0
    return time.process_time() + database


def _format_percentiles(prefix: str, seconds: Sequence[float]) -> dict[str, object]:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    percentiles = {"p50": statistics.median(seconds), "p95": p95, "longest": max(seconds)}
    return {f"{prefix}{name}_ms": round(1000 * value) for name, value in percentiles.items()}


def _count_by_judging(role: Role, at: datetime) -> tuple[int, float]:
    policy = get_active_policy()
    volunteers = available_volunteers().filter(
        availability_confirmed_at__gt=at - timedelta(days=policy.availability_valid_days)
    )
    started_at = time.perf_counter()
    problem = take_role_snapshot(Seat.objects.filter(role=role)[0], volunteers, policy=policy, at=at).problem
    fits = int((~judge(Index(problem), 0).fails.any(axis=0)).sum())
    return fits, time.perf_counter() - started_at


def _count_by_estimate(request: Request, at: datetime) -> list[tuple[int, float]]:
    volunteers, zones, results = (
        willing_volunteers(request.campaign, policy=get_active_policy(), at=at),
        time_zones_in_use(),
        [],
    )
    draft, election_on = draft_from_request(request), request.campaign.candidate.contest.election_on
    for _, question in build_questions(draft, election_on=election_on, today=at.date()):
        started_at = time.perf_counter()
        alternatives = [change.question for change in list_possible_changes(question)]
        fits = count_fits(question, alternatives, volunteers=volunteers, zones=zones).fitting
        results.append((fits, time.perf_counter() - started_at))
    return results
