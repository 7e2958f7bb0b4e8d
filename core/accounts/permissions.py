"""Permissions that need to know about the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.accounts import mfa
from core.accounts.authentication import AuthenticationContext
from core.api.permissions import OwnDataOnly
from core.models import User

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class SecondFactorRequired(OwnDataOnly):
    """Whoever is signed in as well as their role asks, at a door behind which there may be something of others.

    The default.
    """

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether somebody is signed in; raises SecondFactorNeeded if it takes more than that."""
        if not isinstance(request.user, User) or not super().has_permission(request, view):
            return False
        mfa.require_mfa(request.user, proven=isinstance(request.auth, AuthenticationContext) and request.auth.has_mfa)
        return True


class IsReviewer(SecondFactorRequired):
    """Reviewers only."""

    message = "Only reviewers may do this."

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether the caller reviews."""
        return super().has_permission(request, view) and isinstance(request.user, User) and request.user.is_reviewer
