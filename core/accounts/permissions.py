"""API permissions that depend on the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from core.accounts import mfa
from core.accounts.authentication import AuthenticationContext
from core.api.permissions import OwnDataOnly
from core.models import User

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request
    from rest_framework.views import APIView


class SecondFactorRequired(OwnDataOnly):
    """Allow users who are signed in, with a second factor if their role needs one. The default permission."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether a user is signed in. Raises MFARequired when their role needs a second factor."""
        if not isinstance(request.user, User) or not super().has_permission(request, view):
            return False
        has_mfa = isinstance(request.auth, AuthenticationContext) and request.auth.has_mfa
        mfa.require_mfa(request.user, has_mfa=has_mfa)
        return True


class IsReviewer(SecondFactorRequired):
    """Allow reviewers only."""

    message = _("Only reviewers may do this. Ask a reviewer.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether the caller is a reviewer. Raises MFARequired."""
        return super().has_permission(request, view) and isinstance(request.user, User) and request.user.is_reviewer
