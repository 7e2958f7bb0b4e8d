"""Runs of the matcher, executed at once. For tests of runs, and of what only a run can find; see `match_factory`."""

from datetime import datetime

from matching.models import Run
from matching.runs.actions.automatic_runs import requeue_lost_runs
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run


def execute_full_run(at: datetime) -> Run:
    """Execute a run over everything. Runs that waited for a worker are answered by it."""
    Run.objects.filter(state=Run.State.QUEUED).delete()
    return _execute_run(queue_run(actor=None, at=at).pk, at)


def execute_queued_runs(at: datetime) -> int:
    """Execute every run that waits, as a worker does; return how many."""
    requeue_lost_runs(at=at)
    waiting = list(Run.objects.filter(state=Run.State.QUEUED).order_by("requested_at").values_list("pk", flat=True))
    for pk in waiting:
        _execute_run(pk, at)
    return len(waiting)


def _execute_run(pk: int, at: datetime) -> Run:
    run = execute_run(pk, now=lambda: at, seconds=lambda: 0.0)
    assert run is not None
    assert (run.state, run.error) == (Run.State.DONE, "")
    return run
