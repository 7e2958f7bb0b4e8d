"""Owing a message, and paying.

What has a clock leaves at once. Everything else is put together into one letter a day, so that nobody is stormed, not
even by a worker that was down for a week. A kind of message that somebody has muted is only shown when they sign in.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from core.errors import NotAllowed, WrongState
from core.models import Notice, User
from core.notifications.notice_types import is_sent_immediately
from core.task_queue import send_task_on_commit

log = structlog.get_logger(__name__)

DELIVER_TASK = "core.tasks.deliver_notices"
CLAIM_LEASE = timedelta(minutes=5)
MAX_DELIVERY_ATTEMPTS = 5
SERVER_RETRY_DELAY = timedelta(minutes=2)
MAX_SERVER_RETRY_DELAY = timedelta(hours=1)
DIGEST_INTERVAL = timedelta(days=1)


class PendingNotice(NamedTuple):
    """What is owed to whom; see `enqueue_notice`."""

    recipient: User | str
    kind: str
    cause: str
    subjects: dict[str, str]


def enqueue_notice(*, to: User | str, kind: str, cause: str, subjects: dict[str, str], at: datetime) -> None:
    """Records in the caller's transaction that `to`, a user or an address, is to be told.

    Owing the same `cause` again changes nothing.
    """
    enqueue_notices([PendingNotice(to, kind, cause, subjects)], at=at)


def enqueue_notices(owed: Iterable[PendingNotice], *, at: datetime) -> None:
    """The same for many at once."""
    rows = [
        Notice(
            recipient=one.recipient if isinstance(one.recipient, User) else None,
            address="" if isinstance(one.recipient, User) else one.recipient,
            kind=one.kind,
            is_immediate=is_sent_immediately(one.kind),
            cause=one.cause,
            subjects=one.subjects,
            created_at=at,
            due_at=at,
        )
        for one in owed
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
        send_task_on_commit(DELIVER_TASK)


def enqueue_notice_per_row(rows: "QuerySet[Any]", kind: str, *, to: str, subject: str, day: datetime) -> int:
    """The same for very many at once, one statement: to the user in the column `to` of each row, about the row itself.

    `rows` have public ids, and are the `subject`s. The same row is owed the same kind once a `day`. Returns how many
    are owed something new.
    """
    inner, parameters = rows.order_by().values_list(to, "public_id").query.sql_with_params()
    said: list[Any] = [kind, is_sent_immediately(kind), f"{day:%Y%m%d}", subject, day]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {Notice._meta.db_table} (
                public_id, recipient_id, address, kind, is_immediate, cause, subjects, created_at, due_at,
                attempts, last_error
            )
            SELECT gen_random_uuid(), owner, '', said.kind, said.once, said.kind || ':' || row || ':' || said.day,
                jsonb_build_object(said.subject, row), said.at, said.at, 0, ''
            FROM ({inner}) AS rows (owner, row),
                (VALUES (%s::text, %s::boolean, %s::text, %s::text, %s::timestamptz))
                AS said (kind, once, day, subject, at)
            ON CONFLICT (cause) DO NOTHING
            """,
            [*parameters, *said],
        )
        owed = int(cursor.rowcount)
    if owed:
        send_task_on_commit(DELIVER_TASK)
    return owed


@transaction.atomic
def retry_notice(*, actor: User, notice: Notice, at: datetime) -> None:
    """A reviewer has a notice that was set aside tried anew, with five attempts before it.

    Raises NotAllowed, WrongState (it is not set aside).
    """
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers have notices tried again.")
    aside = Notice.objects.filter(pk=notice.pk, sent_at=None, obsolete_at=None, failed_at__isnull=False)
    if not aside.update(failed_at=None, attempts=0, due_at=at, last_error=""):
        raise WrongState("This notice is not set aside: it was sent, or is being tried.")
    send_task_on_commit(DELIVER_TASK)


def _select_due_notices(at: datetime) -> "QuerySet[Notice]":
    # Nothing is ever put off by two days: such a row was written while a clock was wrong.
    now = Q(due_at__lte=at) | Q(due_at__gt=at + 2 * DIGEST_INTERVAL)
    return Notice.objects.filter(now, sent_at=None, obsolete_at=None, failed_at=None, muted_at=None)


@transaction.atomic
def claim_due_notices(at: datetime, most: int) -> list[Notice]:
    """What is due, of a recipient all or nothing, and claimed."""
    first = list(_select_due_notices(at).order_by("-is_immediate", "due_at").values_list("pk", "recipient_id")[:most])
    people = {recipient for _, recipient in first if recipient}
    wanted = _select_due_notices(at).filter(Q(pk__in=[pk for pk, _ in first]) | Q(recipient__in=people))
    claimed = list(wanted.order_by("pk").select_for_update(skip_locked=True, no_key=True, of=("self",)))
    select_notices(claimed).update(due_at=at + CLAIM_LEASE, attempts=F("attempts") + 1)
    return claimed


def postpone_failed_notices(notices: list[Notice], at: datetime, error: Exception) -> None:
    """These have failed: each waits twice as long as before, and the fifth time for a person."""
    for notice in select_notices(notices).filter(sent_at=None):
        select_notices([notice]).update(
            due_at=at + timedelta(minutes=2**notice.attempts),
            failed_at=at if notice.attempts >= MAX_DELIVERY_ATTEMPTS else None,
            last_error=describe_error(error),
        )


def postpone_until_server_answers(notices: list[Notice], at: datetime, error: Exception) -> None:
    """These were not tried at all: they wait as long again as they have waited, at most an hour."""
    waited = at - min(notice.created_at for notice in notices)
    release_claimed_notices(notices, due_at=at + min(max(waited, SERVER_RETRY_DELAY), MAX_SERVER_RETRY_DELAY))
    select_notices(notices).update(last_error=str(error)[:200])


def release_claimed_notices(notices: list[Notice], *, due_at: datetime) -> None:
    """These were claimed and not tried."""
    select_notices(notices).filter(sent_at=None).update(due_at=due_at, attempts=F("attempts") - 1)


def select_notices(notices: Iterable[Notice]) -> "QuerySet[Notice]":
    """Return the rows of these notices as a queryset."""
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])


def describe_error(error: Exception) -> str:
    """Return the class and the text of an error, cut to the length of its column."""
    return f"{type(error).__name__}: {error}"[:200]
