"""Compiling apart from what is measured."""

from __future__ import annotations

import time

from benchmarks.instances import ProblemSize, generate_problem
from matching.engine.bare import warm_up
from matching.engine.run import match


def compile_kernels() -> None:
    """Compiles every kernel that a run or a bare instance needs, or takes what was compiled before."""
    # Large enough for pairs to be left out, and to be asked for again.
    match(generate_problem(ProblemSize(volunteers=20_000, roles=2_000)), clock=time.perf_counter)
    warm_up()
