"""Doing once what is asked twice under one key."""

from datetime import datetime, timedelta

from core.errors import IdempotencyKeyReused
from core.models import IdempotencyKey, User

KEY_LIFETIME = timedelta(days=1)


def claim_idempotency_key(*, actor: User, key: str, digest: str, at: datetime) -> IdempotencyKey:
    """The key's row, locked; without a status it is new, and the caller answers it in the same transaction.

    Somebody who sends the same key at the same time waits for the first answer. Raises KeyReused when it was sent with
    another request before.
    """
    new = IdempotencyKey(user=actor, key=key, digest=digest, made_at=at)
    IdempotencyKey.objects.bulk_create([new], ignore_conflicts=True)
    row = IdempotencyKey.objects.select_for_update(no_key=True).get(user=actor, key=key)
    if row.digest != digest:
        raise IdempotencyKeyReused(
            "This Idempotency-Key came with another request before. Use a new key for a new request."
        )
    return row


def delete_expired_keys(*, at: datetime) -> int:
    """Deletes the answers that are older than a day, and returns how many."""
    return IdempotencyKey.objects.filter(made_at__lte=at - KEY_LIFETIME).delete()[0]
