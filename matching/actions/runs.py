"""Asking for a run, and executing it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q

from campaigns.models import Role
from core.errors import HandraiserError, Invalid, NotAllowed
from core.models import User
from core.wake import wake
from matching.actions.store import store
from matching.actions.waiting import tell_waiting
from matching.engine.digest import digest, pack, pack_solution
from matching.engine.problem import Solution
from matching.engine.run import match
from matching.models import Run, RunArrays
from matching.queries.matches import active_policy
from matching.queries.snapshot import Snapshot, take

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
ATTEMPTS = 3
EXECUTE = "matching.tasks.execute_run"

_REGULAR = 0x48414E45  # the key of the advisory lock of `ask_regular_run`

Now = Callable[[], datetime]


@transaction.atomic
def ask_run(
    *,
    actor: User | None,
    at: datetime,
    roles: Sequence[Role] | None = None,
    dry_run: bool = False,
    count_unclaimed: bool = False,
) -> Run:
    """Queues a run over everything, or over the free seats of some roles, and wakes a worker.

    `actor` is the reviewer who asks, or None for the installation itself. A dry run tells nobody and writes no match;
    only it may count the unclaimed. Raises NotAllowed, Invalid.
    """
    if actor is not None and not actor.is_reviewer:
        raise NotAllowed("Only reviewers can ask for a run.")
    if count_unclaimed and not dry_run:
        raise Invalid("People who have not yet said yes can be counted in a dry run only.", field="count_unclaimed")
    if roles is not None and not roles:
        raise Invalid("Name at least one role, or none at all for a run over everything.", field="roles")
    run = Run.objects.create(
        policy=active_policy(),
        limited=roles is not None,
        dry_run=dry_run,
        count_unclaimed=count_unclaimed,
        asked_by=actor,
        asked_at=at,
    )
    run.roles.set(roles or [])
    wake(EXECUTE, run_id=run.pk)
    return run


def refill(role: Role, *, at: datetime) -> None:
    """Has a role's free seats matched by a run of their own, or by one that waits to begin already."""
    if role.request.state != "published":
        return
    waiting = Run.objects.filter(state=Run.State.QUEUED, limited=True, dry_run=False, asked_by=None)
    run = waiting.select_for_update(no_key=True, skip_locked=True).order_by("asked_at").first()
    if run is None:
        ask_run(actor=None, at=at, roles=[role])
    else:
        run.roles.add(role)
        wake(EXECUTE, run_id=run.pk)


@transaction.atomic
def ask_regular_run(*, at: datetime) -> Run | None:
    """Asks for a run over everything when the last one is older than the policy says; None: not yet."""
    with connection.cursor() as cursor:  # two sweeps at once ask for one run
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_REGULAR])
        if not cursor.fetchone()[0]:
            return None
    recent = Run.objects.filter(
        limited=False, dry_run=False, asked_at__gt=at - timedelta(hours=active_policy().run_hours)
    )
    return None if recent.exists() else ask_run(actor=None, at=at)


def execute_run(run_id: int, *, now: Now, seconds: Callable[[], float]) -> Run | None:
    """Executes a queued run, if it still is one and no other full run is going on; None: there was nothing to do.

    `now` tells the time, `seconds` measures it. A run that fails says why and leaves proposals as they were.
    """
    run = _claim(run_id, at=now())
    if run is None:
        return None
    try:
        _match(run, now=now, seconds=seconds)
    except HandraiserError as error:
        _fail(run, error.message, at=now())
    except Exception as error:
        log.exception("run failed", run=str(run.public_id))
        _fail(run, f"It stopped with an error: {type(error).__name__}: {error}", at=now())
    following = Run.objects.filter(state=Run.State.QUEUED).order_by("asked_at").first()
    if following:
        wake(EXECUTE, run_id=following.pk)
    run.refresh_from_db()
    return run


def requeue_lost(*, at: datetime) -> int:
    """Wakes a worker for runs that wait, and queues those again whose worker is gone; returns how many are due.

    After three workers have been lost on it, a run fails and says so.
    """
    lost = Run.objects.filter(state=Run.State.RUNNING, lease_until__lt=at)
    lost.filter(attempts__gte=ATTEMPTS).update(
        state=Run.State.FAILED,
        finished_at=at,
        error=f"Its worker stopped without a word {ATTEMPTS} times. Read the worker's log, then ask for a new run.",
    )
    lost.update(state=Run.State.QUEUED)
    due = list(Run.objects.filter(state=Run.State.QUEUED).order_by("asked_at").values_list("pk", flat=True)[:20])
    for pk in due:
        wake(EXECUTE, run_id=pk)
    return len(due)


def delete_old_arrays(*, at: datetime) -> int:
    """Deletes the arrays of runs whose days are over, and returns how many."""
    return RunArrays.objects.filter(delete_on__lte=at.date()).delete()[0]


def _claim(run_id: int, *, at: datetime) -> Run | None:
    queued = Run.objects.filter(pk=run_id, state=Run.State.QUEUED)
    try:
        with transaction.atomic():
            claimed = queued.update(
                state=Run.State.RUNNING,
                started_at=at,
                lease_until=at + LEASE,
                attempts=F("attempts") + 1,
                stage="snapshot",
            )
    except IntegrityError:  # another full run is going on; this one is woken when that ends
        return None
    return Run.objects.select_related("policy").get(pk=run_id) if claimed else None


def _match(run: Run, *, now: Now, seconds: Callable[[], float]) -> None:
    started = seconds()
    snapshot = take(run, at=now())
    stages = {"snapshot": seconds() - started}

    def progress(stage: str) -> None:
        _reached(run, stage, at=now())

    solution, spent = match(snapshot.problem, clock=seconds, progress=progress)
    stages |= spent
    _reached(run, "store", at=now())
    started = seconds()
    with transaction.atomic():
        stored = 0 if run.dry_run else store(run, snapshot, solution, at=now())
        if not (run.dry_run or run.limited):
            tell_waiting(snapshot.problem, policy=run.policy, at=now())
        stages["store"] = seconds() - started
        _finish(run, snapshot, solution, stored, stages, at=now())


def _reached(run: Run, stage: str, *, at: datetime) -> None:
    mine = Q(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts)
    Run.objects.filter(mine).update(stage=stage, lease_until=at + LEASE)


def _finish(
    run: Run, snapshot: Snapshot, solution: Solution, stored: int, stages: dict[str, float], *, at: datetime
) -> None:
    problem = snapshot.problem
    RunArrays.objects.update_or_create(
        run=run,
        defaults={
            "problem": pack(problem),
            "solution": pack_solution(solution),
            "delete_on": at.date() + timedelta(days=run.policy.keep_arrays_days),
        },
    )
    Run.objects.filter(pk=run.pk, attempts=run.attempts).update(
        state=Run.State.DONE,
        stage="",
        stages={name: round(spent, 4) for name, spent in stages.items()},
        finished_at=at,
        lease_until=None,
        digest=digest(problem),
        volunteers=problem.volunteers,
        seats=problem.seats,
        filled=len(solution.role),
        stored=stored,
        pairs=solution.pairs,
        value=solution.value,
        bound=solution.bound,
    )


def _fail(run: Run, error: str, *, at: datetime) -> None:
    mine = Run.objects.filter(pk=run.pk, state=Run.State.RUNNING, attempts=run.attempts)
    mine.update(state=Run.State.FAILED, stage="", finished_at=at, lease_until=None, error=error[:500])
