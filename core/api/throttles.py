"""Rate limits of the API. Writes are counted in the database, reads in the memory of each process.

So reading costs no statement. Its real limit is the rate times the number of web processes.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.utils import timezone
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from core.client_address import find_client_network
from core.rate_counters import count_request

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class _NetworkThrottle(SimpleRateThrottle):
    """Count a caller without an account by address, or by network where it chooses its own addresses."""

    def get_ident(self, request: Request) -> str:
        """Return the address or the network that the caller counts as."""
        return find_client_network(super().get_ident(request))


class DatabaseThrottle(_NetworkThrottle):
    """Count in the database: for all processes together, atomically, and outside the request's transaction."""

    _retry_after_seconds: float | None = None

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether this throttle does not count the request, or it is within the rate."""
        key = self.get_cache_key(request, view)
        limit, seconds = self.parse_rate(self.rate)
        if key is None or limit is None or seconds is None:
            return True
        counted = count_request(key, limit=limit, seconds=seconds, at=timezone.now())
        self._retry_after_seconds = counted.retry_after_seconds
        return counted.is_allowed

    def wait(self) -> float | None:
        """Return how many seconds to wait."""
        return self._retry_after_seconds


class UserWriteThrottle(DatabaseThrottle, UserRateThrottle):
    """Limit the writes of one account."""

    scope = "changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether this throttle does not count the request, or it is within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class AnonWriteThrottle(DatabaseThrottle, AnonRateThrottle):
    """Limit the writes of one IP address without an account. One refused for want of an account is not counted."""

    scope = "anonymous-changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether this throttle does not count the request, or it is within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class _ReadThrottle(_NetworkThrottle):
    cache = caches["here"]
    _lock = Lock()  # of the threads of this process: the cache reads and writes in two steps

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether this throttle does not count the request, or it is within the rate."""
        if request.method not in SAFE_METHODS:
            return True
        with self._lock:
            return super().allow_request(request, view)


class UserReadThrottle(_ReadThrottle, UserRateThrottle):
    """Limit the reads of one account."""

    scope = "reading"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Return the key of the account; None for anonymous callers, which `AnonReadThrottle` counts."""
        return super().get_cache_key(request, view) if request.user and request.user.is_authenticated else None


class AnonReadThrottle(_ReadThrottle, AnonRateThrottle):
    """Limit the reads of one IP address without an account. One refused for want of an account is not counted."""

    scope = "anonymous-reading"
