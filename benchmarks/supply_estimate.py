"""`bench supply-estimate`: who could help with a request, beside reading everybody and judging them as a run does."""

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
from campaigns.queries import draft_from_request
from core.accounts.authentication import AuthenticationContext
from core.models import User
from matching.engine.feasibility import Index, judge
from matching.lifecycle.queries.policies import get_active_policy
from matching.rules.supply_estimate import list_possible_changes
from matching.runs.actions.supply_estimate import build_questions
from matching.runs.queries.supply_estimate import count_fits, willing_volunteers
from matching.snapshot.assembly import take_role_snapshot
from matching.snapshot.volunteers import available_volunteers, time_zones_in_use

REQUEST_COUNT = 200  # requests that are asked about, each by the manager of its campaign
JUDGED_REQUEST_COUNT = 5  # of these the first ones, by the yardstick
BATCH_SIZE = 5_000
TIME_ZONES = [
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "UTC"),
    *("America/Anchorage", "Pacific/Honolulu", "Europe/London", "Europe/Berlin", "Asia/Kolkata", "Asia/Kathmandu"),
]


def measure_supply_estimate(size: ProblemSize) -> list[dict[str, object]]:
    """One row: milliseconds of a whole request through the API, and seconds of the yardstick for one of its roles."""
    at = timezone.now()
    store_problem(size, at=at)
    filled = _fill_free_time()
    requests = _choose_requests(REQUEST_COUNT + 3)
    client = APIClient()
    for request in requests[REQUEST_COUNT:]:  # whatever is read or planned once
        _time_request(client, request)
    waited, worked = zip(*(_time_request(client, request) for request in requests[:REQUEST_COUNT]), strict=True)
    theirs = [
        _count_by_judging(role, at) for request in requests[:JUDGED_REQUEST_COUNT] for role in request.roles.all()
    ]
    ours = [each for request in requests[:JUDGED_REQUEST_COUNT] for each in _count_by_estimate(request, at)]
    assert [count for count, _ in theirs] == [count for count, _ in ours], (theirs, ours)
    return [
        {
            "volunteers": size.volunteers,
            "requests": REQUEST_COUNT,
            "roles_a_request": round(
                Role.objects.filter(request__in=requests[:REQUEST_COUNT]).count() / REQUEST_COUNT, 2
            ),
            **_format_percentiles("", waited),
            **_format_percentiles("processor_", worked),
            "one_role_ms": round(1000 * statistics.median(seconds for _, seconds in ours)),
            "judged_one_role_ms": round(1000 * statistics.median(seconds for _, seconds in theirs)),
            "same_counts": len(ours),
            "filling_seconds": round(filled, 1),
        }
    ]


def _fill_free_time() -> float:
    """People on several clocks, and their free time, as the migration works it out; the seconds of the latter."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE volunteers_volunteer SET time_zone = (%s::text[])[1 + id %% %s]", [TIME_ZONES, len(TIME_ZONES)]
        )
        began = time.perf_counter()
        last: int | None = 0
        while last is not None:
            cursor.execute(
                """WITH step AS (SELECT id FROM volunteers_volunteer WHERE id > %s ORDER BY id LIMIT %s)
                SELECT max(id), volunteers_refresh_free_time(array_agg(id)) FROM step""",
                [last, BATCH_SIZE],
            )
            last = cursor.fetchone()[0]
        seconds = time.perf_counter() - began
        cursor.execute("VACUUM ANALYZE volunteers_volunteer, volunteers_freetime")
    return seconds


def _choose_requests(number: int) -> Sequence[Request]:
    """Requests that differ in everything, of as many campaigns."""
    found = (
        Request.objects.order_by("campaign", "pk").distinct("campaign").select_related("campaign__candidate__contest")
    )
    every = list(found.prefetch_related("roles__skill", "windows"))
    chosen = np.random.default_rng(1).permutation(len(every))[:number]
    assert len(chosen) == number, "Too few campaigns: give more --roles."
    return [every[one] for one in chosen.tolist()]


def _time_request(client: APIClient, request: Request) -> tuple[float, float]:
    """Seconds that it took, and of these seconds of a processor's, here and in the database: less where others work."""
    manager = User.objects.get(memberships__campaign=request.campaign)
    client.force_authenticate(manager, token=AuthenticationContext(has_mfa=True))  # type: ignore[arg-type]
    began, worked = time.perf_counter(), _processor_seconds()
    answer = client.post(f"/api/v1/requests/{request.public_id}/supply-estimate")
    spent = time.perf_counter() - began, _processor_seconds() - worked
    assert answer.status_code == 200, answer.content
    return spent


def _processor_seconds() -> float:
    """Seconds for which this process and its one connection have had a processor; of the latter on Linux alone."""
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    database = int(backend.read_text().split()[0]) / 1e9 if backend.exists() else 0.0
    return time.process_time() + database


def _format_percentiles(of: str, seconds: Sequence[float]) -> dict[str, object]:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    told = {"p50": statistics.median(seconds), "p95": p95, "longest": max(seconds)}
    return {f"{of}{name}_ms": round(1000 * each) for name, each in told.items()}


def _count_by_judging(role: Role, at: datetime) -> tuple[int, float]:
    policy = get_active_policy()
    people = available_volunteers().filter(
        availability_confirmed_at__gt=at - timedelta(days=policy.availability_valid_days)
    )
    began = time.perf_counter()
    problem = take_role_snapshot(Seat.objects.filter(role=role)[0], people, policy=policy, at=at).problem
    fits = int((~judge(Index(problem), 0).fails.any(axis=0)).sum())
    return fits, time.perf_counter() - began


def _count_by_estimate(request: Request, at: datetime) -> list[tuple[int, float]]:
    people, zones, found = (
        willing_volunteers(request.campaign, policy=get_active_policy(), at=at),
        time_zones_in_use(),
        [],
    )
    for _, question in build_questions(draft_from_request(request), today=at.date()):
        began = time.perf_counter()
        instead = [one.question for one in list_possible_changes(question)]
        fits = count_fits(question, instead, people=people, zones=zones).fitting
        found.append((fits, time.perf_counter() - began))
    return found
