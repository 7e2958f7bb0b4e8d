"""Compile the kernels before anything is measured."""

from __future__ import annotations

import time

from benchmarks.instances import ProblemSize, generate_problem
from matching.engine.bare import warm_up
from matching.engine.run import match


def compile_kernels() -> None:
    """Compile every kernel that a run or a bare instance needs, or load it from the cache."""
    # Large enough for pairs to be left out first and added later, so that those kernels are compiled as well.
    match(generate_problem(ProblemSize(volunteers=20_000, roles=2_000)), clock=time.perf_counter)
    warm_up()
