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


class ChangesByUser(UserRateThrottle):
    """Changes of one account."""

    scope = "changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class ChangesByNobody(AnonRateThrottle):
    """Changes, and attempts at them, from one address that has not signed in."""

    scope = "anonymous-changes"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)


class _Reading(SimpleRateThrottle):
    cache = caches["here"]

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method not in SAFE_METHODS or super().allow_request(request, view)


class ReadingByUser(_Reading, UserRateThrottle):
    """What one account reads."""

    scope = "reading"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        """The account; nobody's reading is counted by `ReadingByNobody`."""
        return super().get_cache_key(request, view) if request.user and request.user.is_authenticated else None


class ReadingByNobody(_Reading, AnonRateThrottle):
    """What is read, or tried to, from one address that has not signed in."""

    scope = "anonymous-reading"


class Exports(UserRateThrottle):
    """How often one account may ask for everything that is held about it: it is read whole each time."""

    scope = "exports"


class Erasures(UserRateThrottle):
    """How often one account may try to be erased: a password is asked for, and is not to be guessed."""

    scope = "erasures"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)
