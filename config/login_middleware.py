"""Who is let through to pages and to the admin."""

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
    """Pages are closed unless they say otherwise: to nobody who has not signed in, and not well enough for their role.

    A page that is `login_not_required` is open; one with nothing but the reader's own says so by `core.accounts.mfa.mfa_not_required`.
    allauth's own pages are where one signs in and sets up a factor. The API judges for itself.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Sequence[Any], view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Lets through, or sends to where one signs in or proves oneself."""
        away: HttpResponseBase | None = super().process_view(request, view_func, tuple(view_args), view_kwargs)
        if away is not None or _is_exempt_from_mfa(view_func) or not isinstance(request.user, User):
            return away
        lacking = find_missing_mfa(request, request.user)
        if lacking is None:
            return None
        messages.warning(request, lacking.message)
        if not mfa.list_authenticators(request.user).exists():
            return redirect("mfa_index")
        return redirect(f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}")


def _is_exempt_from_mfa(view: Callable[..., Any]) -> bool:
    mine = getattr(view, "only_own", False) or not getattr(view, "login_required", True)
    return mine or getattr(view, "__module__", "").startswith("allauth.")


def find_missing_mfa(request: HttpRequest, user: User) -> MFARequired | None:
    """Why this sign-in is not enough for the role of `user`; None if it is. Looked up once for a request."""
    if not hasattr(request, "lacks_factor"):
        try:
            mfa.require_mfa(user, proven=mfa.session_has_mfa(request.session, user))
            request.lacks_factor = None  # type: ignore[attr-defined]
        except MFARequired as lacking:
            request.lacks_factor = lacking  # type: ignore[attr-defined]
    found: MFARequired | None = request.lacks_factor  # type: ignore[attr-defined]
    return found
