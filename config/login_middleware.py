"""Middleware that requires a sign-in, and a second factor, for pages and the admin."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from core.accounts import mfa
from core.errors import MFARequired
from core.models import User


class LoginAndMFARequiredMiddleware(LoginRequiredMiddleware):
    """Require a sign-in for every page, and a second factor if the user's role needs one.

    A page that is `login_not_required` is open. A page of nothing but the user's own data needs no second factor; the
    decorator `mfa_not_required` of `core.accounts.mfa` marks it. allauth's pages need none either, as users set up and
    use the factor there. The API has permissions of its own.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Sequence[Any], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Return None to let the request through; else redirect to the page for signing in or for the factor."""
        # Django asks for the user first, which reads the session and makes the answer depend on the cookie.
        if not getattr(view_func, "login_required", True):
            return None
        login_redirect: HttpResponseBase | None = super().process_view(
            request, view_func, tuple(view_args), view_kwargs
        )
        if login_redirect is not None or _is_exempt_from_mfa(view_func) or not isinstance(request.user, User):
            return login_redirect
        missing_mfa = find_missing_mfa(request, request.user)
        if missing_mfa is None:
            if request.session.get(mfa.WANTED_ADDRESS_SESSION_KEY) == request.get_full_path():
                del request.session[mfa.WANTED_ADDRESS_SESSION_KEY]
            return None
        messages.warning(request, missing_mfa.message)
        if not mfa.list_authenticators(request.user).exists():
            if request.method == "GET":
                request.session[mfa.WANTED_ADDRESS_SESSION_KEY] = request.get_full_path()
            return redirect("mfa_index")
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _is_exempt_from_mfa(view: Callable[..., Any]) -> bool:
    return getattr(view, "mfa_not_required", False) or getattr(view, "__module__", "").startswith("allauth.")


def find_missing_mfa(request: HttpRequest, user: User) -> MFARequired | None:
    """Return the error of a sign-in without the second factor that the role of `user` needs; None if it has it."""
    # Cached on the request: the admin asks several times for one page.
    if not hasattr(request, "missing_mfa"):
        try:
            mfa.require_mfa(user, has_mfa=mfa.session_has_mfa(request.session, user))
            request.missing_mfa = None  # type: ignore[attr-defined]
        except MFARequired as error:
            request.missing_mfa = error  # type: ignore[attr-defined]
    missing_mfa: MFARequired | None = request.missing_mfa  # type: ignore[attr-defined]
    return missing_mfa
