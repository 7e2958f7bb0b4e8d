"""`drill beat`: no worker has run for a day, and beat has sent its messages all the time."""

import time

from celery import current_app

from campaigns.models import Request
from config.beat_schedule import BEAT_SCHEDULE
from drills.report import DrillReport, wait_until
from drills.runs import queue_drill_run, warm_up_worker
from drills.site import Site

SWEEP = "sweep-matching"
MESSAGES = 8_640  # of one sweep in a day
MAX_RUN_SECONDS, GIVE_UP_SECONDS = 10.0, 60.0


def make_trouble(site: Site, report: DrillReport) -> None:
    """Send the messages of a day at once, as old as they would be, and have a run executed behind them."""
    request = Request.objects.filter(state=Request.State.PUBLISHED).order_by("pk")[0]
    report.say(f"The worker is warm: a run over one request took {warm_up_worker(request):.1f} s.")
    task, options = BEAT_SCHEDULE[SWEEP]["task"], BEAT_SCHEDULE[SWEEP]["options"]
    # Nearly all of them are older than their life by then: it is over at once.
    life = 0.001 if options.get("expires") and not site.is_unguarded else None
    queue = "celery" if site.is_unguarded else options["queue"]
    for _message in range(MESSAGES):
        current_app.send_task(task, expires=life, queue=queue)
    report.say(f"{MESSAGES} messages of {task} wait, as after a day without workers.")
    began = time.monotonic()
    run = wait_until(queue_drill_run(request), GIVE_UP_SECONDS)
    report.judge(
        f"a run over one request ends within {MAX_RUN_SECONDS:.0f} s",
        f"{min(run, time.monotonic() - began):.1f} s" if run < GIVE_UP_SECONDS else "not within a minute",
        holds=run <= MAX_RUN_SECONDS,
    )
