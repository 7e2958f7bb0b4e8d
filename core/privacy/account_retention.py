"""Retention of what core keeps about accounts."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection

from core.models import Notice, PersonalToken, User
from core.privacy.retention import delete_batch


def delete_old_notices(before: datetime, at: datetime, most: int) -> int:
    """What somebody was told, unless it still is to be told."""
    due = {"sent_at": None, "obsolete_at": None, "failed_at": None, "muted_at": None}
    return delete_batch(Notice.objects.filter(created_at__lte=before).exclude(**due), most)


def delete_old_contact_accesses(before: datetime, at: datetime, most: int) -> int:
    """Who looked; the database itself keeps it for a year, and has a function for this alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_delete_contact_accesses(%s, %s)", [before, most])
        (gone,) = cursor.fetchone()
    return int(gone)


def delete_expired_sessions(before: datetime, at: datetime, most: int) -> int:
    """Browsers that are signed out by their time, and how often somebody knocked."""
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{cache._table}" WHERE expires <= %s', [before])  # type: ignore[attr-defined]
    return delete_batch(Session.objects.filter(expire_date__lte=before), most)


def delete_expired_tokens(before: datetime, at: datetime, most: int) -> int:
    """Tokens that open nothing any more."""
    return delete_batch(PersonalToken.objects.filter(expires_at__lte=before), most)


def delete_unverified_accounts(before: datetime, at: datetime, most: int) -> int:
    """Accounts whose address nobody has proved, and that nobody ever used."""
    unproved = User.objects.filter(joined_at__lte=before, last_login=None, is_staff=False)
    unproved = unproved.filter(emailaddress__verified=False).exclude(emailaddress__verified=True)
    return delete_batch(unproved.filter(memberships=None, volunteer=None).distinct(), most)
