"""Receivers of allauth's signals."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils import timezone

from core.accounts.mfa import list_authenticators
from core.accounts.mfa_reset import end_other_sessions
from core.accounts.recovery_ends import stop_recovery_of_working_factor
from core.models import User
from core.notifications.bounces import clear_bounce


def record_sign_up_password(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Record how the user signed up, as a sign-in records it: with a password, or with the mailed code alone.

    So setting a second factor up right afterwards does not ask for the same once more.
    """
    method = "password" if user.has_usable_password() else "code"
    record_authentication(request, user, method, email=user.email)


def forget_wrong_passwords(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Forget the wrong passwords of an account that has got a new one by mail."""
    get_adapter(request).forget_wrong_passwords(request, user)


def clear_bounce_on_code(*, request: HttpRequest, user: User, **_: Any) -> None:
    """Send letters again to an address that its owner signed in with by a mailed code: it works."""
    for record in get_authentication_records(request, user):
        if record["method"] == "code" and record.get("email"):
            clear_bounce(record["email"], at=datetime.fromtimestamp(record["at"], UTC))


def stop_recovery_on_use(*, user: User, **_: Any) -> None:
    """Stop the recovery of a lost factor when its owner signs in with it: it is not lost."""
    stop_recovery_of_working_factor(user, at=timezone.now())


def end_other_sessions_on_first_factor(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_: object
) -> None:
    """End all other sessions when a user sets up their first second factor, and count this session as signed in by it.

    So no session of a user with a factor goes without it. A further factor changes no session: one that was not signed
    in to with the first factor must not qualify by adding its own.
    """
    is_factor = authenticator.type != Authenticator.Type.RECOVERY_CODES
    if not is_factor or list_authenticators(user).exclude(pk=authenticator.pk).exists():
        return
    end_other_sessions(request.session, user)
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
