"""Whether somebody has to prove with a second factor who they are, and whether a sign-in has done so.

Who sees others because of a role needs one: reviewers, and whoever an app above registers. Only a sign-in counts in
which the factor was used, and only while that factor is still theirs.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, get_reauthentication_flows
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

_mfa_role_checks = Registry[RoleCheck]("second-factor role")


def register_mfa_role(name: str, holds: RoleCheck) -> None:
    """Add a role, beside the reviewer's, that requires a second factor. Raises ValueError when the name is taken."""
    _mfa_role_checks.register(name, holds)


def is_mfa_required(user: User) -> bool:
    """Whether this person has to have a second factor before anything of others is shown."""
    if settings.SECOND_FACTOR != "required":
        return False
    return user.is_reviewer or any(holds(user) for holds in _mfa_role_checks.values())


def list_authenticators(user: User) -> "QuerySet[Any]":
    """Somebody's authenticator app and passkeys; the codes that replace a lost one are none of their own."""
    factors: QuerySet[Any] = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return factors


def session_has_mfa(session: SessionBase, user: User) -> bool:
    """Whether `session` was signed in to with a factor that the person still has."""
    holder = HttpRequest()
    holder.session = session
    used = [each.get("id") for each in get_authentication_records(holder, user) if each.get("method") == "mfa"]
    return bool(used) and Authenticator.objects.filter(user=user, pk__in=used).exists()


def last_authenticated_at(session: SessionBase, user: User, *, factor: bool) -> datetime | None:
    """When this session last showed whose it is; with a second factor, if `factor` is asked for."""
    holder = HttpRequest()
    holder.session = session
    shown = [each for each in get_authentication_records(holder, user) if not factor or each.get("method") == "mfa"]
    return datetime.fromtimestamp(max(each["at"] for each in shown), tz=UTC) if shown else None


def has_recently_reauthenticated(request: HttpRequest, user: User) -> bool:
    """Whether somebody who is signed in has shown once more who they are, within the last minutes of this session."""
    if not hasattr(request, "session") or not get_reauthentication_flows(user):
        return False
    return bool(did_recently_reauthenticate(request))


def require_mfa(user: User, *, proven: bool) -> None:
    """Raises SecondFactorNeeded when the person needs a factor and has not `proven` themselves with it."""
    if proven or not is_mfa_required(user):
        return
    if list_authenticators(user).exists():
        raise MFARequired(_("Your role here asks for your second factor. Sign in with it, and come back."))
    raise MFARequired(
        _("Your role here shows you other people, so it asks for a second factor: a passkey or a code. Set one up.")
    )


PageView = TypeVar("PageView", bound=Callable[..., HttpResponse])


def mfa_not_required(page: PageView) -> PageView:
    """Marks a page that shows nothing but the reader's own, so that nobody needs a second factor for it."""
    page.only_own = True  # type: ignore[attr-defined]
    return page
