"""Count requests for the rate limits, in a table and outside the transaction of the request.

Each statement commits by itself, on the connection `counters`: neither a refusal nor an error takes a count back. One
statement reads and counts, so that parallel requests cannot pass together.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connections
from django.utils import timezone

from core.models import RateCounter

log = structlog.get_logger(__name__)

CONNECTION = "counters"
MAX_RATE_COUNTERS = 1_000_000  # rows: about 300 MB. New keys are refused then, and none that counts is given up.
MAX_COUNTER_LIFETIME = timedelta(days=1)
SIZE_CHECK_INTERVAL_SECONDS = 1.0  # in each process: counting a full table takes a tenth of a second

_TABLE = RateCounter._meta.db_table

# The times that are over are left out, and the new one is added if there is room for it.
COUNT_SQL = f"""
    INSERT INTO {_TABLE} AS counter (key, value, was_allowed, expires_at)
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
ADD_SQL = f"""
    INSERT INTO {_TABLE} AS counter (key, value, was_allowed, expires_at) VALUES (%s, %s, true, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, was_allowed = true, expires_at = excluded.expires_at
    WHERE counter.expires_at <= %s
    RETURNING key
"""
SET_SQL = f"""
    INSERT INTO {_TABLE} (key, value, was_allowed, expires_at) VALUES (%s, %s, true, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, was_allowed = true, expires_at = excluded.expires_at
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


def count_request(key: str, *, limit: int, seconds: float, at: datetime) -> CountedRequest:
    """Count a request under `key`, and return whether at most `limit` came in the last `seconds`.

    A request that is refused does not count. Where the table is full, a request under a new key is refused.
    """
    if _size_guard.is_full(at) and not _has_key(key, at):
        return CountedRequest(is_allowed=False, retry_after_seconds=seconds)
    now = at.timestamp()
    expires_at = at + timedelta(seconds=seconds)
    values = {"key": key, "now": now, "limit": limit, "seconds": seconds, "expires_at": expires_at}
    [(is_allowed, oldest)] = _execute(COUNT_SQL, values)
    return CountedRequest(is_allowed, 0.0 if is_allowed else max(oldest + seconds - now, 0.0))


def delete_expired_counters(*, at: datetime) -> int:
    """Delete the counters that are over, and return how many."""
    return RateCounter.objects.using(CONNECTION).filter(expires_at__lte=at).delete()[0]


def delete_counters_ending_with(endings: list[str]) -> None:
    """Delete the counters whose keys end so."""
    _execute(f"DELETE FROM {_TABLE} WHERE key LIKE ANY (%s) RETURNING key", [[f"%{ending}" for ending in endings]])


class RateCounterCache(BaseCache):
    """Django's cache on the same table, for allauth: values are JSON, and `add` is atomic.

    allauth takes a lock by `add` before it counts. Where the table is full `add` refuses, and so does allauth.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store a value unless there is one. Return whether it was stored."""
        at = timezone.now()
        if _size_guard.is_full(at):
            return False
        return bool(_execute(ADD_SQL, [self._make_key(key, version), json.dumps(value), self._end(timeout, at), at]))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or `default` where there is none or it is over."""
        sql = f"SELECT value::text FROM {_TABLE} WHERE key = %s AND expires_at > %s"
        rows = _execute(sql, [self._make_key(key, version), timezone.now()])
        return json.loads(rows[0][0]) if rows else default

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Store a value."""
        at = timezone.now()
        _execute(f"{SET_SQL} RETURNING key", [self._make_key(key, version), json.dumps(value), self._end(timeout, at)])

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a new end of a value. Return whether there is one."""
        at = timezone.now()
        sql = f"UPDATE {_TABLE} SET expires_at = %s WHERE key = %s AND expires_at > %s RETURNING key"
        return bool(_execute(sql, [self._end(timeout, at), self._make_key(key, version), at]))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a value. Return whether there was one."""
        return bool(_execute(f"DELETE FROM {_TABLE} WHERE key = %s RETURNING key", [self._make_key(key, version)]))

    def clear(self) -> None:
        """Delete all counters."""
        _execute(f"DELETE FROM {_TABLE} RETURNING key", [])

    def _make_key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _end(self, timeout: float | None, at: datetime) -> datetime:
        seconds = self.get_backend_timeout(timeout)  # seconds since 1970, or None for ever
        last = at + MAX_COUNTER_LIFETIME
        return last if seconds is None else min(datetime.fromtimestamp(seconds, UTC), last)


def _has_key(key: str, at: datetime) -> bool:
    return bool(_execute(f"SELECT key FROM {_TABLE} WHERE key = %s AND expires_at > %s", [key, at]))


def _holds_too_many() -> bool:
    [(count,)] = _execute(f"SELECT count(*) FROM (SELECT FROM {_TABLE} LIMIT %s) AS rows", [MAX_RATE_COUNTERS])
    return bool(count >= MAX_RATE_COUNTERS)


def _execute(sql: str, values: Any) -> list[Any]:
    with connections[CONNECTION].cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
    return rows
