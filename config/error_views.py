"""Error views of Django: problem details under `/api/`, pages elsewhere."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import csrf, defaults

from core.api import problem_details


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a request that Django itself refuses."""
    if _is_api_request(request):
        return problem_details.render_problem(
            400, "bad_request", _("This request cannot be used. Look at its address and its headers.")
        )
    if isinstance(exception, BadRequest):
        return render(request, "400.html", status=400)
    # A host or a body that cannot be trusted gets no page: it might not be drawn.
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a user who may not do this."""
    if _is_api_request(request):
        return problem_details.render_problem(403, "permission_denied", _("You may not do this."))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer an unknown address. The API gives the same message for objects that the caller may not know of."""
    if _is_api_request(request):
        return problem_details.render_problem(404, "not_found", problem_details.nothing_here_message())
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer a defect of ours; the log has the details."""
    if _is_api_request(request):
        # The defect may have come after the commit, so the answer must not say that nothing was changed.
        message = _("Something went wrong on our side. Load it again to see how it stands before you try again.")
        return problem_details.render_problem(500, "error", message)
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "", **_others: Any) -> HttpResponseBase:
    """Answer a form, or a request with a session cookie, whose CSRF token is missing or wrong."""
    if _is_api_request(request):
        message = _("The token against forgery is missing or wrong. Send the cookie's value as “X-CSRFToken”.")
        return problem_details.render_problem(403, "forged", message)
    return csrf.csrf_failure(request, reason)


def _is_api_request(request: HttpRequest) -> bool:
    return request.path_info.startswith(problem_details.API_PREFIX)
