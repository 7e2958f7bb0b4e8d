"""Check a run's result by a checker that shares no code with the solver, and store what it found.

It takes seconds to minutes, so a task of the matcher does it. `verification_requests` asks for it.
"""

from datetime import datetime, timedelta

import structlog
from django.utils.translation import gettext as _

from core.task_queue import send_task_on_commit
from matching.engine.digest import digest, unpack, unpack_solution
from matching.engine.problem import Problem, Solution
from matching.engine.verify import judge_all
from matching.models import Run, RunArrays
from matching.rules.task_names import VERIFY_RUN_TASK

log = structlog.get_logger(__name__)

MAX_FAULTS_STORED = 20
MAX_PAIRS_RECOUNTED = 1_000_000  # above, plain loops over the pairs would hold up runs for many minutes
VERIFICATION_PATIENCE = timedelta(minutes=15)  # after which the sweep sends the task of a check again


def verify_run(run_id: int, *, at: datetime) -> Run | None:
    """Check the result of a run that was asked for, and store the verdict. Return None when nothing is due.

    Its arrays may have been deleted, or be of an older version: then the verdict says so. Doing it twice does no harm.
    """
    run = Run.objects.filter(pk=run_id, verification_asked_at__isnull=False, verified_at=None).first()
    if run is None:
        return None
    asked_at = run.verification_asked_at
    verdict: dict[str, object]
    arrays = RunArrays.objects.filter(run=run).first()
    try:
        if arrays is None:
            raise ValueError("no arrays")
        problem, solution = unpack(bytes(arrays.problem)), unpack_solution(bytes(arrays.solution))
    except ValueError as error:
        log.warning("run cannot be verified", run=str(run.public_id), error=str(error))
        verdict = {
            "verified_digest": "-",
            "verification_faults": [_("The details of this run have been deleted, so nothing could be checked.")],
        }
    else:
        verdict = _judge(run, problem, solution)
    Run.objects.filter(pk=run.pk, verification_asked_at=asked_at, verified_at=None).update(verified_at=at, **verdict)
    run.refresh_from_db()
    return run


def _judge(run: Run, problem: Problem, solution: Solution) -> dict[str, object]:
    with_bound = solution.pairs <= MAX_PAIRS_RECOUNTED
    differs = (solution.value, solution.bound) != (run.value, run.bound)
    found = judge_all(problem, solution, prices=with_bound)
    faults = [_("The numbers of the run are not those of its details."), *found.faults] if differs else found.faults
    return {
        "verified_digest": digest(problem),
        "verification_faults": faults[:MAX_FAULTS_STORED],
        "is_bound_verified": with_bound,
        "fillable_count": found.fillable,
    }


def resend_due_verifications(*, at: datetime) -> int:
    """Send the tasks of checks that have waited for long: their message was lost, or their worker died."""
    waiting = Run.objects.filter(verification_asked_at__lte=at - VERIFICATION_PATIENCE, verified_at=None)
    due = list(waiting.order_by("verification_asked_at").values_list("pk", flat=True)[:20])
    for pk in due:
        send_task_on_commit(VERIFY_RUN_TASK, run_id=pk)
    return len(due)
