"""`bench api`: the time of every GET of the API, on the demo, beside the plainest view set of the same table."""

from __future__ import annotations

import gc
import statistics
import time

from django.core.cache import caches
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from benchmarks.api_paths import ReadPath, list_read_paths
from benchmarks.api_rows import store_api_rows
from benchmarks.filled_lists import VOLUNTEER
from benchmarks.supply_estimate import processor_seconds

ROUND_COUNT = 15
FEED = "calendar/{secret}.ics"
APART = ("me/personal-data", "me/fits", "matches/{id}/alternates", FEED)
"""Reported in rows of their own: all data of one person, all roles judged for a person, all volunteers for a seat, and
the whole calendar of a volunteer, which a calendar program reads a few times a day.

`bench fits` has the bar of fits, at a larger size."""


def measure_api(seed: int, *, round_count: int = ROUND_COUNT) -> list[dict[str, object]]:
    """Return a row for each GET: rows, statements, milliseconds (p50 and p95), and those of the plain view set.

    Ours and the plain one take turns, so that other load on the machine slows both alike.
    """
    rows = store_api_rows(seed)
    clients = {caller: _build_client(token) for caller, token in rows.tokens.items()}
    read_paths = [*list_read_paths(rows), ReadPath(FEED, VOLUNTEER, rows.feed_address, "")]
    # As a web process does: what is loaded for good is not searched for garbage.
    gc.collect()
    gc.freeze()
    with override_settings(ROOT_URLCONF="benchmarks.plain_api"):
        results = [_measure_path(read_path, clients[read_path.caller], round_count) for read_path in read_paths]
    main = [result for result in results if not result["apart"]]
    slowest = max(main, key=lambda result: float(str(result["p50_ms"])))
    summary = {
        "seed": seed,
        "paths": len(main),
        "slowest": slowest["path"],
        "slowest_p50_ms": slowest["p50_ms"],
        "median_ratio": round(statistics.median(float(str(row["ratio"])) for row in main if row["ratio"]), 2),
    }
    return [*results, summary]


def _build_client(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def _measure_path(read_path: ReadPath, client: APIClient, round_count: int) -> dict[str, object]:
    answer, statements = _count_statements(client, read_path.address)
    content = answer.json() if read_path.path != FEED else {}  # type: ignore[attr-defined]
    row_count = len(content["results"]) if "results" in content else None
    plain_address, plain_statements = read_path.plain_address, None
    if plain_address:
        plain_address += _find_plain_row(client, plain_address) if row_count is None else f"?page_size={row_count or 1}"
        _plain, plain_statements = _count_statements(client, plain_address)
    times: list[tuple[float, float]] = []
    plain_times: list[tuple[float, float]] = []
    for _ in range(round_count):
        times.append(_time_get(client, read_path.address))
        if plain_address:
            plain_times.append(_time_get(client, plain_address))
    wall, processor = zip(*times, strict=True)
    p50 = statistics.median(wall)
    plain_p50 = statistics.median(seconds for seconds, _ in plain_times) if plain_times else None
    return {
        "path": read_path.path,
        "apart": read_path.path in APART,
        "rows": row_count,
        "bytes": len(answer.content),  # type: ignore[attr-defined]
        "statements": statements,
        "least_ms": round(1000 * min(wall), 1),
        "p50_ms": round(1000 * p50, 1),
        "p95_ms": round(1000 * statistics.quantiles(wall, n=20)[-1], 1),
        "processor_p50_ms": round(1000 * statistics.median(processor), 1),
        "plain_statements": plain_statements,
        "plain_p50_ms": round(1000 * plain_p50, 1) if plain_p50 else None,
        "ratio": round(p50 / plain_p50, 2) if plain_p50 else None,
    }


def _find_plain_row(client: APIClient, plain_address: str) -> str:
    """Return the rest of the address of a row."""
    return f"/{client.get(plain_address, {'page_size': 1}).json()['results'][0]['pk']}"


def _count_statements(client: APIClient, address: str) -> tuple[HttpResponseBase, int]:
    _clear_limits()
    client.get(address)  # what a process reads once is not counted
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content)
    return answer, len(captured)


def _time_get(client: APIClient, address: str) -> tuple[float, float]:
    """Return the seconds of a GET, and the processor seconds of it here and in the database."""
    _clear_limits()
    started_at, processor_started = time.perf_counter(), processor_seconds()
    answer = client.get(address)
    seconds = time.perf_counter() - started_at, processor_seconds() - processor_started
    assert answer.status_code == 200, (address, answer.content)
    return seconds


def _clear_limits() -> None:
    """Forget what was counted: else the limits on reading and on exports would refuse the benchmark."""
    for cache in (caches["here"], caches["default"]):
        cache.clear()
