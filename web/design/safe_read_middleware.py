"""Middleware that keeps reading without a reader from leaving a trace."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse


class SafeReadMiddleware:
    """Write nothing for a page that is fetched without being looked at.

    Pages record who saw a contact, and what was read. A browser that fetches a page ahead gets none, and opens it once
    its user does. What a HEAD would write is taken back, whatever the page does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response, or a 503 to a browser that fetches ahead."""
        purpose = request.headers.get("Sec-Purpose", "")
        if purpose.partition(";")[0].strip().lower() == "prefetch":
            return HttpResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if request.method != "HEAD":
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            transaction.set_rollback(True)
        return response
