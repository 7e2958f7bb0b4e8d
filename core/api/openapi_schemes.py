"""The security schemes of the API's own description."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class PersonalTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The security scheme of personal tokens."""

    target_class = "core.accounts.authentication.PersonalTokenAuthentication"
    name = "bearer"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the bearer scheme."""
        description = "A personal token, made at /api/v1/me/tokens."
        return {"type": "http", "scheme": "bearer", "description": description}


class AppSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The security scheme of app sessions."""

    target_class = "core.accounts.authentication.AppSessionAuthentication"
    name = "X-Session-Token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme of a key in a header."""
        description = "The token that an app client gets at sign-in: see /api/v1/auth/openapi.json."
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token", "description": description}


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The security scheme of browser sessions."""

    target_class = "core.accounts.authentication.BrowserSessionAuthentication"
    name = "cookie"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """Return the scheme of a key in a cookie."""
        description = "The cookie of a signed-in browser. Unsafe methods need X-CSRFToken, too."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": description}
