"""API permissions that depend on the second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts import mfa
from core.accounts.authentication import AuthenticationContext
from core.accounts.reauthentication import require_recent_authentication
from core.api.current_user import get_current_user
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

    message = gettext_lazy("Only reviewers may do this. Ask a reviewer.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether the caller is a reviewer. Raises MFARequired."""
        return super().has_permission(request, view) and isinstance(request.user, User) and request.user.is_reviewer


class IsAdministrator(IsReviewer):
    """Allow administrators only."""

    message = gettext_lazy("Only administrators may do this. Ask one of them.")

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Return whether the caller is a reviewer and an administrator. Raises MFARequired."""
        return super().has_permission(request, view) and get_current_user(request).is_administrator


def read_sign_in(request: Request) -> AuthenticationContext:
    """Return how the caller of the API has signed in; nothing is recent, and no factor used, where that is unknown."""
    return request.auth if isinstance(request.auth, AuthenticationContext) else AuthenticationContext(has_mfa=False)


def require_recent_sign_in(request: Request) -> None:
    """Raise ReauthenticationRequired unless the caller of the API has authenticated within the last minutes.

    Views of decisions about other people that cannot be taken back call it. A personal token never passes.
    """
    access = read_sign_in(request)
    require_recent_authentication(
        get_current_user(request),
        has_mfa=access.has_mfa,
        authenticated_at=access.authenticated_at,
        at=timezone.now(),
        message=_("This cannot be taken back, so show once more that it is you. Then ask for it again."),
    )
