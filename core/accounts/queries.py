"""Reading core's rows."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from core.models import PersonalToken, User


def list_reviewers() -> QuerySet[User]:
    """Everybody who reviews."""
    return User.objects.filter(is_staff=True, is_active=True).order_by("pk")


def hash_token(secret: str) -> str:
    """What is kept of a token. It is long and random, so that it need not be slow."""
    return hashlib.sha256(secret.encode()).hexdigest()


def list_valid_tokens(user: User, *, at: datetime) -> QuerySet[PersonalToken]:
    """Somebody's tokens that open something, the newest first."""
    return user.tokens.filter(expires_at__gt=at, credential_digest=user.credentials).order_by("-made_at", "-pk")


def find_valid_token(secret: str, *, at: datetime) -> PersonalToken | None:
    """The token with its owner, if it opens something: in time, of an active account, as their password still is."""
    found = PersonalToken.objects.select_related("user").filter(digest=hash_token(secret), expires_at__gt=at).first()
    if found is None or not found.user.is_active or found.credential_digest != found.user.credentials:
        return None
    return found
