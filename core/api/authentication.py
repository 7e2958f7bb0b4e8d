"""How a caller says who they are. The first class also tells those who did not: its scheme is what a 401 asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication

if TYPE_CHECKING:  # views read their settings as they are imported, and these name this module
    from rest_framework.request import Request


class AppSession(XSessionTokenAuthentication):  # type: ignore[misc]
    """A session of allauth's app client, by the header `X-Session-Token`."""

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for: a token. A browser asks nobody for a password because of it."""
        return 'Bearer realm="Handraiser"'
