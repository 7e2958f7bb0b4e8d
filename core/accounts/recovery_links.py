"""The link in a letter by which a person stops the recovery of their second factor."""

from django.core import signing

from core.accounts.queries import find_recovery
from core.models import FactorRecovery

RECOVERY_LINK_SALT = "core.accounts.factor_recovery"


def make_recovery_link_token(recovery: FactorRecovery) -> str:
    """Return the signed token of the link by which the person stops the recovery."""
    return signing.dumps(str(recovery.public_id), salt=RECOVERY_LINK_SALT)


def find_recovery_by_link(token: str) -> FactorRecovery | None:
    """Return the recovery that a link was made for; None for a token that we did not sign."""
    try:
        return find_recovery(str(signing.loads(token, salt=RECOVERY_LINK_SALT)))
    except signing.BadSignature:
        return None
