"""Telling a worker that something is due. Losing the message costs some seconds: a sweep finds the row anyway."""

import time

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)

BROKER_RETRY_SECONDS = 10.0  # for which a broker that did not answer is not asked again


class _BrokerStatus:
    """What this process knows of the broker: it tries for seconds before it gives up, and whoever wakes waits."""

    unavailable_until = 0.0


def send_task_on_commit(task: str, **ids: int) -> None:
    """Sends the task of that name the ids once the current transaction is committed.

    By name, because tasks are doors and whoever wakes them is not. A broker that is away is logged, never raised, and
    left alone for some seconds.
    """

    def publish() -> None:
        if time.monotonic() < _BrokerStatus.unavailable_until:
            return
        try:
            current_app.send_task(task, kwargs=ids, retry=False)
        except (OperationalError, OSError) as error:
            _BrokerStatus.unavailable_until = time.monotonic() + BROKER_RETRY_SECONDS
            log.warning("broker away, the sweep will find it", task=task, error=str(error))

    transaction.on_commit(publish)
