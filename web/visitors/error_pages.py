"""Error views of Django: problem details under `/api/`, pages elsewhere."""

import sys
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import defaults

from campaigns.member_queries import has_acted_for, list_memberships
from core.api import problem_details
from core.database_trouble import DatabaseTrouble, find_database_trouble
from core.models import User
from web.design.kept_form_middleware import describe_lost_session, is_form_page
from web.design.kept_forms import keep_form

RETRY_SECONDS = {DatabaseTrouble.AWAY: 30, DatabaseTrouble.BUSY: 5}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a request that Django itself refuses."""
    if _is_api_request(request):
        return problem_details.render_problem(
            400, "bad_request", _("This request cannot be used. Look at its address and its headers.")
        )
    if isinstance(exception, BadRequest):
        return render(request, "400.html", {"reason": str(exception)}, status=400)
    # A host or a body that cannot be trusted gets no page: it might not be drawn.
    return defaults.bad_request(request, exception, template_name="400_bare.html")


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer a user who may not do this."""
    if _is_api_request(request):
        return problem_details.render_problem(403, "permission_denied", _("You may not do this."))
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    """Answer an unknown address. The API gives the same message for objects that the caller may not know of."""
    if _is_api_request(request):
        return problem_details.render_problem(404, "not_found", problem_details.nothing_here_message())
    if _was_of_former_member(request):
        return render(request, "visitors/former_member.html", status=HTTPStatus.NOT_FOUND)
    return defaults.page_not_found(request, exception)


def _was_of_former_member(request: HttpRequest) -> bool:
    """Return whether this is a page of a campaign for which its reader acts no more, as one that was left open."""
    campaign_id = request.resolver_match.kwargs.get("campaign_id") if request.resolver_match else None
    user = getattr(request, "user", None)
    if campaign_id is None or not isinstance(user, User):
        return False
    if list_memberships(user).filter(campaign__public_id=campaign_id).exists():
        return False
    return has_acted_for(user, campaign_id)


def server_error(request: HttpRequest) -> HttpResponseBase:
    """Answer a defect of ours; the log has the details. The page asks neither the database nor the session.

    A database that is away, or busy with another change, is no defect: the answer is 503, with the time to wait.
    """
    trouble = find_database_trouble(sys.exc_info()[1])  # Django calls this while it handles the error
    if trouble is not None:
        return _answer_database_trouble(request, trouble)
    if _is_api_request(request):
        # The defect may have come after the commit, so the answer must not say that nothing was changed.
        message = _("Something went wrong on our side. Load it again to see how it stands before you try again.")
        return problem_details.render_problem(500, "error", message)
    return defaults.server_error(request)


def _answer_database_trouble(request: HttpRequest, trouble: DatabaseTrouble) -> HttpResponseBase:
    is_busy = trouble == DatabaseTrouble.BUSY
    if _is_api_request(request):
        response = _render_busy() if is_busy else _render_unavailable()
    else:
        # Without the request: drawing the user's name would ask the database.
        page = get_template("503.html").render({"is_busy": is_busy})
        response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS[trouble])
    return response


def _render_busy() -> HttpResponse:
    message = _("Another change is under way here, and it takes long. Wait some seconds, then try again.")
    return problem_details.render_problem(503, "busy", message)


def _render_unavailable() -> HttpResponse:
    message = _("Our database does not answer. Wait half a minute, then look how it stands and try again.")
    return problem_details.render_problem(503, "unavailable", message)


def csrf_failure(request: HttpRequest, reason: str = "", **_others: Any) -> HttpResponseBase:
    """Answer a form, or a request with a session cookie, whose CSRF token is missing or wrong.

    A form of our own page whose session ended is kept: its sender signs in if need be, and sees it again. What another
    site sent is not.
    """
    if _is_api_request(request):
        message = _("The token against forgery is missing or wrong. Send the cookie’s value as “X-CSRFToken”.")
        return problem_details.render_problem(403, "forged", message)
    if not (_comes_from_our_page(request) and is_form_page(request)):
        return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)
    request.is_form_settled = True  # type: ignore[attr-defined]
    address, match = keep_form(request, at=timezone.now()), request.resolver_match
    if getattr(match and match.func, "login_required", True) and not request.user.is_authenticated:
        messages.warning(request, describe_lost_session(address))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': address})}")
    messages.warning(request, _("This page was open for long, so nothing was sent. Look it over, and send it again."))
    return redirect(address)


def _comes_from_our_page(request: HttpRequest) -> bool:
    """Return whether the browser says that one of our own pages sent the form."""
    origin = request.headers.get("Origin")
    if origin is not None:
        # Compared and not parsed: what is no address at all is one of another site too.
        return origin.partition("://")[2] == request.get_host()
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def _is_api_request(request: HttpRequest) -> bool:
    return request.path_info.startswith(problem_details.API_PREFIX)
