"""Execute a run: take the snapshot, solve it, store the proposals.

Only the worker imports this module, because it imports the compiled kernels.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from core.errors import HandraiserError, Stale
from matching.engine.digest import digest, pack, pack_solution
from matching.engine.problem import Solution
from matching.engine.run import match
from matching.models import Run, RunArrays
from matching.runs.actions.left_out_notices import notify_reviewers_of_left_out_rows
from matching.runs.actions.no_match_notices import notify_campaigns_of_empty_seats, notify_unmatched_volunteers
from matching.runs.actions.policies import digest_policy
from matching.runs.actions.scheduling import RUN_LEASE, send_run_task
from matching.runs.actions.store import store_proposals
from matching.runs.actions.unkept_pins import record_unkept_pins
from matching.snapshot.assembly import Snapshot, take_run_snapshot
from matching.snapshot.unusable_rows import MAX_LEFT_OUT_ROWS

log = structlog.get_logger(__name__)

MAX_SEARCH_SECONDS = 1200.0  # for which one run may search for a better solution
# Each volunteer who joins causes a limited run, so these are many: their arrays are kept over a weekend only.
MAX_UNREQUESTED_ARRAY_DAYS = 3
HEARTBEAT_INTERVAL = timedelta(seconds=2)  # between two heartbeats within one stage

ReadClock = Callable[[], datetime]


def execute_run(run_id: int, *, now: ReadClock, seconds: Callable[[], float]) -> Run | None:
    """Execute a queued run, and wake a worker for the next one.

    `now` returns the time, `seconds` a monotonic count of seconds. Return None when there is nothing to do: the run is
    no longer queued, another run over everything is running, or the database went away meanwhile. A run that fails
    records why and leaves the proposals as they were.
    """
    run = _claim_run(run_id, at=now())
    if run is None:
        return None
    try:
        _solve_and_store(run, now=now, seconds=seconds)
    except HandraiserError as error:
        _fail_run(run, error.message, at=now())
    except (OperationalError, InterfaceError):
        # The database is away, or a lock was not given. When the lease ends, the sweep requeues the run.
        log.exception("run left to the sweep", run=str(run.public_id))
        return None
    except Exception as error:
        log.exception("run failed", run=str(run.public_id))
        _fail_run(
            run, _("The run stopped with an error: %(error)s") % {"error": f"{type(error).__name__}: {error}"}, at=now()
        )
    next_run = Run.objects.filter(state=Run.State.QUEUED, is_limited=run.is_limited).order_by("requested_at").first()
    if next_run:
        send_run_task(next_run)
    run.refresh_from_db()
    return run


def _claim_run(run_id: int, *, at: datetime) -> Run | None:
    queued = Run.objects.filter(pk=run_id, state=Run.State.QUEUED)
    try:
        with transaction.atomic():
            claimed = queued.update(
                state=Run.State.RUNNING,
                started_at=at,
                lease_expires_at=at + RUN_LEASE,
                attempts=F("attempts") + 1,
                stage="snapshot",
            )
    except IntegrityError:  # another run over everything is running, and wakes this one when it ends
        return None
    return Run.objects.select_related("policy").get(pk=run_id) if claimed else None


def _solve_and_store(run: Run, *, now: ReadClock, seconds: Callable[[], float]) -> None:
    started = seconds()
    snapshot = take_run_snapshot(run, at=now())
    stage_seconds = {"snapshot": seconds() - started}

    last_heartbeat, current_stage = now(), "snapshot"

    def progress(stage: str) -> None:
        nonlocal last_heartbeat, current_stage
        at = now()
        if stage or at - last_heartbeat >= HEARTBEAT_INTERVAL:
            last_heartbeat, current_stage = at, stage or current_stage
            _record_progress(run, current_stage, at=at)

    solution, solver_seconds = match(snapshot.problem, clock=seconds, progress=progress, seconds=MAX_SEARCH_SECONDS)
    stage_seconds |= solver_seconds
    _record_progress(run, "store", at=now())
    started = seconds()
    with transaction.atomic():
        stored_count = 0 if run.dry_run else store_proposals(run, snapshot, solution, at=now())
        stage_seconds["store"] = seconds() - started
        _finish_run(run, snapshot, solution, stored_count, stage_seconds, at=now())
        notify_reviewers_of_left_out_rows(run, snapshot.left_out, at=now())
        # Whoever sees the run done also sees which pins it did not keep.
        if not run.dry_run:
            record_unkept_pins(run, at=now())
    # Outside the transaction: a worker that dies here leaves these notices to the next run over everything.
    if not (run.dry_run or run.is_limited):
        notify_unmatched_volunteers(snapshot.problem, policy=run.policy, at=now())
        notify_campaigns_of_empty_seats(policy=run.policy, at=now())


def _record_progress(run: Run, stage: str, *, at: datetime) -> None:
    """Record the stage and extend the lease.

    Raises Stale when the run was cancelled or another worker has taken it over.
    """
    is_ours = Q(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts)
    if not Run.objects.filter(is_ours).update(stage=stage, lease_expires_at=at + RUN_LEASE):
        raise Stale(_("This run was cancelled or taken over, so nothing of it was stored."))


def _finish_run(
    run: Run,
    snapshot: Snapshot,
    solution: Solution,
    stored_count: int,
    stage_seconds: dict[str, float],
    *,
    at: datetime,
) -> None:
    problem = snapshot.problem
    days = run.policy.array_retention_days
    if run.is_limited and run.requested_by_id is None:
        days = min(days, MAX_UNREQUESTED_ARRAY_DAYS)
    RunArrays.objects.update_or_create(
        run=run,
        defaults={
            "problem": pack(problem),
            "solution": pack_solution(solution),
            "delete_on": at.date() + timedelta(days=days),
        },
    )
    Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts).update(
        state=Run.State.DONE,
        stage="",
        stage_seconds={name: round(spent, 4) for name, spent in stage_seconds.items()},
        finished_at=at,
        lease_expires_at=None,
        input_digest=digest(problem),
        policy_digest=digest_policy(run.policy),
        volunteer_count=problem.volunteers,
        seat_count=problem.seats,
        filled_count=len(solution.role),
        stored_count=stored_count,
        pair_count=solution.pairs,
        value=solution.value,
        bound=solution.bound,
        stopped_early=solution.cut,
        left_out=[row._asdict() for row in snapshot.left_out[:MAX_LEFT_OUT_ROWS]],
    )


def _fail_run(run: Run, error: str, *, at: datetime) -> None:
    own_run = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts)
    own_run.update(state=Run.State.FAILED, stage="", finished_at=at, lease_expires_at=None, error=error[:500])
