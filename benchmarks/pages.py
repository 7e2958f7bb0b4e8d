"""`bench pages`: the time, the bytes and the queries of each page, beside an empty page for the same reader."""

from __future__ import annotations

import gc
import gzip
import re
import statistics
import time

from django.core.cache import caches
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.page_readers import ReadPage, list_pages
from benchmarks.plain_pages import PLAIN_PAGE
from benchmarks.supply_estimate import processor_seconds
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run

ROUND_COUNT = 40
MAX_P95_MS = 150
MAX_FIRST_BYTES, MAX_LATER_BYTES = 100_000, 30_000


def measure_pages() -> list[dict[str, object]]:
    """Return a row for each page, and one that sums them up.

    Pages and the empty page take turns, so that other load on the machine slows both alike.
    """
    execute_run(queue_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=lambda: 0.0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    pages = list(list_pages())
    _check_answers(pages)
    # As a web process does: what is loaded for good is not searched for garbage.
    gc.collect()
    gc.freeze()
    with override_settings(ROOT_URLCONF="benchmarks.plain_pages"):
        rows = [_measure_page(page) for page in pages]
    return [*rows, _summarise(rows)]


def _check_answers(pages: list[ReadPage]) -> None:
    """Raise ValueError with each page that its reader does not get."""
    answers = {page: page.client.get(page.address).status_code for page in pages}
    wrong = [f"{page.name} {page.address} {status}" for page, status in answers.items() if status != 200]
    if wrong:
        raise ValueError(f"These pages were not shown: {'; '.join(wrong)}.")


def _measure_page(page: ReadPage) -> dict[str, object]:
    answer, queries = _count_queries(page.client, page.address)
    body = b"".join(answer)  # type: ignore[arg-type]
    _count_queries(page.client, PLAIN_PAGE)
    times, plain_times = [], []
    for _ in range(ROUND_COUNT):
        times.append(_time_get(page.client, page.address))
        plain_times.append(_time_get(page.client, PLAIN_PAGE))
    wall, processor = zip(*times, strict=True)
    plain_p50 = statistics.median(wall for wall, _ in plain_times)
    later_bytes = _compress(body)
    return {
        "page": page.name,
        "p50_ms": _milliseconds(statistics.median(wall)),
        "p95_ms": _milliseconds(statistics.quantiles(wall, n=20)[-1]),
        "processor_p95_ms": _milliseconds(statistics.quantiles(processor, n=20)[-1]),
        "empty_p50_ms": _milliseconds(plain_p50),
        "ratio": round(statistics.median(wall) / plain_p50, 1),
        "first_bytes": later_bytes + _count_file_bytes(page.client, body),
        "later_bytes": later_bytes,
        "queries": queries,
    }


def _summarise(rows: list[dict[str, object]]) -> dict[str, object]:
    def find_most(column: str) -> float:
        return max(float(str(row[column])) for row in rows)

    return {
        "pages": len(rows),
        "over_the_bar": ", ".join(str(row["page"]) for row in rows if float(str(row["p95_ms"])) >= MAX_P95_MS)
        or "none",
        "longest_p95_ms": find_most("p95_ms"),
        "longest_processor_p95_ms": find_most("processor_p95_ms"),
        "most_first_bytes": int(find_most("first_bytes")),
        "most_later_bytes": int(find_most("later_bytes")),
        "most_queries": int(find_most("queries")),
        "bytes_kept": find_most("first_bytes") <= MAX_FIRST_BYTES and find_most("later_bytes") <= MAX_LATER_BYTES,
    }


def _count_queries(client: Client, address: str) -> tuple[HttpResponseBase, int]:
    _clear_limits()
    client.get(address)  # what a process reads once is not counted
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer, len(captured)


def _time_get(client: Client, address: str) -> tuple[float, float]:
    """Return the seconds by the clock, and those of the processor, here and in the database."""
    _clear_limits()
    started_at, processor_started = time.perf_counter(), processor_seconds()
    answer = client.get(address)
    seconds = time.perf_counter() - started_at, processor_seconds() - processor_started
    assert answer.status_code == 200, (address, answer.status_code)
    return seconds


def _count_file_bytes(client: Client, body: bytes) -> int:
    """Return the bytes over the wire of the styles, scripts and symbols that a first visit gets beside the page."""
    names = re.findall(rb'(?:href|src)="(/static/[^"]+)"', body)
    return sum(_compress(b"".join(client.get(name.decode()))) for name in names)  # type: ignore[arg-type]


def _compress(body: bytes) -> int:
    return len(gzip.compress(body))


def _milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 1)


def _clear_limits() -> None:
    """Forget what was counted: else the limits on reading would turn the benchmark away."""
    caches["default"].clear()
