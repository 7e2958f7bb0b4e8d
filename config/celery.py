"""The Celery app. Pending work lives in the database, and messages only hurry it, so any of them may be lost.

The schedule of the periodic sweeps is `BEAT_SCHEDULE` in `config/beat_schedule.py`.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun

from core.request_ids import bind_task_ids, send_request_id, unbind_task_ids

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("handraiser")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**_about: Any) -> None:
    """Leave the logs of workers as `config/log_settings.py` has them: without a receiver Celery sets up its own."""


# The log records of a task name the request that sent it.
before_task_publish.connect(send_request_id)
task_prerun.connect(bind_task_ids)
task_postrun.connect(unbind_task_ids)
