"""Core's Celery tasks: load, then one action."""

from celery import shared_task
from django.utils import timezone

from core.actions.idempotency import forget
from core.actions.notices import deliver_due
from core.actions.retention import forget_old as forget_what_is_over


@shared_task(name="core.tasks.deliver_notices")
def deliver_notices() -> None:
    """Sends the notices that are due."""
    deliver_due(at=timezone.now())


@shared_task(name="core.tasks.forget_keys")
def forget_keys() -> None:
    """Deletes idempotency keys whose day is over."""
    forget(at=timezone.now())


@shared_task(name="core.tasks.forget_old")
def forget_old() -> None:
    """Forgets what its days are over of."""
    forget_what_is_over(at=timezone.now())
