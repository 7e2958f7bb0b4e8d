"""Middleware that answers the refusal of an action which a page did not answer itself."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.api.problem_details import API_PREFIX, render_problem
from core.api.problem_types import PROBLEM_TYPES
from core.errors import HandraiserError, TooManyRequests
from web.visitors.error_pages import page_not_found


class RefusalMiddleware:
    """Answer a HandraiserError that leaves a view: it is no defect, and its sentence says what to do.

    Pages with a form, the admin and the API show it beside what was sent. This is for what they forget.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response of the view."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Return the page, or the problem, of a refusal; None for a defect, which becomes a 500."""
        if not isinstance(error, HandraiserError):
            return None
        status = PROBLEM_TYPES[error.code].status
        if request.path_info.startswith(API_PREFIX):
            response = render_problem(status, error.code, error.message)
        elif status == HTTPStatus.NOT_FOUND:
            return page_not_found(request, Http404())  # type: ignore[return-value]
        else:
            response = render(request, "refused.html", {"refusal": error}, status=status)
        if isinstance(error, TooManyRequests):
            response["Retry-After"] = str(max(1, error.retry_after))
        return response
