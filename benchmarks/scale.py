"""`bench scale`: a whole run of the engine over all feasible pairs, beside min-cost flow on the top-50 graph."""

from __future__ import annotations

import resource
import time

from benchmarks.compilation import compile_kernels
from benchmarks.engine import build_top_pairs_instance
from benchmarks.instances import ProblemSize, generate_problem
from benchmarks.reference_solvers import solve_min_cost_flow, time_solver
from matching.engine.run import match


def measure_scale(size: ProblemSize) -> list[dict[str, object]]:
    """Return one row: the run, its stages and its memory, and the flow's seconds."""
    compile_kernels()
    problem = generate_problem(size)
    started_at = time.perf_counter()
    solution, stages = match(problem, clock=time.perf_counter)
    seconds = time.perf_counter() - started_at
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    instance = build_top_pairs_instance(size)
    flow = time_solver(lambda: solve_min_cost_flow(instance))
    return [
        {
            "volunteers": size.volunteers,
            "seats": problem.seats,
            "pairs": solution.pairs,
            "value": solution.value,
            "bound": solution.bound,
            "gap_percent": round(100 * solution.gap, 4),
            "filled": len(solution.role),
            "seconds": round(seconds, 2),
            "stages": {name: round(stage_seconds, 2) for name, stage_seconds in stages.items()},
            "memory_mib": round(memory),
            "flow_seconds": round(flow.seconds, 2),
            "run_over_flow": round(seconds / flow.seconds, 2),
            "solve_over_flow": round(stages["solve"] / flow.seconds, 2),
        }
    ]
