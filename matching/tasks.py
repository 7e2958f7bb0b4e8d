"""Matching's Celery tasks: primitive ids in, then one action."""

import time
from collections.abc import Callable

import structlog
from celery import shared_task
from django.utils import timezone

from campaigns.actions.requests import close_ended_requests
from matching.actions import clocks, execution, runs, waiting
from matching.queries.matches import active_policy

log = structlog.get_logger(__name__)


@shared_task(name="matching.tasks.execute_run")
def execute_run(*, run_id: int) -> None:
    """Executes a run that waits."""
    execution.execute_run(run_id, now=timezone.now, seconds=time.perf_counter)


@shared_task(name="matching.tasks.execute_limited_run")
def execute_limited_run(*, run_id: int) -> None:
    """The same for a run over some roles: the everyday worker does it, so that it waits for no run over everything."""
    execution.execute_run(run_id, now=timezone.now, seconds=time.perf_counter)


@shared_task(name="matching.tasks.sweep")
def sweep() -> None:
    """Finds what the database says is due, whether or not a message came. One that fails holds up no other."""
    at = timezone.now()
    due: list[Callable[[], object]] = [
        lambda: clocks.race_emergencies(at=at),
        lambda: close_ended_requests(at=at),
        lambda: clocks.end_orphans(at=at),
        lambda: clocks.complete_teams(at=at),
        lambda: clocks.move_due(at=at),
        lambda: clocks.remind_due(at=at),
        lambda: clocks.escalate_reports(at=at),
        lambda: waiting.remind_of_unverified(policy=active_policy(), at=at),
        lambda: waiting.ask_after_primaries(at=at),
        lambda: waiting.ask_whether_still_there(policy=active_policy(), at=at),
        lambda: runs.ask_regular_run(at=at),
        lambda: runs.requeue_lost(at=at),
        lambda: runs.delete_old_arrays(at=at),
    ]
    for each in due:
        try:
            each()
        except Exception:
            log.exception("a part of the sweep failed")
