"""Send Celery tasks when a transaction commits. A lost message costs some seconds: the periodic sweep finds the row."""

import time

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)

BROKER_RETRY_SECONDS = 10.0  # how long a broker that did not answer is left alone


class _BrokerStatus:
    """Until when this process leaves the broker alone: each attempt blocks the request for seconds before it fails."""

    unavailable_until = 0.0


def send_task_on_commit(task: str, **ids: int) -> None:
    """Send the task of that name, with these ids, once the current transaction is committed.

    It takes the name, as actions must not import tasks, which stand above them. A broker that is away is logged, never
    raised, and left alone for `BROKER_RETRY_SECONDS`.
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
