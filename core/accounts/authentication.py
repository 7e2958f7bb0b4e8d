"""How a caller says who they are, and how well. The first class also tells those who did not what a 401 asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
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
"""So that whoever finds a token where none should be, a person or a program, sees whose it is."""


@dataclass(frozen=True, slots=True)
class AuthenticationContext:
    """How a caller has signed in.

    `proven`: with a second factor that they still have. `shown_at`: when they last showed who they are, with the factor
    if it is proven; None for a token, which shows nothing of the kind.
    """

    has_mfa: bool
    authenticated_at: datetime | None = None


class PersonalTokenAuthentication(BaseAuthentication):
    """A personal token, by the header `Authorization: Bearer`."""

    def authenticate(self, request: Request) -> tuple[User, AuthenticationContext] | None:
        """Whose token it is; None without one.

        Raises AuthenticationFailed for one that opens nothing, ScopeTooSmall for a method that it is not good for, and
        Invalid for one in the address, where every log between us keeps it.
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
            raise AuthenticationFailed(_("This token opens nothing: it is over, was taken back, or is none of ours."))
        if token.scope != PersonalToken.Scope.WRITE and request.method not in SAFE_METHODS:
            raise InsufficientScope(_("This token is for reading. Make one for changing, if that is what you want."))
        record_token_use(token, day=now.date())
        return token.user, AuthenticationContext(has_mfa=token.proven and list_authenticators(token.user).exists())

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for: a token. A browser asks nobody for a password because of it."""
        return 'Bearer realm="Handraiser"'


class AppSessionAuthentication(XSessionTokenAuthentication):  # type: ignore[misc]
    """A session of allauth's app client, by the header `X-Session-Token`."""

    def authenticate(self, request: Request) -> tuple[User, AuthenticationContext] | None:
        """Whose session it is; None without the header, or for a session that is over."""
        found = super().authenticate(request)
        if found is None:
            return None
        user, session = found
        return user, _session_context(session, user)


class BrowserSessionAuthentication(SessionAuthentication):
    """A session by cookie. What changes something needs the token against forgery as well."""

    def authenticate(self, request: Request) -> tuple[User, AuthenticationContext] | None:
        """Whose session it is; None for nobody's."""
        found = super().authenticate(request)
        if found is None:
            return None
        user: User = found[0]
        return user, _session_context(request._request.session, user)


def _session_context(session: SessionBase, user: User) -> AuthenticationContext:
    proven = session_has_mfa(session, user)
    return AuthenticationContext(has_mfa=proven, authenticated_at=last_authenticated_at(session, user, factor=proven))
