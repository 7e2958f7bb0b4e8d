"""Compiling apart from what is measured."""

from __future__ import annotations

import time

from benchmarks.instances import Size, problem
from matching.engine.bare import warm_up
from matching.engine.run import match


def compile_all() -> None:
    """Compiles every kernel that a run or a bare instance needs, or takes what was compiled before."""
    match(problem(Size(volunteers=50, roles=20)), clock=time.perf_counter)
    warm_up()
