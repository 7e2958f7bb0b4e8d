"""Second factors: decide whether a user needs one, and whether a sign-in has used one.

Anyone whose role shows them other people's data needs one: reviewers, and users with a role that an app registers in
its module `mfa_roles`. A sign-in counts only if the factor was used in it, and only while the user still has that
factor.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.errors import MFARequired
from core.models import User
from core.registry import Registry

RoleCheck = Callable[[User], bool]

WANTED_ADDRESS_SESSION_KEY = "wanted_before_factor"
"""Where a session keeps the page that asked for a second factor, until the user has one and is back there."""

_mfa_role_checks = Registry[RoleCheck]("second-factor role")


def register_mfa_role(name: str, has_role: RoleCheck) -> None:
    """Add a role, beside the reviewer's, that requires a second factor. Raises ValueError when the name is taken."""
    _mfa_role_checks.register(name, has_role)


def is_mfa_required(user: User) -> bool:
    """Return whether the user needs a second factor to see other people's data."""
    if settings.SECOND_FACTOR != "required":
        return False
    return user.is_reviewer or any(has_role(user) for has_role in _mfa_role_checks.values())


def list_authenticators(user: User) -> "QuerySet[Any]":
    """Return the user's authenticator app and passkeys; recovery codes are no factor of their own."""
    factors: QuerySet[Any] = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return factors


def list_factor_types(user: User) -> set[str]:
    """Return what a sign-in may ask of the user: `webauthn`, `totp`, and `recovery_codes` while one is unused."""
    return {
        str(authenticator.type)
        for authenticator in Authenticator.objects.filter(user=user)
        if authenticator.type != Authenticator.Type.RECOVERY_CODES or authenticator.wrap().get_unused_codes()
    }


def session_has_mfa(session: SessionBase, user: User) -> bool:
    """Return whether `session` was signed in to with a factor that the user still has."""
    records = _list_authentication_records(session, user)
    used = [record.get("id") for record in records if record.get("method") == "mfa"]
    return bool(used) and Authenticator.objects.filter(user=user, pk__in=used).exists()


def last_authenticated_at(
    session: SessionBase, user: User, *, with_mfa: bool, is_repeated: bool = False
) -> datetime | None:
    """Return when the user last authenticated in this session.

    Only by second factor, if `with_mfa`; only again after the sign-in, if `is_repeated`.
    """
    times = [
        record["at"]
        for record in _list_authentication_records(session, user)
        if (not with_mfa or record.get("method") == "mfa") and (not is_repeated or record.get("reauthenticated"))
    ]
    return datetime.fromtimestamp(max(times), tz=UTC) if times else None


def _list_authentication_records(session: SessionBase, user: User) -> list[dict[str, Any]]:
    # allauth reads the records from a request; it looks at nothing but the session.
    request = HttpRequest()
    request.session = session
    return list(get_authentication_records(request, user))


def require_mfa(user: User, *, has_mfa: bool) -> None:
    """Raise MFARequired when the user needs a second factor and this sign-in has not used one (`has_mfa`)."""
    if has_mfa or not is_mfa_required(user):
        return
    if list_authenticators(user).exists():
        message = _("Your role here asks for your second factor. Sign in with it, and come back.")
        raise MFARequired(message, has_factor=True)
    raise MFARequired(
        _("Your role here shows you other people, so it asks for a second factor: a passkey or a code. Set one up.")
    )


PageView = TypeVar("PageView", bound=Callable[..., HttpResponse])


def mfa_not_required(page: PageView) -> PageView:
    """Mark a page that shows only the user's own data, so that it needs no second factor."""
    page.mfa_not_required = True  # type: ignore[attr-defined]
    return page
