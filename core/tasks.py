"""Core's Celery tasks: load, then one action."""

from celery import shared_task
from django.utils import timezone

from core.actions.idempotency import forget
from core.actions.notices import deliver_due


@shared_task(name="core.tasks.deliver_notices")
def deliver_notices() -> None:
    """Sends the notices that are due."""
    deliver_due(at=timezone.now())


@shared_task(name="core.tasks.forget_keys")
def forget_keys() -> None:
    """Deletes idempotency keys whose day is over."""
    forget(at=timezone.now())
