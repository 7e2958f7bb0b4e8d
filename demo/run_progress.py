"""Watch a run by its row alone, while another process executes it."""

import time
from collections.abc import Callable
from typing import TextIO

from django.core.management.base import CommandError
from django.utils import timezone

from matching.models import Run
from matching.runs.actions.automatic_runs import requeue_lost_runs

MAX_WAIT_SECONDS = 420.0  # longer than a run whose worker was killed is left alone
POLL_SECONDS = 0.1
REQUEUE_SECONDS = 10.0
UNFINISHED_STATES = (Run.State.QUEUED, Run.State.RUNNING)
# In the order in which a run comes to them.
STAGE_DESCRIPTIONS = {
    "": "waiting for a worker",
    "snapshot": "reading volunteers and requests",
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
    """Wait until the run is done and return it; print each stage that it reaches to `out`.

    Celery beat need not run: every ten seconds lost runs are queued again here. Raises CommandError when the run fails,
    or is still unfinished after `patience` seconds.
    """
    started_at, printed_stage = clock(), None
    requeued_at = started_at
    while run.state in UNFINISHED_STATES:
        if run.stage != printed_stage:
            printed_stage = run.stage
            print(
                f"  {clock() - started_at:5.1f} s  {STAGE_DESCRIPTIONS.get(printed_stage, printed_stage)}",
                file=out,
                flush=True,
            )
        if clock() - started_at > patience:
            raise CommandError(
                f"The run was not done after {patience:.0f} seconds. "
                "Read the matcher's log in var/log, and start again."
            )
        # Beat does this on a server; the demo starts none.
        if clock() - requeued_at >= REQUEUE_SECONDS:
            requeued_at = clock()
            requeue_lost_runs(at=timezone.now())
        sleep(POLL_SECONDS)
        run = Run.objects.select_related("policy").get(pk=run.pk)
    if run.state == Run.State.FAILED:
        raise CommandError(run.error)
    print(f"  {clock() - started_at:5.1f} s  done", file=out, flush=True)
    return run
