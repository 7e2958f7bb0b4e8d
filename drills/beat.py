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
    task, life = BEAT_SCHEDULE[SWEEP]["task"], BEAT_SCHEDULE[SWEEP]["options"].get("expires")
    # Nearly all of them are older than their life by then: it is over at once.
    is_over = life is not None and not site.is_unguarded
    for _message in range(MESSAGES):
        current_app.send_task(task, expires=-1.0 if is_over else None)
    report.say(f"{MESSAGES} messages of {task} wait, as after a day without workers.")
    began = time.monotonic()
    run = wait_until(queue_drill_run(request), GIVE_UP_SECONDS)
    report.judge(
        f"a run over one request ends within {MAX_RUN_SECONDS:.0f} s",
        f"{min(run, time.monotonic() - began):.1f} s" if run < GIVE_UP_SECONDS else "not within a minute",
        holds=run <= MAX_RUN_SECONDS,
    )
