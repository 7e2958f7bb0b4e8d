"""Forgetting by itself what nothing needs any more."""

from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.db.models import Model, QuerySet

from core.keeping import kinds
from core.models import Notice, PersonalToken, User

log = structlog.get_logger(__name__)

BATCH = 500
BATCHES = 40  # of a kind in one go: the rest waits for the next, so that no kind holds up another for long


def days_of(kind: str) -> int:
    """How many days a kind is kept here."""
    return int(settings.KEPT_DAYS.get(kind, kinds()[kind].days))


def forget_old(*, at: datetime, most: int = BATCH) -> dict[str, int]:
    """Forgets whatever its days are over of, in short transactions of `most` rows; returns how many of each kind went.

    A kind that fails is logged, and holds up no other. What was forgotten stays so: doing it again does nothing.
    """
    return {kind: _forget(kind, at, most) for kind in kinds()}


def _forget(kind: str, at: datetime, most: int) -> int:
    gone = 0
    try:
        before = at - timedelta(days=days_of(kind))
        for _ in range(BATCHES):
            some = kinds()[kind].forgets(before, at, most)
            gone += some
            if some < most:
                break
    except Exception:
        log.exception("what is over was not forgotten", kind=kind)
    return gone


def notices(before: datetime, at: datetime, most: int) -> int:
    """What somebody was told, unless it still is to be told."""
    due = {"sent_at": None, "dropped_at": None, "set_aside_at": None, "muted_at": None}
    return delete(Notice.objects.filter(owed_at__lte=before).exclude(**due), most)


def looks(before: datetime, at: datetime, most: int) -> int:
    """Who looked; the database itself keeps it for a year, and has a function for this alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_forget_looks(%s, %s)", [before, most])
        (gone,) = cursor.fetchone()
    return int(gone)


def sessions(before: datetime, at: datetime, most: int) -> int:
    """Browsers that are signed out by their time, and how often somebody knocked."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{cache._table}" WHERE expires <= %s', [before])  # type: ignore[attr-defined]
    return delete(Session.objects.filter(expire_date__lte=before), most)


def tokens(before: datetime, at: datetime, most: int) -> int:
    """Tokens that open nothing any more."""
    return delete(PersonalToken.objects.filter(expires_at__lte=before), most)


def sign_ups(before: datetime, at: datetime, most: int) -> int:
    """Accounts whose address nobody has proved, and that nobody ever used."""
    unproved = User.objects.filter(joined_at__lte=before, last_login=None, is_staff=False)
    unproved = unproved.filter(emailaddress__verified=False).exclude(emailaddress__verified=True)
    return delete(unproved.filter(memberships=None, volunteer=None).distinct(), most)


def delete(rows: "QuerySet[Model]", most: int) -> int:
    """Deletes the first of these rows, and returns how many."""
    some = list(rows.order_by("pk").values_list("pk", flat=True)[:most])
    rows.model._default_manager.filter(pk__in=some).delete()
    return len(some)
