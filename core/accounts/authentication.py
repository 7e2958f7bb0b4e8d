"""Authentication of API callers: by personal token, by an app's session, or by a browser's session.

The first class of the setting also decides what a 401 asks for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.headless import app_settings
from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS

from core.accounts.mfa import last_authenticated_at, list_authenticators, session_has_mfa
from core.accounts.personal_tokens import record_token_use
from core.accounts.queries import find_valid_token
from core.errors import InsufficientScope, Invalid
from core.models import PersonalToken, User

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from datetime import datetime

    from django.contrib.sessions.backends.base import SessionBase
    from rest_framework.request import Request

TOKEN_PREFIX = "hrt_"
"""Marks our tokens, so that secret scanners and people recognise one that leaked."""


class SessionOver(AuthenticationFailed):
    """The session of an app is over, or was never there."""

    default_code = "session_over"


class Forged(PermissionDenied):
    """Another site may have sent the request with the user's cookie."""

    default_code = "forged"


class TokenOver(AuthenticationFailed):
    """A personal token opens nothing."""

    default_code = "token_over"


@dataclass(frozen=True, slots=True)
class AuthenticationContext:
    """How a caller has signed in.

    `has_mfa` says whether with a second factor that they still have. `authenticated_at` is when they last
    authenticated, and `confirmed_at` when they did so again after the sign-in; with that factor if `has_mfa`, and None
    for a token. Without a password and a factor the sign-in confirms.
    """

    has_mfa: bool
    authenticated_at: datetime | None = None
    confirmed_at: datetime | None = None


class PersonalTokenAuthentication(BaseAuthentication):
    """Authenticate by a personal token in the header `Authorization: Bearer`."""

    def authenticate(self, request: Request) -> tuple[User, AuthenticationContext] | None:
        """Return the owner of the token; None without one.

        Raises TokenOver for an unknown or ended token, and InsufficientScope for a method that its scope
        does not cover. Raises Invalid for a token in the address, which every log on the way stores.
        """
        if any(value.startswith(TOKEN_PREFIX) for values in request.query_params.lists() for value in values[1]):
            raise Invalid(
                _("A token is never sent in the address, where others keep it. Take this one back, and send a new one.")
            )
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        now = timezone.now()
        token = find_valid_token(secret.strip(), at=now)
        if token is None:
            raise TokenOver(
                _("This token opens nothing: it is over, was taken back, or is none of ours. Make a new one.")
            )
        if token.scope != PersonalToken.Scope.WRITE and request.method not in SAFE_METHODS:
            raise InsufficientScope(_("This token is for reading. Make one for changing, if that is what you want."))
        record_token_use(token, day=now.date())
        return token.user, AuthenticationContext(has_mfa=token.has_mfa and list_authenticators(token.user).exists())

    def authenticate_header(self, request: Request) -> str:
        """Return the challenge of a 401: a token. Browsers show no password prompt for it."""
        return 'Bearer realm="Handraiser"'


class AppSessionAuthentication(XSessionTokenAuthentication):  # type: ignore[misc]
    """Authenticate by a session of allauth's app client in the header `X-Session-Token`."""

    def authenticate(self, request: Request) -> tuple[User, AuthenticationContext] | None:
        """Return the user of the session; None without the header, or before they are signed in. Raises SessionOver."""
        user_and_session = super().authenticate(request)
        if user_and_session is None:
            token = self.get_session_token(request)
            if token and app_settings.TOKEN_STRATEGY.lookup_session(token) is None:
                raise SessionOver(_("Your session is over. Sign in again."))
            return None
        user, session = user_and_session
        return user, read_session_access(session, user)


class BrowserSessionAuthentication(SessionAuthentication):
    """Authenticate by the session cookie of a browser. Requests that are not safe need the CSRF token as well."""

    def authenticate(self, request: Request) -> tuple[User, AuthenticationContext] | None:
        """Return the user of the session; None for an anonymous one."""
        user_and_auth = super().authenticate(request)
        if user_and_auth is None:
            return None
        user: User = user_and_auth[0]
        return user, read_session_access(request._request.session, user)

    def enforce_csrf(self, request: Request) -> None:
        """Raise Forged when the CSRF token is missing or wrong."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            message = _("The token against forgery is missing or wrong. Send the cookie's value as “X-CSRFToken”.")
            raise Forged(message) from error


def read_session_access(session: SessionBase, user: User) -> AuthenticationContext:
    """Return how the user of a session has authenticated in it."""
    has_mfa = session_has_mfa(session, user)
    authenticated_at = last_authenticated_at(session, user, with_mfa=has_mfa)
    # An account without a password and a factor has nothing else to show than a new sign-in.
    is_repeated = has_mfa or user.has_usable_password()
    confirmed_at = last_authenticated_at(session, user, with_mfa=has_mfa, is_repeated=is_repeated)
    return AuthenticationContext(has_mfa=has_mfa, authenticated_at=authenticated_at, confirmed_at=confirmed_at)
