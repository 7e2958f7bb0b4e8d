"""What is refused before any view of the API: bodies that none of them takes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _

from core.api.bodies import MOST_BYTES, Unreadable, read
from core.api.problems import API, page


class Gate:
    """Looks at the body of each request to the API: its length, its kind, and whether it can be read without doubt.

    It stands before all views under `/api/`, also those of others' code, which read their bodies themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The view's answer, or why it was not asked."""
        if not request.path_info.startswith(API):
            return self.get_response(request)
        return _refusal(request) or self.get_response(request)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if "Transfer-Encoding" in request.headers:
        return page(411, "length_required", _("Say how long the body is, with Content-Length."))
    length = int(request.META.get("CONTENT_LENGTH") or 0) if _digits(request) else 0
    if length == 0:
        return None
    if length > MOST_BYTES:
        told = _("The body is longer than we take: at most %(most)s bytes. Send less at once.")
        return page(413, "too_large", told % {"most": MOST_BYTES})
    kind, options = parse_header_parameters(request.headers.get("Content-Type", ""))
    if kind != "application/json" or options.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        told = _("Only JSON in UTF-8 is taken here. Send it with “Content-Type: application/json”.")
        return page(415, "unsupported_media_type", told)
    try:
        read(request.body)
    except Unreadable as error:
        return page(400, "unreadable", str(error))
    return None


def _digits(request: HttpRequest) -> bool:
    return str(request.META.get("CONTENT_LENGTH", "")).isdigit()
