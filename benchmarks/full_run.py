"""`bench full-run`: a full run, from PostgreSQL to stored proposals, beside min-cost flow alone."""

from __future__ import annotations

import multiprocessing
import resource
import time

from django.db import connections
from django.utils import timezone

from benchmarks.compilation import compile_kernels
from benchmarks.database_rows import store_problem
from benchmarks.engine import top_pairs_of_problem
from benchmarks.instances import ProblemSize
from benchmarks.reference_solvers import solve_min_cost_flow, time_solver
from matching.engine.digest import unpack
from matching.models import Match, Run
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run


def measure_full_run(size: ProblemSize) -> list[dict[str, object]]:
    """Return one row: the run with its stages and its memory, and the flow's seconds."""
    _store_problem_apart(size)
    compile_kernels()
    started_at = time.perf_counter()
    run = execute_run(queue_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=time.perf_counter)
    seconds = time.perf_counter() - started_at
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before the flow, whose own is not the run's
    assert run is not None
    assert run.state == Run.State.DONE, run.error
    instance = top_pairs_of_problem(unpack(bytes(run.arrays.problem)))
    flow = time_solver(lambda: solve_min_cost_flow(instance))
    return [
        {
            "volunteers": run.volunteer_count,
            "seats": run.seat_count,
            "pairs": run.pair_count,
            "filled": run.filled_count,
            "stored": Match.objects.count(),
            "gap_percent": round(100 * (run.gap or 0.0), 4),
            "seconds": round(seconds, 2),
            "stages": {name: round(stage_seconds, 2) for name, stage_seconds in run.stage_seconds.items()},
            "memory_mib": round(memory),
            "flow_seconds": round(flow.seconds, 2),
            "stored_over_flow": round(sum(run.stage_seconds.values()) / flow.seconds, 2),
            "with_telling_over_flow": round(seconds / flow.seconds, 2),
        }
    ]


def _store_problem_apart(size: ProblemSize) -> None:
    """Store the problem in a separate process, whose memory then does not count as the run's."""
    connections.close_all()
    storing_process = multiprocessing.get_context("fork").Process(
        target=store_problem, args=(size,), kwargs={"at": timezone.now()}
    )
    storing_process.start()
    storing_process.join()
    if storing_process.exitcode:
        raise RuntimeError("Storing the problem failed. See the traceback above.")
