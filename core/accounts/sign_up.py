"""Sign-ups for one address: how often, and whose password counts when several have not been proved yet."""

from datetime import datetime

from allauth.account.internal.flows.email_verification import consume_email_verification_rate_limit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.accounts.code_letters import build_letter_key, count_sign_in_letter
from core.accounts.code_limits import find_code_limit
from core.accounts.queries import list_unproved_accounts
from core.email_addresses import has_proven_address
from core.errors import TooManyRequests
from core.models import User
from core.rate_counters import count_request

SIGN_UP_PASSWORD_SESSION_KEY = "core.accounts.sign_up_password"
"""Where a session holds the hash of the password that it signed up with, for an account that another one made."""


def count_sign_up(request: HttpRequest, email: str, *, at: datetime) -> None:
    """Count a sign-up of the address from this network, and its letter. Raises TooManyRequests for one too many.

    It is counted before anything is known of the address, so that the refusal says nothing of it. Each network has
    counts of its own, as for codes: so no stranger keeps the owner of an address from signing up.
    """
    limit = find_code_limit("sign_up")
    key = f"sign-up_{build_letter_key(request, email)}"
    is_allowed = count_request(key, limit=limit.amount, seconds=limit.seconds, at=at).is_allowed
    if not is_allowed or not consume_email_verification_rate_limit(request, email, dry_run=True):
        raise TooManyRequests(
            _("A letter is on its way. Look for it, or sign up again in a moment."), retry_after=limit.seconds
        )
    count_sign_in_letter(request, email, at=at)


def find_pending_account(email: str) -> User | None:
    """Return the account that claims the address without a proof, and was never used; None without one."""
    return User.objects.filter(email=email.lower(), pk__in=list_unproved_accounts().values("pk")).first()


def is_still_to_prove(user: User | None, email: str) -> bool:
    """Return whether a code for the address still has an account to prove, which another session may have ended."""
    if user is None:
        return False
    return not has_proven_address(user, email)
