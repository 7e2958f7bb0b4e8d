"""Core's Celery tasks. Each calls one action."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from core.accounts.recovery_ends import process_due_recoveries
from core.api.idempotency_keys import delete_expired_keys
from core.form_keys import delete_expired_form_keys
from core.notifications.bounce_mailbox import read_bounce_mailbox
from core.notifications.delivery import deliver_due_notices
from core.privacy.retention import apply_retention_rules
from core.rate_counters import delete_expired_counters

MAX_NOTICES_PER_TASK = 1_000


@shared_task(name="core.tasks.deliver_notices")
def deliver_notices() -> None:
    """Send the notices that are due."""
    deliver_due_notices(at=timezone.now(), most=MAX_NOTICES_PER_TASK, now=timezone.now)


@shared_task(name="core.tasks.read_bounces")
def read_bounces() -> None:
    """Read the letters that came back, where a mailbox for them is set."""
    read_bounce_mailbox(settings.BOUNCE_MAILBOX, at=timezone.now())


@shared_task(name="core.tasks.delete_idempotency_keys")
def delete_idempotency_keys() -> None:
    """Delete the keys of the API's requests and of pages' forms that are older than a day."""
    delete_expired_keys(at=timezone.now())
    delete_expired_form_keys(at=timezone.now())


@shared_task(name="core.tasks.delete_rate_counters")
def delete_rate_counters() -> None:
    """Delete the counters of rate limits that are over."""
    delete_expired_counters(at=timezone.now())


@shared_task(name="core.tasks.sweep_factor_recoveries")
def sweep_factor_recoveries() -> None:
    """Remove the lost second factors whose day of waiting is over."""
    process_due_recoveries(at=timezone.now())


@shared_task(name="core.tasks.enforce_retention")
def enforce_retention() -> None:
    """Delete the rows whose retention period is over."""
    apply_retention_rules(at=timezone.now())
