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
from core.errors import HandraiserError
from core.models import User
from matching.actions.answer import decline
from matching.actions.execution import execute_run
from matching.actions.review import approve
from matching.actions.runs import ask_run
from matching.models import Match, Run
from matching.rules import State

DECLINES = 12
FULL_RUNS = "benchmarks.full_runs"
PATIENCE = 120.0  # seconds for the other process to begin


def measure() -> list[dict[str, object]]:
    """One row: seconds from a decline, each made during a full run, to the next proposal stored, over some declines."""
    reviewer = User.objects.create_user("bench@example.org", "-", is_staff=True)
    execute_run(ask_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=time.perf_counter)
    spent, filled = [], 0
    with _full_runs() as process:
        for number in range(DECLINES):
            offered = _offered(reviewer, number / DECLINES)
            _await_a_full_run(process)
            seconds, again = _decline(offered)
            spent.append(seconds)
            filled += again
    last = Run.objects.filter(state=Run.State.DONE, limited=False).latest("finished_at")
    return [
        {
            "volunteers": last.volunteers,
            "seats": last.seats,
            "declines": len(spent),
            "filled_again": filled,
            "median_seconds": round(float(np.median(spent)), 2),
            "longest_seconds": round(max(spent), 2),
        }
    ]


def _offered(reviewer: User, share: float) -> Match:
    """One of the proposals, this far down their list, approved; when a run has just taken it back, another one."""
    while True:
        proposed = Match.objects.filter(state=State.PROPOSED, request__staffing="rolling").order_by("pk")
        try:
            return approve(actor=reviewer, match=proposed[int(share * proposed.count())], at=timezone.now())
        except HandraiserError:
            continue


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
def _full_runs() -> Iterator[subprocess.Popen[bytes]]:
    """Another process that runs over everything, again and again, as long as the block lasts."""
    with subprocess.Popen([sys.executable, "-m", FULL_RUNS]) as process:
        try:
            yield process
        finally:
            process.kill()


def _await_a_full_run(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not Run.objects.filter(state=Run.State.RUNNING, limited=False).exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("No run over everything began: see what it said above.")
        time.sleep(0.02)
