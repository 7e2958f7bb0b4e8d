"""Permissions of API views. Queries and actions decide what a caller may see and do there.

Views are closed by default, with `SecondFactorRequired`. A view for more people names its permission.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from core.models import User

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class AllowAny(BasePermission):
    """Allow every caller, signed in or not: for public data, and for links that carry their own proof."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return True."""
        return True


class OwnDataOnly(BasePermission):
    """Allow signed-in users without a second factor: for views of nothing but the caller's own data."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether an active user is signed in."""
        return isinstance(request.user, User) and request.user.is_active
