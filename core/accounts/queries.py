"""Read users, their addresses and their personal tokens."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from core.models import FactorRecovery, PersonalToken, User


def recoveries_visible_to(user: User) -> QuerySet[FactorRecovery]:
    """Return the recoveries of second factors that a user may decide about: a reviewer those of other people."""
    if not user.is_reviewer:
        return FactorRecovery.objects.none()
    return FactorRecovery.objects.exclude(person=user).select_related("person")


def find_recovery(public_id: str) -> FactorRecovery | None:
    """Return the recovery with this public id, with its person; None without one."""
    return FactorRecovery.objects.select_related("person").filter(public_id=public_id).first()


def list_unproved_accounts() -> QuerySet[User]:
    """Return the accounts that never verified their address and were never used."""
    unproved = User.objects.filter(last_login=None, is_staff=False, emailaddress__verified=False)
    return unproved.exclude(emailaddress__verified=True).filter(memberships=None, volunteer=None).distinct()


def hash_token(secret: str) -> str:
    """Return the digest of a token that is stored. A fast hash is enough, as tokens are long and random."""
    return hashlib.sha256(secret.encode()).hexdigest()


def list_valid_tokens(user: User, *, at: datetime) -> QuerySet[PersonalToken]:
    """Return the user's valid tokens, the newest first."""
    return user.tokens.filter(expires_at__gt=at, credential_digest=user.credentials).order_by("-created_at", "-pk")


def find_valid_token(secret: str, *, at: datetime) -> PersonalToken | None:
    """Return the token with its user; None if it has expired, its user is inactive, or their credentials changed."""
    token = (
        PersonalToken.objects.select_related("user").filter(token_digest=hash_token(secret), expires_at__gt=at).first()
    )
    if token is None or not token.user.is_active or token.credential_digest != token.user.credentials:
        return None
    return token
