"""What follows when a sign-in changes."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest

from core.accounts.mfa import list_authenticators
from core.accounts.mfa_reset import end_all_sessions
from core.models import User


def end_other_sessions_on_first_factor(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_: object
) -> None:
    """Whoever sets up their first factor has just used it, so this session counts; every other one ends.

    Nobody who has a factor is then signed in without it anywhere. A further factor proves nothing: a session that was
    not signed in to with the first must not prove itself with one of its own making.
    """
    is_factor = authenticator.type != Authenticator.Type.RECOVERY_CODES
    if not is_factor or list_authenticators(user).exclude(pk=authenticator.pk).exists():
        return
    end_all_sessions(user)
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
