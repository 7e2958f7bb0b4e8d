"""Middleware that refuses unreadable request bodies before any view of the API."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

from core.api.problem_details import API_PREFIX, render_problem
from core.api.strict_json import UnreadableBody, parse_strict_json

MAX_BODY_BYTES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE  # Django reads no longer body than this
AUTH_PREFIX = f"{API_PREFIX}v1/auth/"


class StrictJSONMiddleware:
    """Check the body of each request to the API: its length, its media type, and its JSON.

    It covers all views under `/api/`, also those of allauth, which parse their bodies themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response of the view, or a problem if the body is refused."""
        if not request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        return _refuse_body(request) or self.get_response(request)


def _refuse_body(request: HttpRequest) -> HttpResponse | None:
    if "Transfer-Encoding" in request.headers:
        return render_problem(
            411, "length_required", _("The length of the body is missing. Send it with Content-Length.")
        )
    length = int(request.META.get("CONTENT_LENGTH") or 0) if _has_numeric_length(request) else 0
    if length == 0:
        return None
    if length > MAX_BODY_BYTES:
        message = _("The body is longer than %(limit)s bytes. Send less at once.")
        return render_problem(413, "too_large", message % {"limit": MAX_BODY_BYTES})
    media_type, options = parse_header_parameters(request.headers.get("Content-Type", ""))
    if media_type != "application/json" or options.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        message = _("Only JSON in UTF-8 is taken here. Send it with “Content-Type: application/json”.")
        return render_problem(415, "unsupported_media_type", message)
    try:
        content = parse_strict_json(request.body)
    except UnreadableBody as error:
        return render_problem(400, "unreadable", str(error))
    if request.path_info.startswith(AUTH_PREFIX) and not isinstance(content, dict):
        # allauth would answer without a body.
        return render_problem(400, "unreadable", _("The body is no object. Send its fields in braces."))
    return None


def _has_numeric_length(request: HttpRequest) -> bool:
    return str(request.META.get("CONTENT_LENGTH", "")).isdigit()
