"""Claim idempotency keys, and delete the expired ones."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core.errors import IdempotencyKeyReused
from core.models import IdempotencyKey, User

KEY_LIFETIME = timedelta(days=1)


def claim_idempotency_key(*, actor: User, key: str, digest: str, at: datetime) -> IdempotencyKey:
    """Return the row of the key, locked; a new one has no status, and the caller stores the response in it.

    A second request with the same key waits for the transaction of the first. Raises IdempotencyKeyReused when the key
    came with a different request before.
    """
    # Insert first and lock then: of two requests at once only one inserts, and the other waits for its commit.
    new = IdempotencyKey(user=actor, key=key, request_digest=digest, created_at=at)
    IdempotencyKey.objects.bulk_create([new], ignore_conflicts=True)
    row = IdempotencyKey.objects.select_for_update(no_key=True).get(user=actor, key=key)
    if row.request_digest != digest:
        raise IdempotencyKeyReused(
            _("This Idempotency-Key came with another request before. Use a new key for a new request.")
        )
    return row


def delete_expired_keys(*, at: datetime) -> int:
    """Delete the keys that are older than a day with their responses, and return how many."""
    return IdempotencyKey.objects.filter(created_at__lte=at - KEY_LIFETIME).delete()[0]
