"""A user's notices, as they stand in their inbox."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from core.models import Notice, User


@transaction.atomic
def mark_notices_read(*, actor: User, notices: Iterable[str] | None = None, at: datetime) -> int:
    """The person has seen these notices, or all of them; returns how many were new to them."""
    mine = Notice.objects.filter(recipient=actor, read_at=None)
    if notices is not None:
        mine = mine.filter(public_id__in=list(notices))
    return mine.update(read_at=at)


def list_inbox_notices(user: User) -> QuerySet[Notice]:
    """What somebody was told, the newest first; what had ceased to be true before it was told is left out."""
    return Notice.objects.filter(recipient=user, obsolete_at=None).order_by("-created_at", "-pk")
