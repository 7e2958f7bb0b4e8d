"""The password of a user who is signed in, asked for once more."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from core.accounts.code_limits import find_longest_window
from core.errors import TooManyRequests
from core.models import User
from core.waits import describe_wait

OWN_PASSWORD_LIMIT = "own_password"
OWN_PASSWORD_LOCK_SECONDS = find_longest_window(OWN_PASSWORD_LIMIT)


def explain_too_many_own_passwords() -> str:
    """Return why no password of this account is looked at for a while."""
    return _("Too many wrong passwords. Wait %(wait)s, then try again.") % {
        "wait": describe_wait(OWN_PASSWORD_LOCK_SECONDS)
    }


TOO_MANY_OWN_PASSWORDS = lazy(explain_too_many_own_passwords, str)()


def is_own_password(request: HttpRequest, user: User, password: str) -> bool:
    """Return whether the password is the user's; a wrong one counts.

    One limit holds for all sessions of the account and all places that ask for a password: a stolen session gives no
    tries of its own. Sign-ins have another: what a stranger types there keeps nobody from proving themselves here.
    Raises TooManyRequests after too many wrong ones.
    """
    if not password:
        return False
    counted = ratelimit.consume(request, app="allauth.account", action=OWN_PASSWORD_LIMIT, user=user)
    if counted is None:
        raise TooManyRequests(str(TOO_MANY_OWN_PASSWORDS), retry_after=OWN_PASSWORD_LOCK_SECONDS, field="password")
    is_right = user.check_password(password)
    if is_right:
        counted.rollback()
    return is_right


def forget_own_wrong_passwords(request: HttpRequest, user: User) -> None:
    """Reset the count of the account, after a new password by mail."""
    ratelimit.clear(request, app="allauth.account", action=OWN_PASSWORD_LIMIT, user=user)
