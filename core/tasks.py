"""Core's Celery tasks: load, then one action."""

from celery import shared_task
from django.utils import timezone

from core.api.idempotency_keys import delete_expired_keys
from core.notifications.delivery import deliver_due_notices
from core.privacy.retention import apply_retention_rules as forget_what_is_over


@shared_task(name="core.tasks.deliver_notices")
def deliver_notices() -> None:
    """Sends the notices that are due."""
    deliver_due_notices(at=timezone.now())


@shared_task(name="core.tasks.delete_idempotency_keys")
def delete_idempotency_keys() -> None:
    """Deletes idempotency keys whose day is over."""
    delete_expired_keys(at=timezone.now())


@shared_task(name="core.tasks.enforce_retention")
def enforce_retention() -> None:
    """Forgets what its days are over of."""
    forget_what_is_over(at=timezone.now())
