"""Tokens with which a drill asks as one of the demo's users."""

import secrets

from django.utils import timezone

from core.accounts.authentication import TOKEN_PREFIX
from core.accounts.personal_tokens import create_token
from core.models import PersonalToken, User


def create_drill_token(user: User) -> str:
    """Return a personal token with which the drill asks as this user."""
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    create_token(
        actor=user,
        name="drill",
        scope=PersonalToken.Scope.WRITE,
        days=1,
        secret=secret,
        has_mfa=True,
        authenticated_at=now,
        at=now,
    )
    return secret
