"""Claim the one-time keys of pages' forms, and delete the expired ones."""

from datetime import datetime, timedelta

from core.models import FormKey

FORM_KEY_LIFETIME = timedelta(days=1)


def claim_form_key(*, digest: str, at: datetime) -> FormKey:
    """Return the row of a submission, locked, in the caller's transaction; a new one has no location yet.

    The same submission a second time waits for the transaction of the first.
    """
    # Insert first and lock then: of two requests at once only one inserts, and the other waits for its commit.
    FormKey.objects.bulk_create([FormKey(digest=digest, created_at=at)], ignore_conflicts=True)
    return FormKey.objects.select_for_update(no_key=True).get(digest=digest)


def delete_expired_form_keys(*, at: datetime) -> int:
    """Delete the keys that are older than a day, and return how many."""
    return FormKey.objects.filter(created_at__lte=at - FORM_KEY_LIFETIME).delete()[0]
