"""Retention of core's own rows: notices, sessions, tokens, accounts and the contact access log."""

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import connection

from core.accounts.queries import list_unproved_accounts
from core.models import BouncedAddress, FactorRecovery, Notice, PersonalToken, RemovedAddress
from core.privacy.retention import delete_batch


def delete_old_notices(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete notices created until `expired_before`, except those that are still to be sent."""
    due = {"sent_at": None, "obsolete_at": None, "failed_at": None, "muted_at": None}
    return delete_batch(Notice.objects.filter(created_at__lte=expired_before).exclude(**due), max_rows)


def delete_old_contact_accesses(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete old entries of the contact access log."""
    # The application's role may not delete them. This function of the database may, and it keeps each for a year.
    with connection.cursor() as cursor:
        cursor.execute("SELECT core_delete_contact_accesses(%s, %s)", [expired_before, max_rows])
        (deleted,) = cursor.fetchone()
    return int(deleted)


def delete_expired_sessions(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete expired sessions."""
    return delete_batch(Session.objects.filter(expire_date__lte=expired_before), max_rows)


def delete_expired_tokens(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete personal tokens that have expired."""
    return delete_batch(PersonalToken.objects.filter(expires_at__lte=expired_before), max_rows)


def delete_ended_recoveries(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete recoveries of second factors that ended until `expired_before`."""
    return delete_batch(FactorRecovery.objects.filter(ended_at__lte=expired_before), max_rows)


def delete_old_bounces(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete addresses from which letters came back until `expired_before`: the next letter shows if they still do."""
    return delete_batch(BouncedAddress.objects.filter(bounced_at__lte=expired_before), max_rows)


def delete_old_removed_addresses(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete addresses that were removed from their account until `expired_before`."""
    return delete_batch(RemovedAddress.objects.filter(removed_at__lte=expired_before), max_rows)


def delete_unverified_accounts(expired_before: datetime, at: datetime, max_rows: int) -> int:
    """Delete accounts that joined until `expired_before`, never verified their address, and were never used."""
    return delete_batch(list_unproved_accounts().filter(joined_at__lte=expired_before), max_rows)
