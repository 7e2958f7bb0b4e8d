"""Apply the retention rules: delete rows whose retention period is over."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import Model, QuerySet

from core.privacy.retention_registry import list_retention_rules

log = structlog.get_logger(__name__)

BATCH_ROWS = 500
MAX_BATCHES = 40  # of one kind a call; the rest waits for the next, so that no kind holds up the others for long


def retention_days(kind: str) -> int:
    """Return how many days this installation keeps rows of a kind: its own number, but the rule's minimum at least."""
    rule = list_retention_rules()[kind]
    return max(int(settings.RETENTION_DAYS.get(kind, rule.days)), rule.min_days)


def find_retention_errors() -> Iterator[str]:
    """Yield a sentence for each entry of the setting RETENTION_DAYS that cannot be kept, for the operator."""
    rules = list_retention_rules()
    for kind, days in settings.RETENTION_DAYS.items():
        if kind not in rules:
            yield f"RETENTION_DAYS names {kind!r}, which is unknown. Use one of these: {', '.join(sorted(rules))}."
        elif days < rules[kind].min_days:
            yield f"RETENTION_DAYS keeps {kind} for {days} days. Give {rules[kind].min_days} at least."


def apply_retention_rules(*, at: datetime, max_rows: int = BATCH_ROWS) -> dict[str, int]:
    """Delete rows whose period is over, in batches of `max_rows` rows, and return how many of each kind were deleted.

    A kind that fails is logged and does not stop the others. Idempotent.
    """
    return {kind: _apply_rule(kind, at, max_rows) for kind in list_retention_rules()}


def _apply_rule(kind: str, at: datetime, max_rows: int) -> int:
    deleted = 0
    try:
        expired_before = at - timedelta(days=retention_days(kind))
        for _ in range(MAX_BATCHES):
            # Each batch is a transaction of its own, so that its locks are short.
            batch_size = list_retention_rules()[kind].delete_expired(expired_before, at, max_rows)
            deleted += batch_size
            if batch_size < max_rows:
                break
    except Exception:
        log.exception("retention rule failed", kind=kind)
    return deleted


def delete_batch(rows: "QuerySet[Model]", max_rows: int) -> int:
    """Delete the first `max_rows` of these rows by id, and return how many were deleted."""
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:max_rows])
    rows.model._default_manager.filter(pk__in=ids).delete()
    return len(ids)
