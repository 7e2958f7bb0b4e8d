"""Middleware that limits the guesses at a code that was sent by mail."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from core.rate_counters import count_request

MAX_EMAIL_CODE_GUESSES = 10  # of one session, in each period
EMAIL_CODE_PERIOD = timedelta(minutes=15)  # for which a code is valid

_PAGE = "account_email_verification_sent"
_API = ("headless:app:account:verify_email", "headless:browser:account:verify_email")


class EmailCodeMiddleware(MiddlewareMixin):
    """Count the guesses at a mailed code.

    allauth ends the code after three wrong ones. It counts them in the session, where parallel guesses do not see each
    other.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        """Return None to let the request through, or a 429."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        is_guess = name in _API or (name == _PAGE and request.method == "POST")
        session = request.headers.get("X-Session-Token") or request.session.session_key
        if not (is_guess and session):
            return None
        digest = hashlib.sha256(session.encode()).hexdigest()
        seconds = EMAIL_CODE_PERIOD.total_seconds()
        counted = count_request(
            f"email-code_{digest}", limit=MAX_EMAIL_CODE_GUESSES, seconds=seconds, at=timezone.now()
        )
        if counted.is_allowed:
            return None
        # allauth's own answer of the API needs its view, which has not begun.
        return JsonResponse({"status": 429}, status=429) if name in _API else render(request, "429.html", status=429)
