"""Owing a message, and paying.

What has a clock leaves at once. Everything else is put together into one letter a day, so that nobody is stormed, not
even by a worker that was down for a week. A kind of message that somebody has muted is only shown when they sign in.
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import structlog
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core.errors import NotAllowed, WrongState
from core.mail import ServerAwayError, language_of, send
from core.models import Mute, Notice, User
from core.registry import Letter, at_once, topic_of, words_of
from core.vocabulary import Topic
from core.wake import wake

log = structlog.get_logger(__name__)

DELIVER = "core.tasks.deliver_notices"
LEASE = timedelta(minutes=5)
ATTEMPTS = 5
SHORTLY = timedelta(minutes=2)
AN_HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
_AWAY = "core.mail.away-until"
IN_A_ROW = 3  # letters that fail one after the other, after which the rest waits for the next round


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
            at_once=at_once(one.kind),
            cause=one.cause,
            subjects=one.subjects,
            owed_at=at,
            due_at=at,
        )
        for one in owed
    ]
    if rows:
        Notice.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
        wake(DELIVER)


def owe_rows(rows: "QuerySet[Any]", kind: str, *, to: str, subject: str, day: datetime) -> int:
    """The same for very many at once, one statement: to the user in the column `to` of each row, about the row itself.

    `rows` have public ids, and are the `subject`s. The same row is owed the same kind once a `day`. Returns how many
    are owed something new.
    """
    inner, parameters = rows.order_by().values_list(to, "public_id").query.sql_with_params()
    said: list[Any] = [kind, at_once(kind), f"{day:%Y%m%d}", subject, day]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO {Notice._meta.db_table} (
                public_id, recipient_id, address, kind, at_once, cause, subjects, owed_at, due_at, attempts, last_error
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
        wake(DELIVER)
    return owed


def deliver_due(*, at: datetime, most: int = 100, seconds: Callable[[], float] = time.monotonic) -> int:
    """Sends what is due and returns how many letters went out. `seconds` measures how long that takes.

    A notice is claimed for five minutes before it is tried, so two workers do not send it both, and one that dies in
    between leaves it to be tried again. No letter is begun when half of that time is over. After five failures of its
    own a notice is set aside for a person to look at. While the mail server is away all letters wait, and it is tried
    with one of them every two minutes: workers have other things to do than to wait for it.
    """
    away_until = cache.get(_AWAY)
    if away_until is not None and at < away_until <= at + SHORTLY:
        return 0
    begun, sent, in_a_row = seconds(), 0, 0
    letters = deque(_letters(_claim(at, most), at))
    while letters and in_a_row < IN_A_ROW and seconds() - begun < LEASE.total_seconds() / 2:
        notices = letters.popleft()
        try:
            sent += _send(notices, at)
            in_a_row = 0
        except ServerAwayError as error:
            log.warning("mail server away", error=str(error))
            cache.set(_AWAY, at + SHORTLY, timeout=AN_HOUR.total_seconds())
            _wait_for_the_server(notices, at, error)
            _free_the_day(notices, at)
            break
        except Exception as error:
            names = [str(notice.public_id) for notice in notices]
            log.warning("letter failed", notices=names, error=_said(error), exc_info=not isinstance(error, OSError))
            _postpone(notices, at, error)
            _free_the_day(notices, at)
            in_a_row += 1
    rest = [notice for letter in letters for notice in letter]
    _give_back(rest, due_at=at)
    _free_the_day(rest, at)
    return sent


@transaction.atomic
def try_again(*, actor: User, notice: Notice, at: datetime) -> None:
    """A reviewer has a notice that was set aside tried anew, with five attempts before it.

    Raises NotAllowed, WrongState (it is not set aside).
    """
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers have notices tried again.")
    aside = Notice.objects.filter(pk=notice.pk, sent_at=None, dropped_at=None, set_aside_at__isnull=False)
    if not aside.update(set_aside_at=None, attempts=0, due_at=at, last_error=""):
        raise WrongState("This notice is not set aside: it was sent, or is being tried.")
    wake(DELIVER)


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
    # Nothing is ever put off by two days: such a row was written while a clock was wrong.
    now = Q(due_at__lte=at) | Q(due_at__gt=at + 2 * DAY)
    return Notice.objects.filter(now, sent_at=None, dropped_at=None, set_aside_at=None, muted_at=None)


@transaction.atomic
def _claim(at: datetime, most: int) -> list[Notice]:
    """What is due, of a recipient all or nothing, and claimed."""
    first = list(_due(at).order_by("-at_once", "due_at").values_list("pk", "recipient_id")[:most])
    people = {recipient for _, recipient in first if recipient}
    wanted = _due(at).filter(Q(pk__in=[pk for pk, _ in first]) | Q(recipient__in=people))
    claimed = list(wanted.order_by("pk").select_for_update(skip_locked=True, no_key=True, of=("self",)))
    _rows(claimed).update(due_at=at + LEASE, attempts=F("attempts") + 1)
    return claimed


def _letters(claimed: list[Notice], at: datetime) -> list[list[Notice]]:
    """Which notices go into a letter together: what leaves at once to one person, and their others, once a day."""
    letters: list[list[Notice]] = []
    now: dict[int, list[Notice]] = defaultdict(list)
    daily: dict[int, list[Notice]] = defaultdict(list)
    muted = set(
        Mute.objects.filter(user__in={notice.recipient_id for notice in claimed}).values_list("user_id", "topic")
    )
    for notice in claimed:
        if (notice.recipient_id, topic_of(notice)) in muted:
            _rows([notice]).update(muted_at=at)
        elif notice.recipient_id is None:
            letters.append([notice])
        elif notice.at_once:
            now[notice.recipient_id].append(notice)
        else:
            daily[notice.recipient_id].append(notice)
    letters += now.values()
    for recipient, notices in sorted(daily.items()):
        if _take_the_day(recipient, at):
            letters.append(notices)
        else:
            last = User.objects.get(pk=recipient).digest_at or at
            _give_back(notices, due_at=max(last + DAY, at))
    return letters


def _take_the_day(recipient: int, at: datetime) -> bool:
    """Claims the one letter a day before it is written, so that a second worker finds it taken.

    A worker that died before it sent the letter leaves the day free once its lease has ended, and so does a clock that
    was wrong by more than a day.
    """
    said = Notice.objects.filter(recipient=OuterRef("pk"), at_once=False, sent_at=OuterRef("digest_at"))
    lost = Q(digest_at__lte=at - LEASE) & ~Exists(said)
    free = Q(digest_at=None) | Q(digest_at__lte=at - DAY) | Q(digest_at__gt=at + DAY) | lost
    return bool(User.objects.filter(free, pk=recipient).update(digest_at=at))


def _send(notices: list[Notice], at: datetime) -> int:
    """Sends one letter about those of the notices that are still ours and still true; returns 1 if there was one."""
    ours = _rows(notices).filter(due_at=at + LEASE, sent_at=None).select_related("recipient").order_by("pk")
    told = _told(list(ours), at)
    if not told:
        _free_the_day(notices, at)
        return 0
    send(told)
    _rows([notice for notice, _ in told]).update(sent_at=at, last_error="")
    return 1


def _told(notices: list[Notice], at: datetime) -> list[tuple[Notice, Letter]]:
    """What is still to be said, in words; what is no longer true is dropped, what has no words waits by itself."""
    if not notices:
        return []
    words = words_of(notices, language=language_of(notices[0]), at=at)
    told = []
    for notice in notices:
        letter = words[notice.pk]
        if isinstance(letter, Exception):
            _postpone([notice], at, letter)
        elif letter is None or (notice.recipient and not notice.recipient.is_active):
            _rows([notice]).update(dropped_at=at)
        else:
            told.append((notice, letter))
    return told


def _postpone(notices: list[Notice], at: datetime, error: Exception) -> None:
    """These have failed: each waits twice as long as before, and the fifth time for a person."""
    for notice in _rows(notices).filter(sent_at=None):
        _rows([notice]).update(
            due_at=at + timedelta(minutes=2**notice.attempts),
            set_aside_at=at if notice.attempts >= ATTEMPTS else None,
            last_error=_said(error),
        )


def _wait_for_the_server(notices: list[Notice], at: datetime, error: Exception) -> None:
    """These were not tried at all: they wait as long again as they have waited, at most an hour."""
    waited = at - min(notice.owed_at for notice in notices)
    _give_back(notices, due_at=at + min(max(waited, SHORTLY), AN_HOUR))
    _rows(notices).update(last_error=str(error)[:200])


def _give_back(notices: list[Notice], *, due_at: datetime) -> None:
    """These were claimed and not tried."""
    _rows(notices).filter(sent_at=None).update(due_at=due_at, attempts=F("attempts") - 1)


def _free_the_day(notices: list[Notice], at: datetime) -> None:
    """Nothing was sent, so the one letter of the day has still to come."""
    people = [notice.recipient_id for notice in notices if notice.recipient_id is not None and not notice.at_once]
    User.objects.filter(pk__in=people, digest_at=at).update(digest_at=None)


def _rows(notices: Iterable[Notice]) -> "QuerySet[Notice]":
    return Notice.objects.filter(pk__in=[notice.pk for notice in notices])


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
