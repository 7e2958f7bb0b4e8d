"""How a caller says who they are, and how well. The first class also tells those who did not what a 401 asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from rest_framework.authentication import SessionAuthentication

from core.models import User
from core.second_factor import proven_in

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request


@dataclass(frozen=True, slots=True)
class Access:
    """How a caller has signed in. `proven`: with a second factor that they still have."""

    proven: bool


class AppSession(XSessionTokenAuthentication):  # type: ignore[misc]
    """A session of allauth's app client, by the header `X-Session-Token`."""

    def authenticate(self, request: Request) -> tuple[User, Access] | None:
        """Whose session it is; None without the header, or for a session that is over."""
        found = super().authenticate(request)
        if found is None:
            return None
        user, session = found
        return user, Access(proven=proven_in(session, user))

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for: a token. A browser asks nobody for a password because of it."""
        return 'Bearer realm="Handraiser"'


class BrowserSession(SessionAuthentication):
    """A session by cookie. What changes something needs the token against forgery as well."""

    def authenticate(self, request: Request) -> tuple[User, Access] | None:
        """Whose session it is; None for nobody's."""
        found = super().authenticate(request)
        if found is None:
            return None
        user: User = found[0]
        return user, Access(proven=proven_in(request._request.session, user))
