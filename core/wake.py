"""Telling a worker that something is due. Losing the message costs some seconds: a sweep finds the row anyway."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def wake(task: str, **ids: int) -> None:
    """Sends the task of that name the ids once the current transaction is committed.

    By name, because tasks are doors and whoever wakes them is not. A broker that is away is logged, never raised.
    """

    def publish() -> None:
        try:
            current_app.send_task(task, kwargs=ids, retry=False)
        except (OperationalError, OSError) as error:
            log.warning("broker away, the sweep will find it", task=task, error=str(error))

    transaction.on_commit(publish)
