"""`bench api-document`: CPU time of a GET of the API's description, the first in a process and later ones."""

from __future__ import annotations

import statistics
import time

from django.core.cache import caches
from django.test import Client

ROUND_COUNT = 20
PATHS = ("/api/schema", "/api/v1/auth/openapi.json")


def measure_api_document() -> list[dict[str, object]]:
    """Return a row for each address: milliseconds of CPU of the first GET and of a later one, and the bytes sent."""
    return [_measure_path(path) for path in PATHS]


def _measure_path(path: str) -> dict[str, object]:
    client = Client(headers={"Accept-Encoding": "gzip"})
    first, _sent = _time_get(client, path)
    later = [_time_get(client, path) for _ in range(ROUND_COUNT)]
    median = statistics.median(seconds for seconds, _sent in later)
    return {
        "path": path,
        "first_ms": round(1000 * first, 1),
        "later_ms": round(1000 * median, 2),
        "bytes": later[-1][1],
    }


def _time_get(client: Client, path: str) -> tuple[float, int]:
    caches["here"].clear()  # the limit of reads is not measured
    started = time.process_time()
    response = client.get(path)
    seconds = time.process_time() - started
    assert response.status_code == 200, response.status_code
    return seconds, len(response.content)
