"""What waits for a user's answer, and what of it is past its date.

Each app registers its kinds of work in a module `boot_parts`. All kinds are counted in one statement. The boot answer
and the start page of the admin read it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.functional import Promise

from core.models import User
from core.registry import Registry


class WorkAudience(Enum):
    """The users that a kind of work is counted for."""

    EVERYBODY = "everybody"
    CAMPAIGN = "campaign"  # tells of other people, so it needs the second factor
    REVIEWER = "reviewer"  # needs it as well


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingWork:
    """One kind of work.

    `rows` are those that wait for the user. `is_overdue` is the condition of those that are past their date at a
    moment; without it none is ever. `due_at` is the column of that date, or its expression. `admin_list` names the list
    of the admin in which a reviewer finds them, with the filter that `admin_query` gives this reviewer. `needed_part`
    names the part of the boot answer without which nothing of it can wait, as no offer does for a user without a
    profile.
    """

    label: str | Promise
    description: str
    audience: WorkAudience
    rows: Callable[[User], QuerySet[Any]]
    is_overdue: Callable[[datetime], Q] | None = None
    due_at: str | Combinable | None = None
    admin_list: str = ""
    admin_query: Callable[[User], str] = lambda user: ""
    needed_part: str = ""


@dataclass(frozen=True, slots=True)
class WorkCount:
    """How many rows wait, how many of these are past their date, and the earliest date of all."""

    count: int
    overdue_count: int
    first_due_at: datetime | None = None


NOTHING_WAITS = WorkCount(0, 0)


class _RowCounts(Subquery):
    # All numbers in one subquery: the planner of PostgreSQL takes longer over it than the count.
    template = (
        "(SELECT ARRAY[count(*), count(*) FILTER (WHERE is_past_date), extract(epoch FROM min(work_due_at))::bigint] "
        "FROM (%(subquery)s) AS counted)"
    )
    output_field: Any = ArrayField(BigIntegerField())


_kinds = Registry[WaitingWork]("kind of waiting work")


def register_waiting_work(name: str, work: WaitingWork) -> None:
    """Add a kind of work. Raises ValueError when the name is taken."""
    _kinds.register(name, work)


def list_waiting_work() -> Mapping[str, WaitingWork]:
    """Return the kinds of work by name."""
    return _kinds


def count_waiting_work(
    user: User, *, sees_others: bool, at: datetime, parts: Mapping[str, Any] | None = None
) -> dict[str, WorkCount | None]:
    """Count what waits for a user, in one statement; None for work that is not theirs.

    Without `sees_others`, the user has not used the second factor that their role needs. `parts` are what the boot
    answer says of the user, if it was read: work that needs an empty one of them is not counted.
    """
    theirs = {name: work for name, work in _kinds.items() if _is_audience(user, work.audience, sees_others)}
    counted = {
        name: work for name, work in theirs.items() if parts is None or not work.needed_part or parts[work.needed_part]
    }
    columns = {f"waiting_{name}": _RowCounts(_mark_past_date(work, user, at)) for name, work in counted.items()}
    numbers = User.objects.filter(pk=user.pk).annotate(**columns).values(*columns).get()
    counts = {name: _read_numbers(numbers[f"waiting_{name}"]) for name in counted}
    return {name: counts.get(name, NOTHING_WAITS) if name in theirs else None for name in _kinds}


def _mark_past_date(work: WaitingWork, user: User, at: datetime) -> QuerySet[Any]:
    """Return the date of each of the rows, and whether it is past."""
    condition = work.is_overdue(at) if work.is_overdue else Value(False)
    due_at = F(work.due_at) if isinstance(work.due_at, str) else work.due_at or Cast(Value(None), DateTimeField())
    columns = {
        "is_past_date": ExpressionWrapper(condition, BooleanField()),
        "work_due_at": ExpressionWrapper(due_at, DateTimeField()),
    }
    marked: QuerySet[Any] = work.rows(user).order_by().annotate(**columns).values(*columns)
    return marked


def _read_numbers(numbers: list[int | None] | None) -> WorkCount:
    """Return the numbers of the subquery as a count; a kind whose rows are `none()` for this user has NULL."""
    count, overdue_count, first_due = numbers or (0, 0, None)
    return WorkCount(count or 0, overdue_count or 0, datetime.fromtimestamp(first_due, UTC) if first_due else None)


def _is_audience(user: User, audience: WorkAudience, sees_others: bool) -> bool:
    if audience == WorkAudience.REVIEWER:
        return user.is_reviewer and sees_others
    return audience == WorkAudience.EVERYBODY or sees_others
