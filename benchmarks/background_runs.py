"""Execute full runs, one after the other, in the background of other measurements."""

import time

import django

if __name__ == "__main__":
    django.setup()
    from django.utils import timezone

    from matching.runs.actions.execution import execute_run
    from matching.runs.actions.scheduling import queue_run

    while True:
        execute_run(queue_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=time.perf_counter)
