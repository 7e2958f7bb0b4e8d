"""The settings of Django REST framework: how callers authenticate, what they may send, and how often."""

from typing import Any

from corsheaders.defaults import default_headers

CORS_ALLOW_HEADERS = (
    *default_headers,
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-request-id",
    "x-session-token",
)
CORS_EXPOSE_HEADERS = (
    *("ETag", "Idempotent-Replayed", "Location", "Retry-After", "WWW-Authenticate"),
    "X-Request-Id",
)
"""The headers that frontends on other sites may send, and read."""


def build_rest_framework_settings(*, trusted_proxies: int) -> dict[str, Any]:
    """Return the settings. `trusted_proxies` is the number of proxies in front that add to `X-Forwarded-For`."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "core.accounts.authentication.PersonalTokenAuthentication",
            "core.accounts.authentication.AppSessionAuthentication",
            "core.accounts.authentication.BrowserSessionAuthentication",
        ],
        "DEFAULT_PERMISSION_CLASSES": ["core.accounts.permissions.SecondFactorRequired"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_METADATA_CLASS": None,  # OPTIONS is not answered: the schema describes the API
        "DEFAULT_THROTTLE_CLASSES": [
            *("core.api.throttles.UserWriteThrottle", "core.api.throttles.AnonWriteThrottle"),
            *("core.api.throttles.UserReadThrottle", "core.api.throttles.AnonReadThrottle"),
        ],
        "NUM_PROXIES": trusted_proxies,
        "DEFAULT_THROTTLE_RATES": {
            "changes": "120/min",
            "anonymous-changes": "20/min",
            "reading": "600/min",
            "anonymous-reading": "300/min",
            "exports": "10/hour",
            "erasures": "10/hour",
            "skill-words": "30/hour",
            "fits": "120/hour",
        },
        "DEFAULT_PAGINATION_CLASS": "core.api.pagination.StableCursorPagination",
        "DEFAULT_FILTER_BACKENDS": ["core.api.filters.ListFilterBackend"],
        "URL_FORMAT_OVERRIDE": None,  # JSON is the only format, so `?format=` is an unknown parameter
        "DEFAULT_SCHEMA_CLASS": "core.api.openapi.HandraiserAutoSchema",
        "EXCEPTION_HANDLER": "core.api.problem_details.handle_api_error",
        "TEST_REQUEST_DEFAULT_FORMAT": "json",
    }
