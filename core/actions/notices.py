"""Owing a message, and paying.

What has a clock leaves at once. Everything else is put together into one letter a day, so that nobody is stormed, not
even by a worker that was down for a week. A kind of message that somebody has muted is only shown when they sign in.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet

from core import registry
from core.mail import send
from core.models import Mute, Notice, User
from core.registry import Letter
from core.vocabulary import Topic
from core.wake import wake

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=5)
ATTEMPTS = 5
DAY = timedelta(days=1)
IN_A_ROW = 3  # failures in a row after which the rest waits: the mail server is away


class Owed(NamedTuple):
    """What is owed to whom; see `owe`."""

    to: User | str
    kind: str
    cause: str
    subjects: dict[str, str]


def owe(*, to: User | str, kind: str, cause: str, subjects: dict[str, str], at: datetime) -> None:
    """Records in the caller's transaction that `to`, a user or an address, is to be told.

    Owing the same `cause` again changes nothing.
    """
    owe_all([Owed(to, kind, cause, subjects)], at=at)


def owe_all(owed: Iterable[Owed], *, at: datetime) -> None:
    """The same for many at once."""
    rows = [
        Notice(
            recipient=one.to if isinstance(one.to, User) else None,
            address="" if isinstance(one.to, User) else one.to,
            kind=one.kind,
            at_once=registry.at_once(one.kind),
            cause=one.cause,
            subjects=one.subjects,
            owed_at=at,
            due_at=at,
        )
        for one in owed
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
        wake("core.tasks.deliver_notices")


def deliver_due(*, at: datetime, most: int = 100) -> int:
    """Sends what is due and returns how many letters went out.

    A notice is claimed for five minutes before it is tried, so two workers do not send it both, and one that dies in
    between leaves it to be tried again. After five failures it is set aside for a person to look at. While the mail
    server is away the rest waits, and nothing else does.
    """
    letters = _letters(_claim(at, most), at)
    sent = failed = 0
    for notices in letters:
        try:
            sent += _send(notices, at)
            failed = 0
        except Exception as error:
            log.exception("letter failed", notices=[str(notice.public_id) for notice in notices])
            _postpone(notices, at, error)
            failed += 1
            if failed == IN_A_ROW:
                break
    return sent


@transaction.atomic
def mark_read(*, actor: User, notices: Iterable[str] | None = None, at: datetime) -> int:
    """The person has seen these notices, or all of them; returns how many were new to them."""
    mine = Notice.objects.filter(recipient=actor, read_at=None)
    if notices is not None:
        mine = mine.filter(public_id__in=list(notices))
    return mine.update(read_at=at)


def mute(*, user: User, topic: Topic, muted: bool = True) -> None:
    """Whether the person wants no mail about a topic; they still see its notices when they sign in."""
    if muted:
        Mute.objects.get_or_create(user=user, topic=topic)
    else:
        Mute.objects.filter(user=user, topic=topic).delete()


def _due(at: datetime) -> "QuerySet[Notice]":
    return Notice.objects.filter(due_at__lte=at, sent_at=None, dropped_at=None, set_aside_at=None, muted_at=None)


@transaction.atomic
def _claim(at: datetime, most: int) -> list[Notice]:
    """What is due, of a recipient all or nothing, and claimed."""
    first = list(_due(at).order_by("-at_once", "due_at").values_list("pk", "recipient_id")[:most])
    people = {recipient for _, recipient in first if recipient}
    wanted = _due(at).filter(Q(pk__in=[pk for pk, _ in first]) | Q(recipient__in=people))
    claimed = list(wanted.order_by("pk").select_for_update(skip_locked=True, no_key=True, of=("self",)))
    Notice.objects.filter(pk__in=[notice.pk for notice in claimed]).update(
        due_at=at + LEASE, attempts=F("attempts") + 1
    )
    return claimed


def _letters(claimed: list[Notice], at: datetime) -> list[list[Notice]]:
    """Which notices go into a letter together: what leaves at once alone, a person's others in one, once a day."""
    letters: list[list[Notice]] = []
    daily: dict[int, list[Notice]] = defaultdict(list)
    muted = set(
        Mute.objects.filter(user__in={notice.recipient_id for notice in claimed}).values_list("user_id", "topic")
    )
    for notice in claimed:
        if (notice.recipient_id, registry.kind_of(notice).topic) in muted:
            Notice.objects.filter(pk=notice.pk).update(muted_at=at)
        elif notice.at_once or notice.recipient_id is None:
            letters.append([notice])
        else:
            daily[notice.recipient_id].append(notice)
    for recipient, notices in sorted(daily.items()):
        # The one letter a day is claimed before it is written; a second worker finds it taken.
        free = User.objects.filter(Q(digest_at=None) | Q(digest_at__lte=at - DAY), pk=recipient)
        if free.update(digest_at=at):
            letters.append(notices)
        else:
            next_at = (User.objects.get(pk=recipient).digest_at or at) + DAY
            _rows(notices).update(due_at=max(next_at, at), attempts=F("attempts") - 1)
    return letters


def _send(notices: list[Notice], at: datetime) -> int:
    told: list[tuple[Notice, Letter]] = []
    for notice in Notice.objects.select_related("recipient").filter(pk__in=[one.pk for one in notices]).order_by("pk"):
        letter = registry.render(notice)
        if letter is None:
            Notice.objects.filter(pk=notice.pk).update(dropped_at=at)
        else:
            told.append((notice, letter))
    if not told:
        _free_the_day(notices, at)
        return 0
    send(told)
    _rows([notice for notice, _ in told]).update(sent_at=at, last_error="")
    return 1


def _postpone(notices: list[Notice], at: datetime, error: Exception) -> None:
    for notice in notices:
        tried = notice.attempts + 1
        _rows([notice]).filter(sent_at=None).update(
            due_at=at + timedelta(minutes=2**tried),
            set_aside_at=at if tried >= ATTEMPTS else None,
            last_error=f"{type(error).__name__}: {error}"[:200],
        )
    _free_the_day(notices, at)


def _free_the_day(notices: list[Notice], at: datetime) -> None:
    """Nothing was sent, so the one letter of the day has still to come."""
    people = [notice.recipient_id for notice in notices if notice.recipient_id is not None and not notice.at_once]
    User.objects.filter(pk__in=people, digest_at=at).update(digest_at=None)


def _rows(notices: Iterable[Notice]) -> "QuerySet[Notice]":
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])
