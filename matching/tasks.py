"""Celery tasks: each takes primitive ids and calls actions."""

import time
from collections.abc import Callable
from datetime import datetime

import structlog
from celery import shared_task
from django.utils import timezone

from campaigns.actions.candidate_stops import escalate_overdue_stops
from campaigns.actions.reminders import ask_after_primaries, remind_of_unverified_campaigns
from campaigns.actions.request_ends import close_ended_requests
from core.database_trouble import is_row_locked, passing_over_locks
from matching.lifecycle.actions import clocks
from matching.lifecycle.actions.incident_calls import escalate_overdue_calls
from matching.lifecycle.actions.incident_watch import tell_all_of_untaken_incidents
from matching.lifecycle.actions.interests import end_settled_interests
from matching.lifecycle.actions.meeting_reminders import remind_of_meetings
from matching.lifecycle.actions.missing_reviewers import remind_of_missing_reviewers
from matching.lifecycle.queries.policies import get_active_policy
from matching.runs.actions import arrays, automatic_runs, execution, playbook_supply, verification
from volunteers.actions.answers import escalate_late_answers
from volunteers.actions.reminders import ask_to_confirm_availability

log = structlog.get_logger(__name__)


@shared_task(name="matching.tasks.execute_run")
def execute_run(*, run_id: int) -> None:
    """Execute a queued run over everything."""
    execution.execute_run(run_id, now=timezone.now, seconds=time.perf_counter)


@shared_task(name="matching.tasks.execute_limited_run")
def execute_limited_run(*, run_id: int) -> None:
    """Execute a queued run over some roles or volunteers.

    The everyday worker takes these, so that they do not wait for a run over everything.
    """
    execution.execute_run(run_id, now=timezone.now, seconds=time.perf_counter)


@shared_task(name="matching.tasks.verify_run")
def verify_run(*, run_id: int) -> None:
    """Check the stored result of a run."""
    verification.verify_run(run_id, at=timezone.now())


@shared_task(name="matching.tasks.sweep_due_work")
def sweep_due_work() -> None:
    """Do all work that is due according to the database, whether or not a message for it arrived.

    A step that fails is logged and does not stop the others.
    """
    at = timezone.now()
    steps: list[Callable[[], object]] = [
        lambda: tell_all_of_untaken_incidents(at=at),
        lambda: clocks.broadcast_emergencies(at=at),
        lambda: close_ended_requests(at=at),
        lambda: clocks.end_orphaned_matches(at=at),
        lambda: clocks.advance_ready_teams(at=at),
        lambda: clocks.process_due_matches(at=at),
        lambda: clocks.send_due_reminders(at=at),
        lambda: remind_of_meetings(at=at),
        lambda: clocks.escalate_overdue_reports(at=at),
        lambda: escalate_overdue_stops(at=at),
        lambda: escalate_overdue_calls(at=at),
        lambda: _remind_of_unverified_campaigns(at=at),
        lambda: escalate_late_answers(at=at),
        lambda: end_settled_interests(at=at),
        lambda: remind_of_missing_reviewers(at=at),
        lambda: ask_after_primaries(at=at),
        lambda: ask_to_confirm_availability(valid_days=get_active_policy().availability_valid_days, at=at),
        lambda: automatic_runs.queue_regular_run(at=at),
        lambda: automatic_runs.requeue_lost_runs(at=at),
        lambda: verification.resend_due_verifications(at=at),
        lambda: arrays.delete_expired_arrays(at=at),
    ]
    # A row that another transaction holds is left to the next sweep: it must not hold up what is due elsewhere.
    with passing_over_locks():
        for step in steps:
            try:
                step()
            except Exception as error:
                if is_row_locked(error):
                    log.info("a part of the sweep met a locked row and is left to the next one")
                else:
                    log.exception("a part of the sweep failed")


@shared_task(name="matching.tasks.count_playbook_supply")
def count_playbook_supply() -> None:
    """Count who could take the roles of playbooks, once a night."""
    playbook_supply.count_playbook_supply(at=timezone.now())


def _remind_of_unverified_campaigns(*, at: datetime) -> None:
    remind_of_unverified_campaigns(time_zone=get_active_policy().time_zone, at=at)
