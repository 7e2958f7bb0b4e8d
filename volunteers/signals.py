"""Signals that volunteers send inside the transaction of a change, for the packages above.

A receiver is a short cut only: the sweep also finds what follows from the change.
"""

from datetime import datetime
from typing import Any

from django.dispatch import Signal

volunteer_updated = Signal()
"""A volunteer has created or changed their profile, or has returned. `volunteer`, `at`."""

pause_ended = Signal()
"""A volunteer is back from a pause, within the transaction that ends it. `volunteer`, `at`."""

answer_deadline_asked = Signal()
"""Asks until when an answer is promised to a hand that is raised now. `time_zone` of the volunteer, `at`; each receiver
returns a time."""


def find_answer_deadline(time_zone: str, *, at: datetime) -> datetime | None:
    """Return until when a volunteer in `time_zone` is promised an answer, or None without a receiver."""
    answers: list[tuple[Any, Any]] = answer_deadline_asked.send(None, time_zone=time_zone, at=at)
    return min((deadline for _receiver, deadline in answers if deadline), default=None)
