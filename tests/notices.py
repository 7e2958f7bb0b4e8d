"""What tests ask and change about notices."""

from django.db.models import F

from core.models import Notice


def mark_notices_sent() -> None:
    """Mark every notice as sent at the moment it was enqueued."""
    Notice.objects.filter(sent_at=None).update(sent_at=F("created_at"))


def list_notified_names(kind: str) -> set[str]:
    """The names of the users for whom a notice of this kind was enqueued."""
    return {notice.recipient.email.split("@")[0] for notice in Notice.objects.filter(kind=kind) if notice.recipient}
