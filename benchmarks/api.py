"""`bench api`: pages of the match list a second, beside the plainest view set with the same rows and columns."""

from __future__ import annotations

import statistics
import time
from datetime import datetime
from itertools import islice

from django.core.cache import caches
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from benchmarks.database_rows import store_problem
from benchmarks.instances import ProblemSize
from campaigns.models import Seat
from core.accounts.authentication import AuthenticationContext
from core.models import User
from matching.engine.score import PARTS
from matching.models import Match, Policy, Run
from volunteers.models import Volunteer

MATCH_COUNT = 2_000
ROUND_COUNT = 40
PAGES_PER_ROUND = 5  # in each round, of one and then of the other
OUR_PATH, PLAIN_PATH = "/api/v1/matches", "/api/v1/plain-matches"


def measure_api(size: ProblemSize) -> list[dict[str, object]]:
    """Return one row: pages of fifty a second of both, alternating, their ratio, and the statements of each."""
    at = timezone.now()
    store_problem(size, at=at)
    _create_matches(at)
    client = APIClient()
    client.force_authenticate(User.objects.get(is_staff=True), token=AuthenticationContext(has_mfa=True))  # type: ignore[arg-type]
    with override_settings(ROOT_URLCONF="benchmarks.plain_api"):
        statements = {path: _count_statements(client, path) for path in (OUR_PATH, PLAIN_PATH)}
        for path in (OUR_PATH, PLAIN_PATH):
            _time_round(client, path)
        # Both alternate, so that other load on the machine slows both alike.
        rounds = [(_time_round(client, OUR_PATH), _time_round(client, PLAIN_PATH)) for _ in range(ROUND_COUNT)]
    ours, plain = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    return [
        {
            "rows": 50,
            "ours_pages_a_second": round(PAGES_PER_ROUND / ours, 1),
            "plain_pages_a_second": round(PAGES_PER_ROUND / plain, 1),
            "ratio": round(plain / ours, 2),
            "ratio_quartiles": [
                round(quartile, 2)
                for quartile in statistics.quantiles(
                    plain_seconds / our_seconds for our_seconds, plain_seconds in rounds
                )
            ],
            "ours_statements": statements[OUR_PATH],
            "plain_statements": statements[PLAIN_PATH],
        }
    ]


def _create_matches(at: datetime) -> None:
    """Create proposals, each of another volunteer for a free seat."""
    run = Run.objects.create(policy=Policy.objects.get(state="active"), requested_at=at)
    volunteers = islice(Volunteer.objects.order_by("pk").iterator(), MATCH_COUNT)
    seats = Seat.objects.order_by("pk").select_related("role")[:MATCH_COUNT]
    parts = {name: 10 * (index + 1) for index, name in enumerate(PARTS)}
    times = dict.fromkeys(("proposed_at", "state_changed_at", "due_at"), at)
    match_fields = {"run": run, "score": sum(parts.values()), "score_parts": parts, **times}
    Match.objects.bulk_create(
        Match(volunteer=volunteer, seat=seat, request_id=seat.role.request_id, **match_fields)
        for volunteer, seat in zip(volunteers, seats, strict=False)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE matching_match")


def _count_statements(client: APIClient, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, response.content
    assert len(response.json()["results"]) == 50
    return len(captured)


def _time_round(client: APIClient, path: str) -> float:
    """Return the seconds of PAGES_PER_ROUND requests for the first page."""
    caches["here"].clear()  # else the throttle on reading, which counts here, would refuse the benchmark
    started_at = time.perf_counter()
    for _ in range(PAGES_PER_ROUND):
        client.get(path)
    return time.perf_counter() - started_at
