"""Forgetting by itself what nothing needs any more."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Model, QuerySet

from core.privacy.retention_rules import list_retention_rules

log = structlog.get_logger(__name__)

BATCH_ROWS = 500
MAX_BATCHES = 40  # of a kind in one go: the rest waits for the next, so that no kind holds up another for long


def retention_days(kind: str) -> int:
    """How many days a kind is kept here."""
    return int(settings.RETENTION_DAYS.get(kind, list_retention_rules()[kind].days))


def apply_retention_rules(*, at: datetime, most: int = BATCH_ROWS) -> dict[str, int]:
    """Forgets whatever its days are over of, in short transactions of `most` rows; returns how many of each kind went.

    A kind that fails is logged, and holds up no other. What was forgotten stays so: doing it again does nothing.
    """
    return {kind: _apply_rule(kind, at, most) for kind in list_retention_rules()}


def _apply_rule(kind: str, at: datetime, most: int) -> int:
    gone = 0
    try:
        before = at - timedelta(days=retention_days(kind))
        for _ in range(MAX_BATCHES):
            some = list_retention_rules()[kind].delete_expired(before, at, most)
            gone += some
            if some < most:
                break
    except Exception:
        log.exception("what is over was not forgotten", kind=kind)
    return gone


def delete_batch(rows: "QuerySet[Model]", most: int) -> int:
    """Deletes the first of these rows, and returns how many."""
    some = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    rows.model._default_manager.filter(pk__in=some).delete()
    return len(some)
