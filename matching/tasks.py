"""Matching's Celery tasks: primitive ids in, then one action."""

import time

from celery import shared_task
from django.utils import timezone

from matching.actions import answer, runs


@shared_task(name="matching.tasks.execute_run")
def execute_run(*, run_id: int) -> None:
    """Executes a run that waits."""
    runs.execute_run(run_id, now=timezone.now, seconds=time.perf_counter)


@shared_task(name="matching.tasks.sweep")
def sweep() -> None:
    """Finds what the database says is due, whether or not a message came."""
    at = timezone.now()
    answer.expire_overdue(at=at)
    runs.requeue_lost(at=at)
    runs.delete_old_arrays(at=at)
