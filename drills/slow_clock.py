"""`python -m drills.slow_clock PROGRAM ...`: a program in Python whose clock is an hour slow.

Only a root can set the clock of a machine. So this sets what Django and Python tell of it, before the program begins.
"""

import runpy
import sys
import time
from datetime import datetime, timedelta

from django.utils import timezone

SLOW = timedelta(hours=1)


def run_slowly(arguments: list[str]) -> None:
    """Run the module that the first argument names, with the others."""
    read_seconds, read_now = time.time, timezone.now

    def tell_seconds() -> float:
        return read_seconds() - SLOW.total_seconds()

    def tell_now() -> datetime:
        return read_now() - SLOW

    time.time, timezone.now = tell_seconds, tell_now
    sys.argv = arguments
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run_slowly(sys.argv[1:])
