"""Rate limits of the API. Writes are counted in the database, reads in the memory of each process.

So reading costs no statement. Its real limit is the rate times the number of web processes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import caches
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class UserWriteThrottle(UserRateThrottle):
    """Limit the writes of one account."""

    scope = "changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether this throttle does not count the request, or it is within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class AnonWriteThrottle(AnonRateThrottle):
    """Limit the writes, and attempts at them, of one IP address that has not signed in."""

    scope = "anonymous-changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether this throttle does not count the request, or it is within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class _ReadThrottle(SimpleRateThrottle):
    cache = caches["here"]

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether this throttle does not count the request, or it is within the rate."""
        return request.method not in SAFE_METHODS or super().allow_request(request, view)


class UserReadThrottle(_ReadThrottle, UserRateThrottle):
    """Limit the reads of one account."""

    scope = "reading"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """Return the key of the account; None for anonymous callers, which `AnonReadThrottle` counts."""
        return super().get_cache_key(request, view) if request.user and request.user.is_authenticated else None


class AnonReadThrottle(_ReadThrottle, AnonRateThrottle):
    """Limit the reads, and attempts at them, of one IP address that has not signed in."""

    scope = "anonymous-reading"
