"""The inbox of a user."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from core.models import Notice, User


@transaction.atomic
def mark_notices_read(*, actor: User, notices: Iterable[str] | None = None, at: datetime) -> int:
    """Mark these notices of the user, or all, as read; return how many were unread."""
    unread = Notice.objects.filter(recipient=actor, read_at=None)
    if notices is not None:
        unread = unread.filter(public_id__in=list(notices))
    return unread.update(read_at=at)


def list_inbox_notices(user: User) -> QuerySet[Notice]:
    """Return the notices of a user, the newest first, without those that were obsolete before they were sent."""
    return Notice.objects.filter(recipient=user, obsolete_at=None).order_by("-created_at", "-pk")
