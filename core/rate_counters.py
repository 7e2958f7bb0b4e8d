"""Count requests for the rate limits, in a table and outside the transaction of the request.

Each statement commits by itself, on the connection `counters`: neither a refusal nor an error takes a count back. One
statement reads and counts, so that parallel requests cannot pass together.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import connections

from core.models import RateCounter

log = structlog.get_logger(__name__)

CONNECTION = "counters"
MAX_RATE_COUNTERS = 1_000_000  # rows: about 300 MB. New keys are refused then, and none that counts is given up.
MAX_COUNTER_LIFETIME = timedelta(days=1)
SIZE_CHECK_INTERVAL_SECONDS = 1.0  # in each process: counting a full table takes a tenth of a second

COUNTER_TABLE = RateCounter._meta.db_table

# The times that are over are left out, and the new one is added if there is room for it.
COUNT_SQL = f"""
    INSERT INTO {COUNTER_TABLE} AS counter (key, value, was_allowed, expires_at)
    VALUES (%(key)s, jsonb_build_array(%(now)s::float8), true, %(expires_at)s)
    ON CONFLICT (key) DO UPDATE SET (value, was_allowed, expires_at) = (
        SELECT
            CASE WHEN count(*) < %(limit)s THEN jsonb_build_array(%(now)s::float8) ELSE '[]' END
                || coalesce(jsonb_agg(hit ORDER BY hit::float8 DESC), '[]'),
            count(*) < %(limit)s,
            CASE WHEN count(*) < %(limit)s THEN %(expires_at)s ELSE counter.expires_at END
        FROM jsonb_array_elements(counter.value) AS hit
        WHERE hit::float8 > %(now)s - %(seconds)s
    )
    RETURNING was_allowed, (value -> -1)::float8
"""


@dataclass(frozen=True, slots=True)
class CountedRequest:
    """Whether a request is within its limit; if not, in how many seconds the next one is."""

    is_allowed: bool
    retry_after_seconds: float


class _SizeGuard:
    """Say whether the table is full. It is counted once an interval at most, so it may grow a little larger."""

    def __init__(self, read_seconds: Callable[[], float] = time.monotonic) -> None:
        self._read_seconds = read_seconds
        self._is_full = False
        self._next_check = float("-inf")

    def is_full(self, at: datetime) -> bool:
        """Return whether the table holds all the rows that it may, when those that are over are gone."""
        now = self._read_seconds()
        if now >= self._next_check:
            self._next_check = now + SIZE_CHECK_INTERVAL_SECONDS
            self._is_full = _holds_too_many()
            if self._is_full:
                delete_expired_counters(at=at)
                self._is_full = _holds_too_many()
                if self._is_full:
                    log.error("rate counters are full", limit=MAX_RATE_COUNTERS)
        return self._is_full


_size_guard = _SizeGuard()


def is_table_full(at: datetime) -> bool:
    """Return whether the table takes no new keys."""
    return _size_guard.is_full(at)


def count_request(key: str, *, limit: int, seconds: float, at: datetime) -> CountedRequest:
    """Count a request under `key`, and return whether at most `limit` came in the last `seconds`.

    A request that is refused does not count. Where the table is full, a request under a new key is refused.
    """
    if is_table_full(at) and not _has_key(key, at):
        return CountedRequest(is_allowed=False, retry_after_seconds=seconds)
    now = at.timestamp()
    expires_at = at + timedelta(seconds=seconds)
    values = {"key": key, "now": now, "limit": limit, "seconds": seconds, "expires_at": expires_at}
    [(is_allowed, oldest)] = execute_on_counters(COUNT_SQL, values)
    return CountedRequest(is_allowed, 0.0 if is_allowed else max(oldest + seconds - now, 0.0))


def delete_expired_counters(*, at: datetime) -> int:
    """Delete the counters that are over, and return how many."""
    return RateCounter.objects.using(CONNECTION).filter(expires_at__lte=at).delete()[0]


def delete_counters_ending_with(endings: list[str]) -> None:
    """Delete the counters whose keys end so."""
    execute_on_counters(
        f"DELETE FROM {COUNTER_TABLE} WHERE key LIKE ANY (%s) RETURNING key", [[f"%{ending}" for ending in endings]]
    )


def _has_key(key: str, at: datetime) -> bool:
    return bool(execute_on_counters(f"SELECT key FROM {COUNTER_TABLE} WHERE key = %s AND expires_at > %s", [key, at]))


def _holds_too_many() -> bool:
    [(count,)] = execute_on_counters(
        f"SELECT count(*) FROM (SELECT FROM {COUNTER_TABLE} LIMIT %s) AS rows", [MAX_RATE_COUNTERS]
    )
    return bool(count >= MAX_RATE_COUNTERS)


def execute_on_counters(sql: str, values: Any) -> list[Any]:
    """Run a statement on the connection of the counters, which commits by itself, and return its rows."""
    with connections[CONNECTION].cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
    return rows
