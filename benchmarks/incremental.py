"""`bench incremental`: how soon the next person is proposed when somebody declines, while a full run is going on."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from django.utils import timezone

from campaigns.models import Seat
from core.models import User
from matching.actions.answer import decline
from matching.actions.execution import execute_run
from matching.actions.review import approve
from matching.actions.runs import ask_run
from matching.models import Match, Run
from matching.rules import State

DECLINES = 25
FULL_RUNS = "benchmarks.full_runs"
PATIENCE = 120.0  # seconds for the other process to begin


def measure() -> list[dict[str, object]]:
    """One row: seconds from a decline to the next proposal stored, over some declines, and how many found nobody."""
    reviewer = User.objects.create_user("bench@example.org", "-", is_staff=True)
    execute_run(ask_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=time.perf_counter)
    proposed = list(Match.objects.filter(state=State.PROPOSED, request__staffing="rolling").order_by("pk"))
    chosen = [proposed[place] for place in np.linspace(0, len(proposed) - 1, DECLINES).astype(int)]
    spent, filled, full = [], 0, 0
    with _full_runs():
        for match in chosen:
            offered = approve(actor=reviewer, match=Match.objects.get(pk=match.pk), at=timezone.now())
            seconds, again = _decline(offered)
            spent.append(seconds)
            filled += again
            full += Run.objects.filter(state=Run.State.RUNNING, limited=False).exists()
    last = Run.objects.filter(state=Run.State.DONE, limited=False).latest("finished_at")
    return [
        {
            "volunteers": last.volunteers,
            "seats": last.seats,
            "declines": len(spent),
            "filled_again": filled,
            "beside_a_full_run": full,
            "median_seconds": round(float(np.median(spent)), 2),
            "longest_seconds": round(max(spent), 2),
        }
    ]


def _decline(match: Match) -> tuple[float, bool]:
    """Seconds until the run that follows has stored what it found, and whether that is somebody."""
    assert match.volunteer.user is not None
    began = time.perf_counter()
    decline(actor=match.volunteer.user, match=match, at=timezone.now())
    run = Run.objects.get(state=Run.State.QUEUED, limited=True)
    done = execute_run(run.pk, now=timezone.now, seconds=time.perf_counter)
    seconds = time.perf_counter() - began
    assert (done and done.state) == Run.State.DONE, done
    return seconds, Seat.objects.filter(pk=match.seat_id, matches__state=State.PROPOSED).exists()


@contextmanager
def _full_runs() -> Iterator[None]:
    """Another process that runs over everything, again and again, as long as the block lasts."""
    with subprocess.Popen([sys.executable, "-m", FULL_RUNS]) as process:
        try:
            deadline = time.monotonic() + PATIENCE
            while not Run.objects.filter(state=Run.State.RUNNING, limited=False).exists():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError("The run over everything did not begin: see what it said above.")
                time.sleep(0.1)
            yield
        finally:
            process.kill()
