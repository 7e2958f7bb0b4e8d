"""How the API's own description tells of the ways to say who one is."""

from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class AppSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The app client's header."""

    target_class = "core.api.authentication.AppSession"
    name = "X-Session-Token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A key in a header."""
        told = "What allauth's app client is given when somebody signs in: see /api/v1/auth/openapi.json."
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token", "description": told}


class BrowserSessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The browser's cookie."""

    target_class = "core.api.authentication.BrowserSession"
    name = "cookie"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        """A key in a cookie."""
        told = "A browser that has signed in. What changes something sends X-CSRFToken as well."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": told}
