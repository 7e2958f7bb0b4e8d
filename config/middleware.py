"""Middleware for the headers of responses, the context of the history, and trailing slashes."""

from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus
from typing import Any

import pghistory.middleware
from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.urls import Resolver404, is_valid_path, resolve
from django.utils.http import escape_leading_slashes

from core.api.problem_details import API_PREFIX
from core.conflict_of_interest import reading_contests_once

ADMIN_CSP_UPDATE = {
    "script-src": [UNSAFE_EVAL, UNSAFE_INLINE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "font-src": [SELF],
}
"""The admin's theme evaluates expressions in its templates and sets styles inline."""

API_DOCS_CSP_UPDATE = {"style-src": [UNSAFE_INLINE], "img-src": ["data:"]}
"""The page that shows the API sets styles inline, but evaluates no expressions."""

MFA_PAGES_CSP_UPDATE = {"img-src": ["data:"]}
"""The QR code for an authenticator app is part of its page (a data: address), so that no cache keeps it."""

CSP_UPDATES_BY_PATH = {
    "/admin/": ADMIN_CSP_UPDATE,
    "/api/docs": API_DOCS_CSP_UPDATE,
    "/accounts/2fa/": MFA_PAGES_CSP_UPDATE,
}


class ContentPolicyMiddleware:
    """Loosen the content security policy for the pages of `CSP_UPDATES_BY_PATH`; they stay on our own origin too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response with the policy of its path."""
        response = self.get_response(request)
        for path, update in CSP_UPDATES_BY_PATH.items():
            if request.path.startswith(path):
                response._csp_update = update  # type: ignore[attr-defined]
        return response


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    """Record in the history which user made a change, and in which view.

    It records the name of the view and not the address: some addresses hold the token of a link, and history is never
    deleted. A view whose class `reads_no_session` has no user to record: caches may share its answer, which must not
    depend on a cookie.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return the user and the name of the view; the history stores the name as `view_name`."""
        try:
            match = resolve(request.path_info)
        except Resolver404:
            view_name, reads_no_session = "", False
        else:
            view_name = match.view_name
            reads_no_session = getattr(getattr(match.func, "cls", None), "reads_no_session", False)
        user = None if reads_no_session else super().get_context(request)["user"]
        return {"user": user, "view_name": view_name}


class ContestPartsMiddleware:
    """Read the contests in which a reviewer has a part once for a request that only reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response. A request that changes something reads the contests each time, under its locks."""
        with reading_contests_once() if request.method in ("GET", "HEAD") else nullcontext():
            return self.get_response(request)


UNUSED_BROWSER_FEATURES = ("camera", "geolocation", "microphone", "payment", "usb")
PERMISSIONS_POLICY = ", ".join(f"{name}=()" for name in UNUSED_BROWSER_FEATURES)
"""Features that none of our pages uses, so that a script that slips into one cannot use them either."""


RETRY_AFTER_SECONDS = "60"
"""The window of most of allauth's rate limits; allauth sends no Retry-After itself."""


class HeadersMiddleware:
    """Add security headers to every response, and forbid caches to store it unless its view allows it.

    Nearly all responses hold personal data.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the headers that the view has not set. Static files do not pass through here."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", RETRY_AFTER_SECONDS)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "Allow" in response.headers and request.path_info.startswith(API_PREFIX):
            # Django REST framework names OPTIONS even where there is no answer to it.
            response.headers["Allow"] = response.headers["Allow"].removesuffix(", OPTIONS")
        return response


class TrailingSlashMiddleware(CommonMiddleware):
    """Redirect pages that lack their trailing slash, and API addresses that have one too many.

    An API address is redirected with 308, which makes clients repeat method and body: 301 would turn a POST into a GET.
    """

    def process_request(self, request: HttpRequest) -> HttpResponsePermanentRedirect | None:
        """Return the redirect to an API address without its last slash, or what Django does with a page."""
        if _has_extra_slash(request):
            path, separator, query = request.get_full_path().partition("?")
            address = escape_leading_slashes(path.removesuffix("/") + separator + query)
            return HttpResponsePermanentRedirect(address, preserve_request=True)
        return super().process_request(request)

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """Return whether the address with a slash is a page, which it never is in the API."""
        return not request.path_info.startswith(API_PREFIX) and super().should_redirect_with_slash(request)


def _has_extra_slash(request: HttpRequest) -> bool:
    """Return whether only the last slash keeps this from being an address of the API."""
    path = request.path_info
    if not (path.startswith(API_PREFIX) and path.endswith("/")):
        return False
    return not is_valid_path(path) and bool(is_valid_path(path.removesuffix("/")))
