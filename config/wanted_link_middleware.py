"""Keep the secret of a link out of the address of the sign-in page, which histories, referrers and proxies keep."""

from collections.abc import Callable
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.encryption import build_cipher
from core.link_secrets import hide_link_secrets

WANTED_LINK_COOKIE = "wanted-link"
WANTED_LINK_SECONDS = 3600  # time for a sign-in, or a sign-up with its code
_PURPOSE = "config.wanted_link_middleware"


class WantedLinkMiddleware:
    """Lead from a link to the sign-in and back, without its secret in `next`.

    A cookie keeps the address, encrypted: a session would be a row of a table for each robot that opens links. The
    sign-in leads back to the address with `(secret)` in the secret's place, and from there the cookie leads on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response; the redirect to the link for an address whose secret the cookie knows."""
        wanted = _read_cookie(request)
        if wanted and request.method == "GET" and hide_link_secrets(wanted) == _get_unquoted_address(request):
            response: HttpResponse = redirect(wanted)
            response.delete_cookie(WANTED_LINK_COOKIE)
            return response
        response = self.get_response(request)
        location = urlsplit(response.headers.get("Location", ""))
        query = QueryDict(location.query, mutable=True)
        address = query.get("next", "")
        hidden = hide_link_secrets(address)
        if hidden != address and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
            query["next"] = hidden
            response.headers["Location"] = location._replace(query=query.urlencode(safe="/")).geturl()
            _set_cookie(response, address)
        return response


def _get_unquoted_address(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{request.path}?{query}" if query else request.path


def _set_cookie(response: HttpResponse, address: str) -> None:
    response.set_cookie(
        WANTED_LINK_COOKIE,
        build_cipher(_PURPOSE).encrypt(address.encode()).decode(),
        max_age=WANTED_LINK_SECONDS,
        httponly=True,
        secure=settings.PRODUCTION,
        samesite="Lax",
    )


def _read_cookie(request: HttpRequest) -> str:
    """Return the address that this browser wanted in the last hour; "" without one."""
    try:
        token = request.COOKIES.get(WANTED_LINK_COOKIE, "").encode()
        return build_cipher(_PURPOSE).decrypt(token, ttl=WANTED_LINK_SECONDS).decode() if token else ""
    except InvalidToken:
        return ""
