"""Rate limits on exports and erasures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import UserRateThrottle

from core.api.throttles import DatabaseThrottle

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class ExportThrottle(DatabaseThrottle, UserRateThrottle):
    """Limit the exports of one account: each reads all of its data."""

    scope = "exports"


class ErasureThrottle(DatabaseThrottle, UserRateThrottle):
    """Limit the attempts of one account to erase itself: each checks a password, which must not be guessed."""

    scope = "erasures"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Return whether the request is safe, or within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)
