"""Second factors whose secret our keys cannot read, as after a restore with another secret key."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken

_ENCRYPTED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}
"""What is encrypted of each kind of factor. Passkeys have no secret here."""


def count_unreadable_factors() -> int:
    """Return how many accounts have a second factor that neither SECRET_KEY nor one of its fallbacks can read."""
    adapter, users = get_adapter(), set[int]()
    rows = Authenticator.objects.filter(type__in=list(_ENCRYPTED)).values_list("user", "type", "data")
    for user, kind, content in rows.iterator():
        encrypted = content.get(_ENCRYPTED[kind])
        try:
            if encrypted:
                adapter.decrypt(encrypted)
        except InvalidToken:
            users.add(user)
    return len(users)
