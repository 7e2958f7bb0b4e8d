"""Transactional outbox: enqueue notices, claim them for delivery, postpone those that fail.

A notice with a deadline leaves at once. All others wait for one daily digest, so that a user gets few messages even
after workers were down for a week. A notice of a muted topic is shown in the inbox only.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any, NamedTuple

import structlog
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from core.errors import NotAllowed, WrongState
from core.models import Notice, User
from core.notifications.notice_types import is_sent_immediately
from core.task_queue import send_task_on_commit

log = structlog.get_logger(__name__)

DELIVER_TASK = "core.tasks.deliver_notices"
CLAIM_LEASE = timedelta(minutes=5)
MAX_DELIVERY_ATTEMPTS = 5
_ADDRESS_PATTERN = re.compile(r"[^\s<>'\"{}(),:]+@[^\s<>'\"{}(),:]+")
SERVER_RETRY_DELAY = timedelta(minutes=2)
MAX_SERVER_RETRY_DELAY = timedelta(hours=1)
MAX_POSTPONEMENT = timedelta(days=2)


class PendingNotice(NamedTuple):
    """A notice to enqueue; see `enqueue_notice`."""

    recipient: User | str
    kind: str
    cause: str
    subjects: dict[str, str]
    is_mailed: bool = True
    due_at: datetime | None = None


def enqueue_notice(
    *,
    to: User | str,
    kind: str,
    cause: str,
    subjects: dict[str, str],
    at: datetime,
    is_mailed: bool = True,
    due_at: datetime | None = None,
) -> None:
    """Enqueue a notice to a user or an address, in the caller's transaction.

    A `cause` that was enqueued before changes nothing. Without `is_mailed` it stands in the user's inbox only: it is
    for people whose mailbox others may read. It does not leave before `due_at`, at most `MAX_POSTPONEMENT` later.
    Raises KeyError for an unknown kind.
    """
    enqueue_notices([PendingNotice(to, kind, cause, subjects, is_mailed, due_at)], at=at)


def enqueue_notices(pending: Iterable[PendingNotice], *, at: datetime) -> None:
    """Enqueue many notices in one statement, in the caller's transaction."""
    rows = [
        Notice(
            recipient=notice.recipient if isinstance(notice.recipient, User) else None,
            address="" if isinstance(notice.recipient, User) else notice.recipient,
            kind=notice.kind,
            is_immediate=is_sent_immediately(notice.kind),
            cause=notice.cause,
            subjects=notice.subjects,
            created_at=at,
            due_at=notice.due_at or at,
            muted_at=None if notice.is_mailed else at,
        )
        for notice in pending
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
        send_task_on_commit(DELIVER_TASK)


def enqueue_notice_per_row(rows: "QuerySet[Any]", kind: str, *, to: str, subject: str, day: datetime) -> int:
    """Enqueue a notice for each row in one statement, to the user in the column `to`; return how many are new.

    The row itself is the notice's subject, under the name `subject`, by its public id. A row gets the same kind once a
    `day` at most.
    """
    inner, parameters = rows.order_by().values_list(to, "public_id").query.sql_with_params()
    values: list[Any] = [kind, is_sent_immediately(kind), f"{day:%Y%m%d}", subject, day]
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
            [*parameters, *values],
        )
        enqueued = int(cursor.rowcount)
    if enqueued:
        send_task_on_commit(DELIVER_TASK)
    return enqueued


@transaction.atomic
def retry_notice(*, actor: User, notice: Notice, at: datetime) -> None:
    """Try a notice that was set aside again, with five new attempts.

    Raises NotAllowed (not a reviewer), WrongState (not set aside).
    """
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers may have a notice tried again. Ask one of them."))
    set_aside = Notice.objects.filter(pk=notice.pk, sent_at=None, obsolete_at=None, failed_at__isnull=False)
    if not set_aside.update(failed_at=None, attempts=0, due_at=at, last_error=""):
        raise WrongState(_("This notice is not set aside: it was sent, or is being tried. Look at its state."))
    send_task_on_commit(DELIVER_TASK)


def _select_due_notices(at: datetime) -> "QuerySet[Notice]":
    # The daily digest postpones by a day at most: a row beyond twice that was written while a clock was wrong.
    is_due = Q(due_at__lte=at) | Q(due_at__gt=at + MAX_POSTPONEMENT)
    return Notice.objects.filter(is_due, sent_at=None, obsolete_at=None, failed_at=None, muted_at=None)


@transaction.atomic
def claim_due_notices(at: datetime, most: int) -> list[Notice]:
    """Claim up to `most` due notices, and all others that are due to the same users."""
    # All of a user's due notices go into one message, so they are claimed together.
    first = list(_select_due_notices(at).order_by("-is_immediate", "due_at").values_list("pk", "recipient_id")[:most])
    people = {recipient for _pk, recipient in first if recipient}
    together = _select_due_notices(at).filter(Q(pk__in=[pk for pk, _recipient in first]) | Q(recipient__in=people))
    # A worker passes over the rows that another one is claiming instead of waiting for it.
    claimed = list(together.order_by("pk").select_for_update(skip_locked=True, no_key=True, of=("self",)))
    select_notices(claimed).update(due_at=at + CLAIM_LEASE, attempts=F("attempts") + 1)
    return claimed


def postpone_failed_notices(notices: list[Notice], at: datetime, error: Exception) -> None:
    """Postpone notices that failed, twice as long each time; set them aside after the fifth attempt."""
    for notice in select_notices(notices).filter(sent_at=None):
        select_notices([notice]).update(
            due_at=at + timedelta(minutes=2**notice.attempts),
            failed_at=at if notice.attempts >= MAX_DELIVERY_ATTEMPTS else None,
            last_error=describe_error(error),
        )


def postpone_until_server_answers(notices: list[Notice], at: datetime, error: Exception) -> None:
    """Postpone notices that were not tried, by as long as they have waited already, at most an hour."""
    waited = at - min(notice.created_at for notice in notices)
    release_claimed_notices(notices, due_at=at + min(max(waited, SERVER_RETRY_DELAY), MAX_SERVER_RETRY_DELAY))
    select_notices(notices).update(last_error=str(error)[:200])


def release_claimed_notices(notices: list[Notice], *, due_at: datetime) -> None:
    """Release notices that were claimed and not tried: the attempt does not count."""
    select_notices(notices).filter(sent_at=None).update(due_at=due_at, attempts=F("attempts") - 1)


def select_notices(notices: Iterable[Notice]) -> "QuerySet[Notice]":
    """Return the rows of these notices as a queryset."""
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])


def name_error(error: Exception) -> str:
    """Return the class of an error, with the mail server's codes. The server’s words may name people."""
    refused = error.recipients.values() if isinstance(error, SMTPRecipientsRefused) else ()
    codes = {*(code for code, _text in refused), *filter(None, [getattr(error, "smtp_code", None)])}
    return " ".join([type(error).__name__, *map(str, sorted(codes))])


def describe_error(error: Exception) -> str:
    """Return the class and the text of an error, cut to the length of its column.

    Addresses are left out: a log is not erased with the person, and a mail server names whom it refused.
    """
    return _ADDRESS_PATTERN.sub("(address)", f"{type(error).__name__}: {error}")[:200]
