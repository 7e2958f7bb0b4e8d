"""What Celery's beat sends, and how often. Each task finds by itself what is due, so a message may be lost."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from celery.schedules import schedule

_STARTED_AT, _STARTED = datetime.now(UTC), time.monotonic()
SWEEPS, LETTER_SWEEPS = "sweeps", "letter-sweeps"
MIN_EXPIRY_SECONDS = 60.0  # above any difference between the clocks of two machines


def read_steady_clock() -> datetime:
    """Return the time at which this process started, plus the time since by a clock that only goes forward.

    By the system's clock a correction of an hour backwards would silence every sweep for an hour.
    """
    return _STARTED_AT + timedelta(seconds=time.monotonic() - _STARTED)


def _send_every(seconds: float, task: str, queue: str = SWEEPS) -> dict[str, Any]:
    """Return the entry of a task. Its messages expire, so that a worker that comes back drops the old ones unread.

    They have queues of their own. A worker takes from its queues in turn, so what people wait for passes a backlog.
    """
    expiry = max(seconds, MIN_EXPIRY_SECONDS)
    return {
        "task": task,
        "schedule": schedule(seconds, nowfun=read_steady_clock),
        "options": {"expires": expiry, "queue": queue},
    }


BEAT_SCHEDULE = {
    "sweep-matching": _send_every(10.0, "matching.tasks.sweep_due_work"),
    "count-supply": _send_every(600.0, "matching.tasks.count_playbook_supply"),
    "sweep-notices": _send_every(10.0, "core.tasks.deliver_notices", LETTER_SWEEPS),
    "read-bounces": _send_every(600.0, "core.tasks.read_bounces", LETTER_SWEEPS),
    "forget-counters": _send_every(60.0, "core.tasks.delete_rate_counters"),
    "sweep-recoveries": _send_every(60.0, "core.tasks.sweep_factor_recoveries"),
    "forget-keys": _send_every(3600.0, "core.tasks.delete_idempotency_keys"),
    "forget-old": _send_every(3600.0, "core.tasks.enforce_retention"),
}
