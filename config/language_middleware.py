"""Middleware that chooses the language of each answer.

- Pages: the language that was chosen on this device; else that of the account; else what the browser asks for.
- The API: what `Accept-Language` asks for. No cookie counts, as caches tell answers apart by the header alone.
- The admin, and what describes the API: English.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from config.interface_languages import ENGLISH
from core.api.problem_details import API_PREFIX
from core.models import User

ADMIN_PREFIX = "/admin/"
CALLS_PREFIX = f"{API_PREFIX}v1/"


def is_english_only(path: str) -> bool:
    """Return whether what stands at a path is English for every reader."""
    return path.startswith(ADMIN_PREFIX) or (path.startswith(API_PREFIX) and not path.startswith(CALLS_PREFIX))


class LanguageMiddleware:
    """Speak the language of the path, the device or the browser. It stands before all that answers in words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response, with its language."""
        _activate(request, find_language(request))
        response = self.get_response(request)
        if not is_english_only(request.path_info):
            patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


class AccountLanguageMiddleware:
    """Speak the language of the account on pages, where none was chosen on this device."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the response. The session is read only for who has one, and only where it matters."""
        path = request.path_info
        is_page = not (is_english_only(path) or path.startswith(API_PREFIX))
        if is_page and settings.SESSION_COOKIE_NAME in request.COOKIES and not find_chosen_language(request):
            user = request.user
            if isinstance(user, User) and user.language in dict(settings.LANGUAGES):
                _activate(request, user.language)
        return self.get_response(request)


def find_language(request: HttpRequest) -> str:
    """Return the language of an answer, as far as it follows without an account."""
    path = request.path_info
    if is_english_only(path):
        return ENGLISH
    if path.startswith(API_PREFIX):
        return negotiate_language(request.headers.get("Accept-Language", ""))
    return find_chosen_language(request) or negotiate_language(request.headers.get("Accept-Language", ""))


def find_chosen_language(request: HttpRequest) -> str:
    """Return the language that was chosen on this device; empty if none was."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""


def negotiate_language(header: str) -> str:
    """Return the language of ours that `Accept-Language` asks for, or English."""
    header_only = HttpRequest()
    header_only.META["HTTP_ACCEPT_LANGUAGE"] = header
    return translation.get_language_from_request(header_only)


def _activate(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language
