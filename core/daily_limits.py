"""Refuse what was done too often within a day, with the seconds until it may be done again."""

import math
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from core.clock_rules import ONE_DAY
from core.errors import TooManyRequests
from core.rate_counters import count_request


def check_daily_rows(
    rows: "QuerySet[Any]", column: str, *, limit: int, message: str, at: datetime, field: str = ""
) -> None:
    """Raise TooManyRequests where `limit` rows or more have a time within the day before `at` in this column.

    The row with which there were as many as may be says when one more may come: a day after its time.
    """
    newest = rows.filter(**{f"{column}__gt": at - ONE_DAY}).order_by(f"-{column}").values_list(column, flat=True)
    found = [*newest[limit - 1 : limit]] if limit else [at]
    if found:
        raise TooManyRequests(message, retry_after=_count_seconds(found[0] + ONE_DAY - at), field=field)


def count_within_day(key: str, *, limit: int, message: str, at: datetime, field: str = "") -> None:
    """Count one more under `key`, or raise TooManyRequests where there were `limit` within a day."""
    counted = count_request(key, limit=limit, seconds=ONE_DAY.total_seconds(), at=at)
    if not counted.is_allowed:
        wait = timedelta(seconds=counted.retry_after_seconds)
        raise TooManyRequests(message, retry_after=_count_seconds(wait), field=field)


def _count_seconds(wait: timedelta) -> int:
    # The time of history is the database's, which may run beside ours.
    return math.ceil(min(max(wait, timedelta(seconds=1)), ONE_DAY).total_seconds())
