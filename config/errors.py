"""What is answered when no view could answer: problems under `/api/`, pages elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views import csrf, defaults

from core.api import problems


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Something about the request that Django itself does not take."""
    if _api(request):
        return problems.page(400, "bad_request", _("This request cannot be used. Look at its address and its headers."))
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """This person may not."""
    if _api(request):
        return problems.page(403, "permission_denied", _("You may not do this."))
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """There is nothing at the address. Under the API it is answered as a thing that its caller may not know of."""
    if _api(request):
        return problems.page(404, "not_found", problems.nothing())
    return defaults.page_not_found(request, exception)


def failed(request: HttpRequest) -> HttpResponseBase:
    """A defect of ours, of which the log has more."""
    if _api(request):
        told = _("Something went wrong on our side, and nothing was changed. Try again in a while.")
        return problems.page(500, "error", told)
    return defaults.server_error(request)


def forged(request: HttpRequest, reason: str = "", **_others: Any) -> HttpResponseBase:
    """A form, or a request with a session's cookie, that does not show that it comes from our own pages."""
    if _api(request):
        told = _("The token against forgery is missing or wrong. Send the cookie's value as “X-CSRFToken”.")
        return problems.page(403, "forged", told)
    return csrf.csrf_failure(request, reason)


def _api(request: HttpRequest) -> bool:
    return request.path_info.startswith(problems.API)
