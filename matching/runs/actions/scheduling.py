"""Asking for runs, cancelling them, and what the sweep does for them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from campaigns.models import Role
from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from core.task_queue import send_task_on_commit
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Run
from matching.rules.task_names import EXECUTE_LIMITED_RUN_TASK, EXECUTE_RUN_TASK
from volunteers.models import Volunteer

RUN_LEASE = timedelta(minutes=5)
MAX_RUN_ATTEMPTS = 3

_REGULAR_RUN_LOCK_KEY = 0x48414E45  # the key of the advisory lock of `queue_regular_run`


@transaction.atomic
def queue_run(
    *,
    actor: User | None,
    at: datetime,
    roles: Sequence[Role] | None = None,
    people: Sequence[Volunteer] | None = None,
    dry_run: bool = False,
    include_unclaimed: bool = False,
) -> Run:
    """Queues a run over everything, over the free seats of some roles, or over some people; wakes a worker.

    `actor` is the reviewer who asks, or None for the installation itself. A dry run tells nobody and writes no match;
    only it may count the unclaimed. Raises NotAllowed, Invalid.
    """
    if actor is not None and not actor.is_reviewer:
        raise NotAllowed("Only reviewers can ask for a run.")
    if include_unclaimed and not dry_run:
        raise Invalid("People who have not yet said yes can be counted in a dry run only.", field="include_unclaimed")
    if roles is not None and not roles:
        raise Invalid("Name at least one role, or none at all for a run over everything.", field="roles")
    if roles is not None and people is not None:
        raise Invalid("A run is for some places or for some people: ask for one of the two.", field="volunteers")
    run = Run.objects.create(
        policy=get_active_policy(),
        limited=roles is not None or people is not None,
        dry_run=dry_run,
        include_unclaimed=include_unclaimed,
        asked_by=actor,
        asked_at=at,
    )
    run.roles.set(roles or [])
    run.people.set(people or [])
    send_run_task(run)
    return run


def send_run_task(run: Run) -> None:
    """Wakes a worker for a run that waits: whatever is limited waits for no run over everything."""
    send_task_on_commit(EXECUTE_LIMITED_RUN_TASK if run.limited else EXECUTE_RUN_TASK, run_id=run.pk)


def queue_run_for_role(role: Role, *, at: datetime) -> None:
    """Has a role's free seats matched by a run of their own, or by one that waits to begin already."""
    if role.request.state != "published":
        return
    run = _lock_waiting_run(Exists(Run.roles.through.objects.filter(run=OuterRef("pk"))))
    if run is None:
        queue_run(actor=None, at=at, roles=[role])
    else:
        run.roles.add(role)
        send_run_task(run)


def queue_run_for_volunteer(volunteer: Volunteer, *, at: datetime) -> None:
    """Has the places that are empty looked through for somebody, by a run of their own or one that waits already."""
    run = _lock_waiting_run(Exists(Run.people.through.objects.filter(run=OuterRef("pk"))))
    if run is None:
        queue_run(actor=None, at=at, people=[volunteer])
    else:
        run.people.add(volunteer)
        send_run_task(run)


def _lock_waiting_run(kind: Exists) -> Run | None:
    """A run of this kind that we asked for ourselves and that has not begun, locked."""
    waiting = Run.objects.filter(kind, state=Run.State.QUEUED, limited=True, dry_run=False, asked_by=None)
    return waiting.select_for_update(no_key=True, skip_locked=True).order_by("asked_at").first()


@transaction.atomic
def queue_regular_run(*, at: datetime) -> Run | None:
    """Asks for a run over everything when the last one is older than the policy says; None: not yet."""
    with connection.cursor() as cursor:  # two sweeps at once ask for one run
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_REGULAR_RUN_LOCK_KEY])
        if not cursor.fetchone()[0]:
            return None
    recent = Run.objects.filter(
        limited=False, dry_run=False, asked_at__gt=at - timedelta(hours=get_active_policy().run_interval_hours)
    )
    return None if recent.exists() else queue_run(actor=None, at=at)


def cancel_run(run: Run, *, actor: User, at: datetime) -> Run:
    """Ends a run that waits or goes on; nothing of it is stored. Its worker hears of it within some seconds.

    Raises NotAllowed, WrongState.
    """
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers can cancel a run.")
    going = Run.objects.filter(pk=run.pk, state__in=[Run.State.QUEUED, Run.State.RUNNING])
    if not going.update(state=Run.State.CANCELLED, stage="", finished_at=at, lease_expires_at=None):
        raise WrongState("This run has ended already, so there is nothing to cancel.")
    run.refresh_from_db()
    return run


def requeue_lost_runs(*, at: datetime) -> int:
    """Wakes a worker for runs that wait, and queues those again whose worker is gone; returns how many are due.

    After three workers have been lost on it, a run fails and says so.
    """
    lost = Run.objects.filter(state=Run.State.RUNNING, lease_expires_at__lt=at)
    lost.filter(attempts__gte=MAX_RUN_ATTEMPTS).update(
        state=Run.State.FAILED,
        finished_at=at,
        error=f"Its worker stopped without a word {MAX_RUN_ATTEMPTS} times. Read the worker's log, then ask for a new run.",
    )
    lost.update(state=Run.State.QUEUED)
    due = Run.objects.filter(state=Run.State.QUEUED).order_by("asked_at")[:20]
    for run in due:
        send_run_task(run)
    return len(due)
