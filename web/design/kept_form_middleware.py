"""Middleware that keeps a form whose sender has to sign in first."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from web.design.kept_forms import KEPT_FORM_PARAMETER, keep_form


def is_form_page(request: HttpRequest) -> bool:
    """Return whether a POST is for a page that can show its form again."""
    match = request.resolver_match
    return request.method == "POST" and match is not None and getattr(match.func, "keeps_form", False)


class KeptFormMiddleware:
    """Keep what was typed when the page of a form turned its sender away to sign in, or to show a second factor.

    After it the sender comes to the same form, filled in. Nothing is done until the form is sent again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; a redirect to a sign-in leads back to the kept form."""
        response = self.get_response(request)
        location = urlsplit(response.headers.get("Location", ""))
        turned_away = not getattr(request, "is_form_settled", False) and is_form_page(request)
        if turned_away and "next" in parse_qs(location.query):
            address = keep_form(request, at=timezone.now())
            response.headers["Location"] = location._replace(query=urlencode({"next": address})).geturl()
            messages.warning(request, describe_lost_session(address))
        return response


def describe_lost_session(address: str) -> str:
    """Return what a person reads whose session ended while they wrote, by the address that `keep_form` returned."""
    if KEPT_FORM_PARAMETER not in parse_qs(urlsplit(address).query):
        return _("You were signed out while you wrote, and we could not keep it. Sign in, and write it once more.")
    return _("You were signed out while you wrote. Sign in, and it is still there.")
