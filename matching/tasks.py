"""Matching's Celery tasks: primitive ids in, then one action."""

import time
from collections.abc import Callable
from datetime import datetime

import structlog
from celery import shared_task
from django.utils import timezone

from campaigns.actions.reminders import ask_after_primaries, remind_of_unverified_campaigns
from campaigns.actions.requests import close_ended_requests
from matching.lifecycle.actions import clocks
from matching.lifecycle.queries.policies import get_active_policy
from matching.runs.actions import arrays, execution, scheduling
from volunteers.actions.reminders import ask_to_confirm_availability

log = structlog.get_logger(__name__)


@shared_task(name="matching.tasks.execute_run")
def execute_run(*, run_id: int) -> None:
    """Executes a run that waits."""
    execution.execute_run(run_id, now=timezone.now, seconds=time.perf_counter)


@shared_task(name="matching.tasks.execute_limited_run")
def execute_limited_run(*, run_id: int) -> None:
    """The same for a run over some roles: the everyday worker does it, so that it waits for no run over everything."""
    execution.execute_run(run_id, now=timezone.now, seconds=time.perf_counter)


@shared_task(name="matching.tasks.sweep_due_work")
def sweep_due_work() -> None:
    """Finds what the database says is due, whether or not a message came. One that fails holds up no other."""
    at = timezone.now()
    due: list[Callable[[], object]] = [
        lambda: clocks.broadcast_emergencies(at=at),
        lambda: close_ended_requests(at=at),
        lambda: clocks.end_orphaned_matches(at=at),
        lambda: clocks.advance_ready_teams(at=at),
        lambda: clocks.process_due_matches(at=at),
        lambda: clocks.send_due_reminders(at=at),
        lambda: clocks.escalate_overdue_reports(at=at),
        lambda: _remind_of_unverified_campaigns(at=at),
        lambda: ask_after_primaries(at=at),
        lambda: ask_to_confirm_availability(valid_days=get_active_policy().availability_valid_days, at=at),
        lambda: scheduling.queue_regular_run(at=at),
        lambda: scheduling.requeue_lost_runs(at=at),
        lambda: arrays.delete_expired_arrays(at=at),
    ]
    for each in due:
        try:
            each()
        except Exception:
            log.exception("a part of the sweep failed")


def _remind_of_unverified_campaigns(*, at: datetime) -> None:
    policy = get_active_policy()
    remind_of_unverified_campaigns(review_hours=policy.review, time_zone=policy.time_zone, at=at)
