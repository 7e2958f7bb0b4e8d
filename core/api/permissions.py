"""Who may come to a door at all; what they may see and do there is for queries and actions.

Doors are closed unless they say otherwise: `SecondFactorRequired` is the default, and a door for more people names its class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from core.models import User

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class AllowAny(BasePermission):
    """Everybody, signed in or not: what is public, or proven by a link."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Always."""
        return True


class OwnDataOnly(BasePermission):
    """Whoever is signed in, at a door behind which there is nothing but their own: account, profile, own answers."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether somebody is signed in."""
        return isinstance(request.user, User) and request.user.is_active
