"""Runs over one request, as they follow a seat that comes free."""

from collections.abc import Callable

from django.utils import timezone

from campaigns.models import Request
from drills.report import wait_until
from matching.models import Run
from matching.runs.actions.scheduling import queue_run

WARM_UP_SECONDS = 240.0  # the worker compiles its kernels once


def queue_drill_run(request: Request) -> Callable[[], bool]:
    """Queue a run over a request's roles; return what tells whether it is done."""
    run = queue_run(actor=None, at=timezone.now(), roles=list(request.roles.all()))
    return lambda: Run.objects.get(pk=run.pk).state == Run.State.DONE


def warm_up_worker(request: Request) -> float:
    """Have two runs executed, so that later ones are not slowed by compiling. Return the seconds of the second."""
    wait_until(queue_drill_run(request), WARM_UP_SECONDS)
    return wait_until(queue_drill_run(request), WARM_UP_SECONDS)
