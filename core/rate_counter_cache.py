"""Django's cache on the table of the rate counters, for allauth."""

import json
from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.utils import timezone

from core.rate_counters import COUNTER_TABLE, MAX_COUNTER_LIFETIME, execute_on_counters, is_table_full

ADD_SQL = f"""
    INSERT INTO {COUNTER_TABLE} AS counter (key, value, was_allowed, expires_at) VALUES (%s, %s, true, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, was_allowed = true, expires_at = excluded.expires_at
    WHERE counter.expires_at <= %s
    RETURNING key
"""
SET_SQL = f"""
    INSERT INTO {COUNTER_TABLE} (key, value, was_allowed, expires_at) VALUES (%s, %s, true, %s)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, was_allowed = true, expires_at = excluded.expires_at
"""


class RateCounterCache(BaseCache):
    """Django's cache on the same table, for allauth: values are JSON, and `add` is atomic.

    allauth takes a lock by `add` before it counts. Where the table is full `add` refuses, and so does allauth.
    """

    def __init__(self, _location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store a value unless there is one. Return whether it was stored."""
        at = timezone.now()
        if is_table_full(at):
            return False
        return bool(
            execute_on_counters(ADD_SQL, [self._make_key(key, version), json.dumps(value), self._end(timeout, at), at])
        )

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value, or `default` where there is none or it is over."""
        sql = f"SELECT value::text FROM {COUNTER_TABLE} WHERE key = %s AND expires_at > %s"
        rows = execute_on_counters(sql, [self._make_key(key, version), timezone.now()])
        return json.loads(rows[0][0]) if rows else default

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Store a value."""
        at = timezone.now()
        execute_on_counters(
            f"{SET_SQL} RETURNING key", [self._make_key(key, version), json.dumps(value), self._end(timeout, at)]
        )

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set a new end of a value. Return whether there is one."""
        at = timezone.now()
        sql = f"UPDATE {COUNTER_TABLE} SET expires_at = %s WHERE key = %s AND expires_at > %s RETURNING key"
        return bool(execute_on_counters(sql, [self._end(timeout, at), self._make_key(key, version), at]))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Delete a value. Return whether there was one."""
        return bool(
            execute_on_counters(
                f"DELETE FROM {COUNTER_TABLE} WHERE key = %s RETURNING key", [self._make_key(key, version)]
            )
        )

    def clear(self) -> None:
        """Delete all counters."""
        execute_on_counters(f"DELETE FROM {COUNTER_TABLE} RETURNING key", [])

    def _make_key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _end(self, timeout: float | None, at: datetime) -> datetime:
        seconds = self.get_backend_timeout(timeout)  # seconds since 1970, or None for ever
        last = at + MAX_COUNTER_LIFETIME
        return last if seconds is None else min(datetime.fromtimestamp(seconds, UTC), last)
