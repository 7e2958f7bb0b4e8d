"""What is answered when no view could answer: problems under `/api/`, pages elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views import csrf, defaults

from core.api import problem_details


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Something about the request that Django itself does not take."""
    if _is_api_request(request):
        return problem_details.render_problem(
            400, "bad_request", _("This request cannot be used. Look at its address and its headers.")
        )
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """This person may not."""
    if _is_api_request(request):
        return problem_details.render_problem(403, "permission_denied", _("You may not do this."))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """There is nothing at the address. Under the API it is answered as a thing that its caller may not know of."""
    if _is_api_request(request):
        return problem_details.render_problem(404, "not_found", problem_details.nothing_here_message())
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """A defect of ours, of which the log has more."""
    if _is_api_request(request):
        told = _("Something went wrong on our side, and nothing was changed. Try again in a while.")
        return problem_details.render_problem(500, "error", told)
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "", **_others: Any) -> HttpResponseBase:
    """A form, or a request with a session's cookie, that does not show that it comes from our own pages."""
    if _is_api_request(request):
        told = _("The token against forgery is missing or wrong. Send the cookie's value as “X-CSRFToken”.")
        return problem_details.render_problem(403, "forged", told)
    return csrf.csrf_failure(request, reason)


def _is_api_request(request: HttpRequest) -> bool:
    return request.path_info.startswith(problem_details.API_PREFIX)
