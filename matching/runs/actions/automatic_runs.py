"""Queue the runs that the application itself asks for, and requeue those whose worker was lost."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from campaigns.models import Role
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Run
from matching.runs.actions.scheduling import MAX_RUN_ATTEMPTS, queue_run, send_run_task
from volunteers.models import Volunteer

_REGULAR_RUN_LOCK_KEY = 0x48414E45  # of the advisory lock that `queue_regular_run` takes


def queue_run_for_role(role: Role, *, at: datetime) -> None:
    """Queue a run over a role's free seats, or add the role to a limited run that has not started."""
    if role.request.state != "published":
        return
    run = _lock_waiting_run(Exists(Run.roles.through.objects.filter(run=OuterRef("pk"))))
    if run is None:
        queue_run(actor=None, at=at, roles=[role])
    else:
        run.roles.add(role)
        send_run_task(run)


def queue_run_for_volunteer(volunteer: Volunteer, *, at: datetime) -> None:
    """Queue a run over the empty seats for a volunteer, or add them to a limited run that has not started."""
    run = _lock_waiting_run(Exists(Run.volunteers.through.objects.filter(run=OuterRef("pk"))))
    if run is None:
        queue_run(actor=None, at=at, volunteers=[volunteer])
    else:
        run.volunteers.add(volunteer)
        send_run_task(run)


def _lock_waiting_run(kind: Exists) -> Run | None:
    """Lock and return a queued run of this kind that the application requested itself, if there is one."""
    waiting = Run.objects.filter(kind, state=Run.State.QUEUED, is_limited=True, dry_run=False, requested_by=None)
    return waiting.select_for_update(no_key=True, skip_locked=True).order_by("requested_at").first()


@transaction.atomic
def queue_regular_run(*, at: datetime) -> Run | None:
    """Queue a run over everything when the last one is older than the policy says. Return None when it is not."""
    with connection.cursor() as cursor:  # two sweeps at once must queue one run only
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_REGULAR_RUN_LOCK_KEY])
        if not cursor.fetchone()[0]:
            return None
    recent = Run.objects.filter(
        is_limited=False, dry_run=False, requested_at__gt=at - timedelta(hours=get_active_policy().run_interval_hours)
    )
    return None if recent.exists() else queue_run(actor=None, at=at)


def requeue_lost_runs(*, at: datetime) -> int:
    """Requeue runs whose lease has expired, and wake workers for queued runs. Return how many are queued, 20 at most.

    A run that has lost its worker `MAX_RUN_ATTEMPTS` times fails instead.
    """
    lost = Run.objects.filter(state=Run.State.RUNNING, lease_expires_at__lt=at)
    lost.filter(attempts__gte=MAX_RUN_ATTEMPTS).update(
        state=Run.State.FAILED,
        finished_at=at,
        error=_("The worker stopped unexpectedly %(count)d times. Read its log, then request a new run.")
        % {"count": MAX_RUN_ATTEMPTS},
    )
    lost.update(state=Run.State.QUEUED)
    due = Run.objects.filter(state=Run.State.QUEUED).order_by("requested_at")[:20]
    for run in due:
        send_run_task(run)
    return len(due)
