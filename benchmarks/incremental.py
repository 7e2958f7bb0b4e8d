"""`bench incremental`: seconds from a decline to the next proposal, while a full run is going on."""

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
MAX_WAIT_SECONDS = 120.0  # for the other process to begin a run


def measure_declines() -> list[dict[str, object]]:
    """Return one row: seconds from a decline to the next stored proposal, over DECLINE_COUNT declines.

    Each decline is made during a full run.
    """
    reviewer = User.objects.create_user("bench@example.org", "-", is_staff=True)
    execute_run(queue_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=time.perf_counter)
    durations, filled = [], 0
    with _run_in_background() as process:
        for number in range(DECLINE_COUNT):
            match = _offer_match(reviewer, number / DECLINE_COUNT)
            _wait_for_full_run(process)
            seconds, is_filled_again = _time_decline(match)
            durations.append(seconds)
            filled += is_filled_again
    last_full_run = Run.objects.filter(state=Run.State.DONE, is_limited=False).latest("finished_at")
    return [
        {
            "volunteers": last_full_run.volunteer_count,
            "seats": last_full_run.seat_count,
            "declines": len(durations),
            "filled_again": filled,
            "median_seconds": round(float(np.median(durations)), 2),
            "longest_seconds": round(max(durations), 2),
        }
    ]


def _offer_match(reviewer: User, share: float) -> Match:
    """Approve the proposal at this share of their list. If a run has just withdrawn it, take another one."""
    while True:
        proposed = Match.objects.filter(state=MatchState.PROPOSED, request__staffing="rolling").order_by("pk")
        try:
            return approve_match(actor=reviewer, match=proposed[int(share * proposed.count())], at=timezone.now())
        except HandraiserError:
            continue


def _time_decline(match: Match) -> tuple[float, bool]:
    """Return the seconds until the next run is stored, and whether it proposes a volunteer for the seat."""
    assert match.volunteer.user is not None
    started_at = time.perf_counter()
    decline_offer(actor=match.volunteer.user, match=match, at=timezone.now())
    run = Run.objects.get(state=Run.State.QUEUED, is_limited=True)
    finished = execute_run(run.pk, now=timezone.now, seconds=time.perf_counter)
    seconds = time.perf_counter() - started_at
    assert (finished and finished.state) == Run.State.DONE, finished
    return seconds, Seat.objects.filter(pk=match.seat_id, matches__state=MatchState.PROPOSED).exists()


@contextmanager
def _run_in_background() -> Iterator[subprocess.Popen[bytes]]:
    """Execute full runs in another process for the length of the block."""
    with subprocess.Popen([sys.executable, "-m", BACKGROUND_RUNS_MODULE]) as process:
        try:
            yield process
        finally:
            process.kill()


def _wait_for_full_run(process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while not Run.objects.filter(state=Run.State.RUNNING, is_limited=False).exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("No full run began. See the output above.")
        time.sleep(0.02)
