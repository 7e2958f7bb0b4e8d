"""Limits on exports and erasures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import UserRateThrottle

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class ExportThrottle(UserRateThrottle):
    """How often one account may ask for everything that is held about it: it is read whole each time."""

    scope = "exports"


class ErasureThrottle(UserRateThrottle):
    """How often one account may try to be erased: a password is asked for, and is not to be guessed."""

    scope = "erasures"

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Whether this one is still within the rate."""
        return request.method in SAFE_METHODS or super().allow_request(request, view)
