"""Core's part of an erasure: the account, its notices, its sessions and the counters of its rate limits."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.utils.translation import gettext as _
from rest_framework.throttling import UserRateThrottle

from core.models import BouncedAddress, FactorRecovery, Notice, User
from core.notifications.secret_letters import delete_secret_letters
from core.privacy.erasure_handlers import DataSubject, ErasurePreview
from core.rate_counters import delete_counters_ending_with
from core.reviewers import list_reviewers


def preview_account_erasure(person: DataSubject, reader: User | None) -> ErasurePreview:
    """Return what an erasure means for the account."""
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


def erase_account(person: DataSubject, at: datetime) -> None:
    """Delete the account with its notices, sessions and counters; it is called last."""
    Notice.objects.filter(address__in=person.addresses, created_at__lte=person.until).delete()
    BouncedAddress.objects.filter(address__in=person.addresses, bounced_at__lte=person.until).delete()
    delete_secret_letters(person.addresses)
    _delete_sessions(person)
    _delete_attempt_counters(person)
    if person.user is not None:
        User.objects.filter(pk=person.user.pk).delete()


def list_subject_ids(person: DataSubject) -> Iterable[UUID]:
    """Yield the public ids of the account, and of recoveries of its second factor."""
    if person.user is not None:
        yield person.user.public_id
        yield from FactorRecovery.objects.filter(person=person.user).values_list("public_id", flat=True)


def list_addresses_without_account() -> Iterable[str]:
    """Return the addresses of notices whose recipient has no account, and those from which letters came back."""
    notices = Notice.objects.filter(recipient=None).values_list("address", flat=True)
    return notices.union(BouncedAddress.objects.values_list("address", flat=True))


def _delete_sessions(person: DataSubject) -> None:
    # A session names its account only inside its encoded data, so each is decoded. The session of an unfinished sign-in
    # may hold an address instead.
    account = str(person.user.pk) if person.user else None
    for session in Session.objects.iterator():
        content = session.get_decoded()
        is_of_account = account is not None and content.get("_auth_user_id") == account
        if is_of_account or any(address in str(content) for address in person.addresses):
            session.delete()


def _delete_attempt_counters(person: DataSubject) -> None:
    # allauth counts under the id of an account, or a digest of that or of an address, DRF under the scope and the id.
    suffixes = [f":{hashlib.sha256(address.encode()).hexdigest()}" for address in sorted(person.addresses)]
    if person.user is not None:
        suffixes += [f":user:{person.user.pk}", f":{hashlib.sha256(str(person.user.pk).encode()).hexdigest()}"]
        suffixes += [f"throttle_{scope}_{person.user.pk}" for scope in _THROTTLE_SCOPES]
    delete_counters_ending_with(suffixes)


_THROTTLE_SCOPES = tuple(UserRateThrottle.THROTTLE_RATES)
