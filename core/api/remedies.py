"""Say where a caller goes who has to sign in more strongly: the page for a person, and the call for a program."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from core.errors import MFARequired, ReauthenticationRequired


@dataclass(frozen=True, slots=True)
class _Remedy:
    """A page by its name, and what does the same for a program: method, name of the view, and id of the operation."""

    page: str
    method: str
    view: str
    operation_id: str


_SIGN_IN = _Remedy("account_login", "POST", "account:login", "signIn")
_SET_UP_FACTOR = _Remedy("mfa_index", "GET", "mfa:manage_totp", "getAuthenticatorApp")
_USE_FACTOR = _Remedy("mfa_reauthenticate", "POST", "mfa:reauthenticate", "proveByFactor")
_USE_FACTOR_AGAIN = _Remedy("account_reauthenticate", "POST", "mfa:reauthenticate", "proveByFactor")
_SIGN_IN_BY_CODE = _Remedy("account_reauthenticate", "POST", "account:request_login_code", "requestSignInCode")
_USE_PASSWORD_AGAIN = _Remedy("account_reauthenticate", "POST", "account:reauthenticate", "proveByPassword")

REMEDIES = (_SIGN_IN, _SET_UP_FACTOR, _USE_FACTOR, _SIGN_IN_BY_CODE, _USE_PASSWORD_AGAIN)
"""One for each operation that solves a problem."""


def find_remedy(error: Exception, request: Any) -> dict[str, Any]:
    """Return the `where` of a problem; empty when no sign-in solves it.

    `page` is the path of a page. `api` is the operation with which the program's own session does the same; a personal
    token has no session, so for it there is none.
    """
    remedy = _choose_remedy(error, request)
    if remedy is None:
        return {}
    page = {"page": reverse(remedy.page)}
    client = _find_client(request)
    if client is None:
        return page
    path = reverse(f"headless:{client}:{remedy.view}")
    return page | {"api": {"method": remedy.method, "path": path, "operation_id": remedy.operation_id}}


def _choose_remedy(error: Exception, request: Any) -> _Remedy | None:
    if getattr(error, "default_code", "") == "session_over":
        return _SIGN_IN
    if isinstance(error, MFARequired):
        return _USE_FACTOR if error.has_factor else _SET_UP_FACTOR
    if isinstance(error, ReauthenticationRequired):
        # Whoever has signed in with a factor shows that one again: see `core.accounts.reauthentication`.
        has_mfa = getattr(getattr(request, "auth", None), "has_mfa", False)
        if has_mfa:
            return _USE_FACTOR_AGAIN
        user = getattr(request, "user", None)
        # An account without a password signs in again: the call goes without the token of the old session.
        return _USE_PASSWORD_AGAIN if getattr(user, "has_usable_password", lambda: True)() else _SIGN_IN_BY_CODE
    return None


def _find_client(request: Any) -> str | None:
    """Return which of allauth's clients the caller is; None for a personal token, or without a request."""
    if request is None or request.headers.get("Authorization"):
        return None
    return "app" if request.headers.get("X-Session-Token") else "browser"
