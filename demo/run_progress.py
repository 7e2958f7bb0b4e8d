"""Watching a run from the outside, by its row alone, as it is executed in another process."""

import time
from collections.abc import Callable
from typing import TextIO

from django.utils import timezone

from core.errors import WrongState
from matching.models import Run
from matching.runs.actions.scheduling import requeue_lost_runs

MAX_WAIT_SECONDS = 420.0  # longer than a run whose worker was killed is left alone
POLL_SECONDS = 0.1
REQUEUE_SECONDS = 10.0
UNFINISHED_STATES = (Run.State.QUEUED, Run.State.RUNNING)
# In the order in which a run comes to them.
STAGE_DESCRIPTIONS = {
    "": "waiting for a worker",
    "snapshot": "reading everybody and everything",
    "graph": "finding who could take which seat",
    "solve": "choosing for all seats at once",
    "certify": "proving how good that is",
    "columns": "looking for pairs that were left out",
    "store": "writing the proposals down",
}


def watch_run(
    run: Run,
    *,
    out: TextIO,
    patience: float = MAX_WAIT_SECONDS,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Run:
    """The run when it is done; meanwhile each stage that it reaches is named on `out`.

    Beat need not run beside it: every ten seconds whatever was lost is queued again. Raises WrongState when it fails,
    or when it is still under way after `patience` seconds.
    """
    began, told = clock(), None
    swept = began
    while run.state in UNFINISHED_STATES:
        if run.stage != told:
            told = run.stage
            print(f"  {clock() - began:5.1f} s  {STAGE_DESCRIPTIONS.get(told, told)}", file=out, flush=True)
        if clock() - began > patience:
            raise WrongState(
                f"The run was not done after {patience:.0f} seconds: "
                "read the matcher's log in var/log, and start again."
            )
        if clock() - swept >= REQUEUE_SECONDS:
            swept = clock()
            requeue_lost_runs(at=timezone.now())
        sleep(POLL_SECONDS)
        run = Run.objects.select_related("policy").get(pk=run.pk)
    if run.state == Run.State.FAILED:
        raise WrongState(run.error)
    print(f"  {clock() - began:5.1f} s  done", file=out, flush=True)
    return run
