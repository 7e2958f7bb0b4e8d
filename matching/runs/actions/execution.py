"""Executing a run: snapshot, match, store. Only the worker imports this, for the sake of the compiled kernels."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from core.errors import HandraiserError, Stale
from matching.engine.digest import digest, pack, pack_solution
from matching.engine.problem import Solution
from matching.engine.run import match
from matching.models import Run, RunArrays
from matching.runs.actions.no_match_notices import notify_campaigns_of_empty_seats, notify_unmatched_volunteers
from matching.runs.actions.scheduling import RUN_LEASE, send_run_task
from matching.runs.actions.store import store_proposals
from matching.snapshot.assembly import Snapshot, take_run_snapshot

log = structlog.get_logger(__name__)

MAX_SEARCH_SECONDS = 1200.0  # that one run may search for something better
MAX_UNREQUESTED_ARRAY_DAYS = (
    3  # days, over a weekend: of runs that nobody asked for there are very many, one for each hand that is raised
)
HEARTBEAT_INTERVAL = timedelta(seconds=2)  # between two of them within one stage

ReadClock = Callable[[], datetime]


def execute_run(run_id: int, *, now: ReadClock, seconds: Callable[[], float]) -> Run | None:
    """Executes a queued run, if it still is one and no other full run is going on; None: there was nothing to do.

    `now` tells the time, `seconds` measures it. A run that fails says why and leaves proposals as they were.
    """
    run = _claim_run(run_id, at=now())
    if run is None:
        return None
    try:
        _solve_and_store(run, now=now, seconds=seconds)
    except HandraiserError as error:
        _fail_run(run, error.message, at=now())
    except Exception as error:
        log.exception("run failed", run=str(run.public_id))
        _fail_run(run, f"It stopped with an error: {type(error).__name__}: {error}", at=now())
    following = Run.objects.filter(state=Run.State.QUEUED, limited=run.limited).order_by("asked_at").first()
    if following:
        send_run_task(following)
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
    except IntegrityError:  # another full run is going on; this one is woken when that ends
        return None
    return Run.objects.select_related("policy").get(pk=run_id) if claimed else None


def _solve_and_store(run: Run, *, now: ReadClock, seconds: Callable[[], float]) -> None:
    started = seconds()
    snapshot = take_run_snapshot(run, at=now())
    stages = {"snapshot": seconds() - started}

    heard, current = now(), "snapshot"

    def progress(stage: str) -> None:
        nonlocal heard, current
        at = now()
        if stage or at - heard >= HEARTBEAT_INTERVAL:
            heard, current = at, stage or current
            _record_progress(run, current, at=at)

    solution, spent = match(snapshot.problem, clock=seconds, progress=progress, seconds=MAX_SEARCH_SECONDS)
    stages |= spent
    _record_progress(run, "store", at=now())
    started = seconds()
    with transaction.atomic():
        stored = 0 if run.dry_run else store_proposals(run, snapshot, solution, at=now())
        stages["store"] = seconds() - started
        _finish_run(run, snapshot, solution, stored, stages, at=now())
    # Whoever a worker that dies here has not told hears of it after the next run.
    if not (run.dry_run or run.limited):
        notify_unmatched_volunteers(snapshot.problem, policy=run.policy, at=now())
        notify_campaigns_of_empty_seats(policy=run.policy, at=now())


def _record_progress(run: Run, stage: str, *, at: datetime) -> None:
    """Says how far the run is. Raises Stale when it was cancelled meanwhile, or another worker has it."""
    mine = Q(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts)
    if not Run.objects.filter(mine).update(stage=stage, lease_expires_at=at + RUN_LEASE):
        raise Stale("This run was cancelled or taken over, so nothing of it was stored.")


def _finish_run(
    run: Run, snapshot: Snapshot, solution: Solution, stored: int, stages: dict[str, float], *, at: datetime
) -> None:
    problem = snapshot.problem
    days = run.policy.array_retention_days
    if run.limited and run.asked_by_id is None:
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
        stages={name: round(spent, 4) for name, spent in stages.items()},
        finished_at=at,
        lease_expires_at=None,
        digest=digest(problem),
        volunteers=problem.volunteers,
        seats=problem.seats,
        filled=len(solution.role),
        stored=stored,
        pairs=solution.pairs,
        value=solution.value,
        bound=solution.bound,
        cut=solution.cut,
    )


def _fail_run(run: Run, error: str, *, at: datetime) -> None:
    mine = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts)
    mine.update(state=Run.State.FAILED, stage="", finished_at=at, lease_expires_at=None, error=error[:500])
