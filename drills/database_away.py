"""`drill database-away`: the way to the database is cut for some seconds, while people change their settings."""

import itertools
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from core.models import User
from drills.report import DrillReport, wait_until
from drills.site import Answer, Site
from drills.tokens import create_drill_token

WRITERS = 6
SECONDS_BEFORE, SECONDS_CUT, SECONDS_AFTER = 3.0, 8.0, 4.0
MAX_RECOVERY_SECONDS = 10.0
PATH = "/api/v1/me"


def make_trouble(site: Site, report: DrillReport) -> None:
    """Cut the way to the database while people write, and look at every answer."""
    people = list(User.objects.filter(is_staff=False, is_active=True).order_by("pk"))
    tokens = [create_drill_token(user) for user in people]
    User.objects.update(language="en")
    answers: list[tuple[User, Answer]] = []
    stop, turns = threading.Event(), itertools.cycle(zip(people, tokens, strict=True))
    turn_lock = threading.Lock()

    def write() -> None:
        while not stop.is_set():
            with turn_lock:
                user, token = next(turns)
            answers.append((user, site.ask("PATCH", PATH, token, language="es")))

    report.say(f"{WRITERS} clients change settings all the time.")
    with ThreadPoolExecutor(WRITERS) as pool:
        for _writer in range(WRITERS):
            pool.submit(write)
        time.sleep(SECONDS_BEFORE)
        site.database.cut()
        report.say(f"The way to the database is cut, for {SECONDS_CUT:.0f} s.")
        time.sleep(SECONDS_CUT / 2)
        health = site.ask("GET", "/healthz")
        time.sleep(SECONDS_CUT / 2)
        site.database.mend()
        recovery = wait_until(lambda: site.ask("GET", "/healthz").status == 200, MAX_RECOVERY_SECONDS)
        time.sleep(SECONDS_AFTER)
        stop.set()
    _judge_answers(report, [answer for _user, answer in answers])
    report.judge("the health check says that it is unwell", health.status, holds=health.status == 503)
    report.judge(f"and is well within {MAX_RECOVERY_SECONDS:.0f} s", f"{recovery:.1f} s", holds=recovery < float("inf"))
    told = {user.pk for user, answer in answers if answer.status == 200}
    lost = User.objects.filter(pk__in=told).exclude(language="es").count()
    report.judge(
        f"of {len(told)} people who were told that it is stored, none is lost", lost, holds=not lost and bool(told)
    )


def _judge_answers(report: DrillReport, answers: list[Answer]) -> None:
    counts = {status: sum(answer.status == status for answer in answers) for status in {a.status for a in answers}}
    report.judge("each answer is 200 or 503", counts, holds=set(counts) == {200, 503})
    told = all(answer.headers.get("Retry-After") for answer in answers if answer.status == 503)
    report.judge("each 503 says when to try again", told, holds=told)
