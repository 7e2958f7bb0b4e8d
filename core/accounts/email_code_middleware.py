"""Middleware that limits the guesses at a code that was sent by mail."""

import hashlib
from collections.abc import Callable
from math import ceil
from typing import Any

from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from allauth.headless import app_settings as headless_settings
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from core.accounts.code_limits import find_code_limit
from core.rate_counters import CountedRequest, count_request

_PAGES = {
    "account_email_verification_sent": EMAIL_VERIFICATION_CODE_SESSION_KEY,
    "account_confirm_password_reset_code": PASSWORD_RESET_VERIFICATION_SESSION_KEY,
    "account_confirm_login_code": LOGIN_SESSION_KEY,
}
_APP_API = {
    "app-auth/email/verify": EMAIL_VERIFICATION_CODE_SESSION_KEY,
    "app-auth/password/reset": PASSWORD_RESET_VERIFICATION_SESSION_KEY,
    "app-auth/code/confirm": LOGIN_SESSION_KEY,
}
_API = _APP_API | {name.replace("app-", "browser-", 1): key for name, key in _APP_API.items()}
"""The views that compare codes, each with the key of the code in its session. Those of the API are in auth_api.py."""


class EmailCodeMiddleware(MiddlewareMixin):
    """Count the guesses at a mailed code.

    allauth ends the code after `EMAIL_CODE_GUESSES` wrong ones. It counts them in the session, where parallel guesses
    do not see each other. So they are counted here before allauth compares them, with one statement for each code.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Return None to let the request through, or a 429."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_guess = name in _API or (name in _PAGES and request.method == "POST")
        session = _get_session(request, name) if is_guess else None
        if session is None or session.session_key is None:
            return None
        refused = _count_guess(session, session.session_key, (_PAGES | _API)[name])
        if refused is None:
            return None
        # allauth's own answer of the API needs its view, which has not begun.
        if name not in _API:
            return render(request, "429.html", status=429)
        seconds = ceil(refused.retry_after_seconds)
        return JsonResponse({"status": 429}, status=429, headers={"Retry-After": str(max(1, seconds))})


def _get_session(request: HttpRequest, name: str) -> SessionBase | None:
    """Return the session in which allauth looks for the code.

    Only the API for apps reads the header. On the other ways a new header with each guess would be a new session.
    """
    if name not in _APP_API:
        return request.session
    token = request.headers.get("X-Session-Token")
    return headless_settings.TOKEN_STRATEGY.lookup_session(token) if token else None


def _count_guess(session: SessionBase, session_key: str, code_key: str) -> CountedRequest | None:
    """Count a guess of the session and at its code, and return the count that is over its limit; None if none is."""
    of_session = _count(f"email-code_{_digest(session_key)}", limit=find_code_limit("guesses").amount)
    if not of_session.is_allowed:
        return of_session
    code = _find_code(session, code_key)
    # A code that was right is sent again with the new password: that is no guess.
    if not code or code.get("code_confirmed"):
        return None
    # Named without the session's key, which changes with the password while the code stays.
    sent = _digest(f"{code['at']}:{code['email']}")
    of_code = _count(f"one-email-code_{sent}", limit=settings.EMAIL_CODE_GUESSES)
    return None if of_code.is_allowed else of_code


def _find_code(session: SessionBase, code_key: str) -> dict[str, Any] | None:
    """Return what allauth stores of a code; that of a sign-in is a part of the sign-in."""
    stored: dict[str, Any] | None = session.get(code_key)
    if stored is None or code_key != LOGIN_SESSION_KEY:
        return stored
    code: dict[str, Any] = stored.get("state", {}).get("stages", {}).get("login_by_code", {}).get("data", {})
    return code


def _count(key: str, *, limit: int) -> CountedRequest:
    return count_request(key, limit=limit, seconds=find_code_limit("guesses").seconds, at=timezone.now())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
