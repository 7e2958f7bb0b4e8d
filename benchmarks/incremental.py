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
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import decline_offer
from matching.models import Match, Run
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run

DECLINE_COUNT = 12
BACKGROUND_RUNS_MODULE = "benchmarks.background_runs"
MAX_WAIT_SECONDS = 120.0  # seconds for the other process to begin


def measure_declines() -> list[dict[str, object]]:
    """One row: seconds from a decline, each made during a full run, to the next proposal stored, over some declines."""
    reviewer = User.objects.create_user("bench@example.org", "-", is_staff=True)
    execute_run(queue_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=time.perf_counter)
    spent, filled = [], 0
    with _run_in_background() as process:
        for number in range(DECLINE_COUNT):
            offered = _offer_match(reviewer, number / DECLINE_COUNT)
            _wait_for_full_run(process)
            seconds, again = _time_decline(offered)
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


def _offer_match(reviewer: User, share: float) -> Match:
    """One of the proposals, this far down their list, approved; when a run has just taken it back, another one."""
    while True:
        proposed = Match.objects.filter(state=MatchState.PROPOSED, request__staffing="rolling").order_by("pk")
        try:
            return approve_match(actor=reviewer, match=proposed[int(share * proposed.count())], at=timezone.now())
        except HandraiserError:
            continue


def _time_decline(match: Match) -> tuple[float, bool]:
    """Seconds until the run that follows has stored what it found, and whether that is somebody."""
    assert match.volunteer.user is not None
    began = time.perf_counter()
    decline_offer(actor=match.volunteer.user, match=match, at=timezone.now())
    run = Run.objects.get(state=Run.State.QUEUED, limited=True)
    done = execute_run(run.pk, now=timezone.now, seconds=time.perf_counter)
    seconds = time.perf_counter() - began
    assert (done and done.state) == Run.State.DONE, done
    return seconds, Seat.objects.filter(pk=match.seat_id, matches__state=MatchState.PROPOSED).exists()


@contextmanager
def _run_in_background() -> Iterator[subprocess.Popen[bytes]]:
    """Another process that runs over everything, again and again, as long as the block lasts."""
    with subprocess.Popen([sys.executable, "-m", BACKGROUND_RUNS_MODULE]) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_for_full_run(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while not Run.objects.filter(state=Run.State.RUNNING, limited=False).exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("No run over everything began: see what it said above.")
        time.sleep(0.02)
