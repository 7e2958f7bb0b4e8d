"""What is refused before any view of the API: bodies that none of them takes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

from core.api.problem_details import API_PREFIX, render_problem
from core.api.strict_json import MAX_BODY_BYTES, UnreadableBody, parse_strict_json


class StrictJSONMiddleware:
    """Looks at the body of each request to the API: its length, its kind, and whether it can be read without doubt.

    It stands before all views under `/api/`, also those of others' code, which read their bodies themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer, or why it was not asked."""
        if not request.path_info.startswith(API_PREFIX):
            return self.get_response(request)
        return _refuse_body(request) or self.get_response(request)


def _refuse_body(request: HttpRequest) -> HttpResponse | None:
    if "Transfer-Encoding" in request.headers:
        return render_problem(411, "length_required", _("Say how long the body is, with Content-Length."))
    length = int(request.META.get("CONTENT_LENGTH") or 0) if _has_numeric_length(request) else 0
    if length == 0:
        return None
    if length > MAX_BODY_BYTES:
        told = _("The body is longer than we take: at most %(most)s bytes. Send less at once.")
        return render_problem(413, "too_large", told % {"most": MAX_BODY_BYTES})
    kind, options = parse_header_parameters(request.headers.get("Content-Type", ""))
    if kind != "application/json" or options.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        told = _("Only JSON in UTF-8 is taken here. Send it with “Content-Type: application/json”.")
        return render_problem(415, "unsupported_media_type", told)
    try:
        parse_strict_json(request.body)
    except UnreadableBody as error:
        return render_problem(400, "unreadable", str(error))
    return None


def _has_numeric_length(request: HttpRequest) -> bool:
    return str(request.META.get("CONTENT_LENGTH", "")).isdigit()
