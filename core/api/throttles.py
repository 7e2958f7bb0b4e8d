"""How often somebody may come. What changes something is counted in the database, reading in each process's memory.

So reading costs no statement, and may be as many times its rate as there are web processes.
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
    """Changes of one account."""

    scope = "changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class AnonWriteThrottle(AnonRateThrottle):
    """Changes, and attempts at them, from one address that has not signed in."""

    scope = "anonymous-changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class _ReadThrottle(SimpleRateThrottle):
    cache = caches["here"]

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method not in SAFE_METHODS or super().allow_request(request, view)


class UserReadThrottle(_ReadThrottle, UserRateThrottle):
    """What one account reads."""

    scope = "reading"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """The account; nobody's reading is counted by `AnonReadThrottle`."""
        return super().get_cache_key(request, view) if request.user and request.user.is_authenticated else None


class AnonReadThrottle(_ReadThrottle, AnonRateThrottle):
    """What is read, or tried to, from one address that has not signed in."""

    scope = "anonymous-reading"
