"""`drill letters`: 3,000 letters are due, the mail server takes half a second for each, and what is urgent leaves."""

import math
import time
from datetime import datetime

from allauth.account.models import EmailAddress
from django.utils import timezone

from campaigns.models import Request
from core.accounts.notice_types import AccountNotice
from core.models import Notice
from drills.report import DrillReport, wait_until
from drills.runs import queue_drill_run, warm_up_worker
from drills.site import Site

LETTERS, SECONDS_PER_LETTER = 3_000, 0.5
URGENT = 5  # codes, and runs, one after the other
MAX_CODE_SECONDS, MAX_RUN_SECONDS = 5.0, 2.0
GIVE_UP_SECONDS = 30.0
CODE_SENT = 401  # what the answer says to a sign-in that waits for its code


def make_trouble(site: Site, report: DrillReport) -> None:
    """Fill the outbox, and measure how long sign-in codes and runs over one request take meanwhile."""
    request = Request.objects.filter(state=Request.State.PUBLISHED).order_by("pk")[0]
    report.say(f"The worker is warm: a run over one request took {warm_up_worker(request):.1f} s.")
    site.mail.seconds = SECONDS_PER_LETTER
    _fill_outbox(timezone.now())
    wait_until(lambda: len(site.mail.received) > 2, GIVE_UP_SECONDS)
    report.say(f"{LETTERS} letters are due, and each takes {SECONDS_PER_LETTER} s.")
    people = EmailAddress.objects.filter(verified=True, user__is_staff=False).order_by("pk")
    slowest_code = max(_send_code(site, address) for address in people.values_list("email", flat=True)[:URGENT])
    report.judge(
        f"a sign-in code leaves within {MAX_CODE_SECONDS:.0f} s",
        f"{slowest_code:.1f} s at most",
        holds=slowest_code <= MAX_CODE_SECONDS,
    )
    slowest_run = 0.0
    for _ in range(URGENT):
        slowest_run = max(slowest_run, wait_until(queue_drill_run(request), GIVE_UP_SECONDS))
        if slowest_run > MAX_RUN_SECONDS:
            break
    report.judge(
        f"a run over one request ends within {MAX_RUN_SECONDS:.0f} s",
        f"{slowest_run:.1f} s at most",
        holds=slowest_run <= MAX_RUN_SECONDS,
    )
    waiting = Notice.objects.filter(sent_at=None).count()
    report.judge("letters were still waiting", waiting, holds=waiting > LETTERS / 2)


def _fill_outbox(at: datetime) -> None:
    Notice.objects.bulk_create(
        Notice(
            address=f"n{number}@example.org",
            kind=AccountNotice.FACTOR_RESET,
            cause=f"drill:{number}",
            subjects={},
            created_at=at,
            due_at=at,
        )
        for number in range(LETTERS)
    )


def _send_code(site: Site, address: str) -> float:
    """Ask for a code to sign in with, and return the seconds until the letter has left."""
    site.mail.received.pop(address, None)
    began = time.monotonic()
    answer = site.ask("POST", "/api/v1/auth/app/v1/auth/code/request", email=address)
    if answer.status != CODE_SENT:
        return math.inf
    wait_until(lambda: address in site.mail.received, GIVE_UP_SECONDS)
    return site.mail.received.get(address, math.inf) - began
