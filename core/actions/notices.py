"""Owing a message, and paying."""

from datetime import datetime, timedelta

import structlog
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, QuerySet

from core import registry
from core.models import Notice, User
from core.wake import wake

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
ATTEMPTS = 5


def owe(*, to: User | str, kind: str, cause: str, subjects: dict[str, str], at: datetime) -> None:
    """Records in the caller's transaction that `to`, a user or an address, is to be told.

    Owing the same `cause` again changes nothing.
    """
    recipient, address = (to, "") if isinstance(to, User) else (None, to)
    Notice.objects.bulk_create(
        [
            Notice(
                recipient=recipient, address=address, kind=kind, cause=cause, subjects=subjects, owed_at=at, due_at=at
            )
        ],
        ignore_conflicts=True,
    )
    wake("core.tasks.deliver_notices")


def deliver_due(*, at: datetime, most: int = 100) -> int:
    """Sends what is due, each notice on its own, and returns how many went out.

    A notice is claimed for five minutes before it is tried, so two workers do not send it both, and one that dies in
    between leaves it to be tried again. After five failures it is set aside for a person to look at.
    """
    sent = 0
    for notice in _claim(at, most):
        try:
            sent += _send(notice, at)
        except Exception as error:
            log.exception("notice failed", notice=str(notice.public_id), kind=notice.kind)
            _postpone(notice, at, error)
    return sent


def _due(at: datetime) -> "QuerySet[Notice]":
    return Notice.objects.filter(due_at__lte=at, sent_at=None, dropped_at=None, set_aside_at=None)


@transaction.atomic
def _claim(at: datetime, most: int) -> list[Notice]:
    claimed = list(_due(at).order_by("due_at").select_for_update(skip_locked=True, no_key=True)[:most])
    Notice.objects.filter(pk__in=[notice.pk for notice in claimed]).update(
        due_at=at + LEASE, attempts=F("attempts") + 1
    )
    return claimed


def _send(notice: Notice, at: datetime) -> int:
    letter = registry.render(notice)
    if letter is None:
        Notice.objects.filter(pk=notice.pk).update(dropped_at=at)
        return 0
    address = notice.recipient.email if notice.recipient else notice.address
    EmailMessage(letter.subject, letter.text, to=[address]).send()
    Notice.objects.filter(pk=notice.pk).update(sent_at=at, last_error="")
    return 1


def _postpone(notice: Notice, at: datetime, error: Exception) -> None:
    tried = notice.attempts + 1
    Notice.objects.filter(pk=notice.pk).update(
        due_at=at + timedelta(minutes=2**tried),
        set_aside_at=at if tried >= ATTEMPTS else None,
        last_error=f"{type(error).__name__}: {error}"[:200],
    )
