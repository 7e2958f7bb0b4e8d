"""Who may come to a door at all; what they may see and do there is for queries and actions.

Doors are closed unless they say otherwise: `Trusted` is the default, and a door for more people names its class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from core import second_factor
from core.api.authentication import Access
from core.models import User

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class Open(BasePermission):
    """Everybody, signed in or not: what is public, or proven by a link."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Always."""
        return True


class Own(BasePermission):
    """Whoever is signed in, at a door behind which there is nothing but their own: account, profile, own answers."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether somebody is signed in."""
        return isinstance(request.user, User) and request.user.is_active


class Trusted(Own):
    """Whoever is signed in as well as their role asks, at a door behind which there may be something of others.

    The default.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether somebody is signed in; raises SecondFactorNeeded if it takes more than that."""
        if not isinstance(request.user, User) or not super().has_permission(request, view):
            return False
        second_factor.check(request.user, proven=isinstance(request.auth, Access) and request.auth.proven)
        return True


class IsReviewer(Trusted):
    """Reviewers only."""

    message = "Only reviewers may do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller reviews."""
        return super().has_permission(request, view) and isinstance(request.user, User) and request.user.is_reviewer
