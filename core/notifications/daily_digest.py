"""The daily digest: each user gets at most one a day.

It leaves `DIGEST_INTERVAL` after the last one, at no fixed hour. The first leaves at once.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from core.models import Notice, User
from core.notifications.outbox import CLAIM_LEASE

DIGEST_INTERVAL = timedelta(days=1)


def claim_daily_digest(recipient: int, at: datetime) -> bool:
    """Claim the daily letter of a user before it is written; return whether no other worker has it.

    A claim of a worker that died before it sent the letter is free again once its lease has ended. So is a claim that
    lies more than a day in the future, which a wrong clock made.
    """
    sent = Notice.objects.filter(recipient=OuterRef("pk"), is_immediate=False, sent_at=OuterRef("last_digest_at"))
    is_abandoned = Q(last_digest_at__lte=at - CLAIM_LEASE) & ~Exists(sent)
    is_due = Q(last_digest_at=None) | Q(last_digest_at__lte=at - DIGEST_INTERVAL)
    is_in_future = Q(last_digest_at__gt=at + DIGEST_INTERVAL)
    # One UPDATE both tests and claims, so that of two workers only one finds the row.
    claimable = User.objects.filter(is_due | is_in_future | is_abandoned, pk=recipient)
    return bool(claimable.update(last_digest_at=at))


def next_digest_at(recipient: int, at: datetime) -> datetime:
    """Return when the next daily digest of a user may leave: now, or when the interval since the last one is over."""
    last_digest_at = User.objects.get(pk=recipient).last_digest_at or at
    return max(last_digest_at + DIGEST_INTERVAL, at)


def release_daily_digest(notices: list[Notice], at: datetime) -> None:
    """Release the claims on these recipients' letters, which were not sent."""
    recipients = [
        notice.recipient_id for notice in notices if notice.recipient_id is not None and not notice.is_immediate
    ]
    User.objects.filter(pk__in=recipients, last_digest_at=at).update(last_digest_at=None)
