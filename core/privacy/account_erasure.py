"""Core's part of an erasure: the account, what was written to it, and where it is signed in."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _
from rest_framework.throttling import UserRateThrottle

from core.accounts.queries import list_reviewers
from core.models import IdempotencyKey, Notice, User
from core.privacy.erasure_handlers import DataSubject, ErasurePreview, list_erasure_handlers


def preview_account_erasure(person: DataSubject) -> ErasurePreview:
    """What it means for the account."""
    user, first = person.user, []
    if user is not None and user.is_reviewer and not list_reviewers().exclude(pk=user.pk).exists():
        first.append(_("You are the only reviewer: make somebody else one first, so that nobody waits for nothing."))
    goes = [_("What we wrote to your addresses.")]
    stays = []
    if user is not None:
        goes.append(_("Your account, your settings, and wherever you are signed in."))
        stays.append(_("The history of what was done here names you by a number that then leads to nobody."))
        if user.is_reviewer:
            stays.append(_("What you decided as a reviewer stays decided; that it was you is no longer told."))
    return ErasurePreview(first, goes, stays)


def redact_stored_responses(person: DataSubject, at: datetime) -> None:
    """What others were answered about the person, kept for a day: the requests stay done, the answers are emptied."""
    words = {word for eraser in list_erasure_handlers() for word in eraser.search_terms(person)} | person.addresses
    if words:
        found = reduce(or_, (Q(answer__contains=word) for word in words))
        IdempotencyKey.objects.filter(found).update(answer="{}", shown=[])


def erase_account(person: DataSubject, at: datetime) -> None:
    """Everything of the account; called last."""
    Notice.objects.filter(address__in=person.addresses, created_at__lte=person.until).delete()
    _delete_sessions(person)
    _delete_attempt_counters(person)
    if person.user is not None:
        User.objects.filter(pk=person.user.pk).delete()


def list_addresses_without_account() -> Iterable[str]:
    """Where somebody was written to who has no account."""
    return Notice.objects.filter(recipient=None).values_list("address", flat=True).distinct()


def _delete_sessions(person: DataSubject) -> None:
    """Sessions name their account inside, and those of sign-ins that were not finished may name an address."""
    account = str(person.user.pk) if person.user else None
    for session in Session.objects.iterator():
        told = session.get_decoded()
        theirs = account is not None and told.get("_auth_user_id") == account
        if theirs or any(one in str(told) for one in person.addresses):
            session.delete()


def _delete_attempt_counters(person: DataSubject) -> None:
    """How often the person knocked, counted under their account's number or a digest of an address."""
    ends = [f":{hashlib.sha256(address.encode()).hexdigest()}" for address in sorted(person.addresses)]
    if person.user is not None:
        ends += [f":user:{person.user.pk}", *(f"throttle_{scope}_{person.user.pk}" for scope in _THROTTLE_SCOPES)]
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(caches["default"]._table)  # type: ignore[attr-defined]
        cursor.execute(f"DELETE FROM {table} WHERE cache_key LIKE ANY (%s)", [[f"%{end}" for end in ends]])


_THROTTLE_SCOPES = tuple(UserRateThrottle.THROTTLE_RATES)
