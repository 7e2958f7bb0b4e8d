"""The one daily letter: at most one a day and person."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from core.models import Notice, User
from core.notifications.outbox import CLAIM_LEASE, DIGEST_INTERVAL


def claim_daily_digest(recipient: int, at: datetime) -> bool:
    """Claims the one letter a day before it is written, so that a second worker finds it taken.

    A worker that died before it sent the letter leaves the day free once its lease has ended, and so does a clock that
    was wrong by more than a day.
    """
    said = Notice.objects.filter(recipient=OuterRef("pk"), is_immediate=False, sent_at=OuterRef("last_digest_at"))
    lost = Q(last_digest_at__lte=at - CLAIM_LEASE) & ~Exists(said)
    free = (
        Q(last_digest_at=None)
        | Q(last_digest_at__lte=at - DIGEST_INTERVAL)
        | Q(last_digest_at__gt=at + DIGEST_INTERVAL)
        | lost
    )
    return bool(User.objects.filter(free, pk=recipient).update(last_digest_at=at))


def release_daily_digest(notices: list[Notice], at: datetime) -> None:
    """Nothing was sent, so the one letter of the day has still to come."""
    people = [notice.recipient_id for notice in notices if notice.recipient_id is not None and not notice.is_immediate]
    User.objects.filter(pk__in=people, last_digest_at=at).update(last_digest_at=None)
