"""The quiet after the faults: what waits for a retry is brought forward, and all that is due is done."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import connections
from django.db.models import F
from django.utils import timezone

from core.models import Notice, SecretLetter
from drills.report import DrillReport, wait_until
from matching.models import Match, ProblemReport, Run

MAX_QUIET_SECONDS = 60.0
LONGEST_WAIT = timedelta(minutes=20)  # the leases and retries of a drill are shorter; the daily letter comes later
MAIL_AWAY_KEY = "core.notifications.away-until.mail"


def wait_until_settled(report: DrillReport, is_run_done: Callable[[], bool], *, until: datetime) -> None:
    """Wait until the last clock has run out and nothing is due, and judge that it came to that."""
    connections.close_all()  # the database has crashed meanwhile
    wait_until(lambda: timezone.now() > until, (until - timezone.now()).total_seconds() + 1)
    bring_retries_forward()
    seconds = wait_until(lambda: not _list_due(), MAX_QUIET_SECONDS)
    report.judge(
        f"nothing is due within {MAX_QUIET_SECONDS:.0f} s",
        f"{seconds:.0f} s" if seconds < MAX_QUIET_SECONDS else _list_due(),
        holds=seconds < MAX_QUIET_SECONDS,
    )
    report.judge("the run that was queued before the first fault is done", is_run_done(), holds=is_run_done())


def bring_retries_forward() -> None:
    """Let the minutes pass that retries and the leases of killed workers wait."""
    now = timezone.now()
    cache.delete(MAIL_AWAY_KEY)
    waiting = Notice.objects.filter(sent_at=None, obsolete_at=None, failed_at=None, muted_at=None)
    waiting.filter(due_at__range=(now, now + LONGEST_WAIT)).update(due_at=now)
    SecretLetter.objects.filter(due_at__gt=now).update(due_at=now)
    Run.objects.filter(state=Run.State.RUNNING).update(lease_expires_at=F("lease_expires_at") - LONGEST_WAIT)


def _list_due() -> dict[str, int]:
    """Count what is due, by kind; empty when all is quiet."""
    soon = timezone.now() + LONGEST_WAIT
    waiting = Notice.objects.filter(sent_at=None, obsolete_at=None, failed_at=None, muted_at=None)
    counts = {
        "notices": waiting.filter(due_at__lte=soon).count(),
        "codes": SecretLetter.objects.count(),
        "matches": Match.objects.filter(due_at__lte=timezone.now()).count(),
        "reports": ProblemReport.objects.filter(
            handled_at=None, escalated_at=None, answer_due_at__lte=timezone.now()
        ).count(),
        "runs": Run.objects.filter(state__in=(Run.State.QUEUED, Run.State.RUNNING)).count(),
    }
    return {name: number for name, number in counts.items() if number}
