"""Sign-ups for one address: how often, and whose password counts when several have not been proved yet."""

import hashlib
from datetime import datetime

from allauth.account.internal.flows.email_verification import consume_email_verification_rate_limit
from django.http import HttpRequest

from core.accounts.code_limits import find_code_limit
from core.accounts.queries import list_unproved_accounts
from core.email_addresses import has_proven_address
from core.models import User
from core.rate_counters import count_request

SIGN_UP_PASSWORD_SESSION_KEY = "core.accounts.sign_up_password"
"""Where a session holds the hash of the password that it signed up with, for an account that another one made."""


def may_sign_up_now(request: HttpRequest, email: str, *, at: datetime) -> bool:
    """Count a sign-up of the address, and return whether it is the only one of its period.

    It is counted before anything is known of the address, so that the answer says nothing of it.
    """
    key = f"sign-up_{hashlib.sha256(email.lower().encode()).hexdigest()}"
    limit = find_code_limit("sign_up")
    if not count_request(key, limit=limit.amount, seconds=limit.seconds, at=at).is_allowed:
        return False
    return bool(consume_email_verification_rate_limit(request, email, dry_run=True))


def find_pending_account(email: str) -> User | None:
    """Return the account that claims the address without a proof, and was never used; None without one."""
    return User.objects.filter(email=email.lower(), pk__in=list_unproved_accounts().values("pk")).first()


def is_still_to_prove(user: User | None, email: str) -> bool:
    """Return whether a code for the address still has an account to prove, which another session may have ended."""
    if user is None:
        return False
    return not has_proven_address(user, email)
