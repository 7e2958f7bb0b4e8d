"""The secret of an authenticator app that a user has scanned and not confirmed yet.

allauth makes a new secret whenever the page is loaded, which voids the code that was scanned. Here a pending secret is
kept for some minutes.
"""

from datetime import datetime, timedelta

from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

PENDING_SECRET_LIFETIME = timedelta(minutes=10)
MADE_AT_SESSION_KEY = "core.accounts.totp_secret_made_at"


def find_pending_secret(session: SessionBase, *, at: datetime) -> str | None:
    """Return the pending secret of this session; None without one, or when it is too old to be shown again."""
    secret: str | None = session.get(SECRET_SESSION_KEY)
    made_at = session.get(MADE_AT_SESSION_KEY)
    if not secret or made_at is None:
        return None
    age = at - datetime.fromisoformat(made_at)
    return secret if timedelta(0) <= age <= PENDING_SECRET_LIFETIME else None


def store_pending_secret(session: SessionBase, secret: str, *, at: datetime) -> str:
    """Make `secret` the pending one and return it; the time of a secret that is pending already stays."""
    if find_pending_secret(session, at=at) != secret:
        session[MADE_AT_SESSION_KEY] = at.isoformat()
    session[SECRET_SESSION_KEY] = secret
    return secret
