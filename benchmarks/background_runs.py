"""Runs over everything, one after the other: what other measurements are made beside."""

import time

import django

if __name__ == "__main__":
    django.setup()
    from django.utils import timezone

    from matching.actions.execution import execute_run
    from matching.actions.runs import ask_run

    while True:
        execute_run(ask_run(actor=None, at=timezone.now()).pk, now=timezone.now, seconds=time.perf_counter)
