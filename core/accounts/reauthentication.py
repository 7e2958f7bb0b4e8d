"""Recent authentication: what a session must show before it may change how an account is signed in to.

A session that was stolen or left open must not take the account over. So changes of addresses, factors and codes need
an authentication of the last minutes: a sign-in, a sign-up, or a fresh proof. Neither must it erase other people, open
their accounts or campaigns, or end what cannot be begun again.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils.translation import gettext as _

from core.accounts.mfa import last_authenticated_at, list_authenticators
from core.errors import ReauthenticationRequired
from core.models import User

REAUTHENTICATION_MAX_AGE = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
PASSWORD_REAUTHENTICATION = "reauthenticate"
"""allauth's name of the proof by password."""


def has_authenticated_recently(session: SessionBase, user: User, *, at: datetime) -> bool:
    """Return whether the user has authenticated in this session within the last minutes.

    For a user with a second factor only an authentication by factor counts: a password alone may have leaked.
    """
    with_mfa = list_authenticators(user).exists()
    return is_recent(last_authenticated_at(session, user, with_mfa=with_mfa), at=at)


def is_recent(authenticated_at: datetime | None, *, at: datetime) -> bool:
    """Return whether an authentication at that time is recent; None, for a personal token, never is."""
    return authenticated_at is not None and abs(at - authenticated_at) <= REAUTHENTICATION_MAX_AGE


def has_confirmed_recently(session: SessionBase, user: User, *, at: datetime) -> bool:
    """Return whether the user has confirmed, within the last minutes of this session, that it is them.

    The sign-in is not enough, unless there is nothing else to ask for: an account without a password and a second
    factor signs in by a mailed code only. For a user with a second factor only the factor counts.
    """
    with_mfa = list_authenticators(user).exists()
    is_repeated = with_mfa or user.has_usable_password()
    return is_recent(last_authenticated_at(session, user, with_mfa=with_mfa, is_repeated=is_repeated), at=at)


def require_recent_authentication(
    user: User, *, has_mfa: bool, authenticated_at: datetime | None, at: datetime, message: str = ""
) -> None:
    """Raise ReauthenticationRequired unless the caller has authenticated within the last minutes.

    `authenticated_at` is of a second factor if `has_mfa`. A user with a factor needs that. `message` says why it is
    asked for, if the call does not open the caller's own account.
    """
    if not is_recent(authenticated_at, at=at) or (not has_mfa and list_authenticators(user).exists()):
        raise ReauthenticationRequired(
            message or _("This opens your account, so show once more that it is you. Then ask for it again.")
        )
