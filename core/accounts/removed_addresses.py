"""Remember the proved addresses that are removed from an account, and write to each that it was."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from core.email_addresses import fold_address
from core.models import RemovedAddress, User


def on_address_removed(*, request: HttpRequest, user: User, email_address: EmailAddress, **_: Any) -> None:
    """Remember a proved address that was removed, and tell it; allauth itself tells the remaining one alone.

    One that was never proved may be another person's, so it gets no letter.
    """
    if not email_address.verified:
        return
    with transaction.atomic():
        remember_removed_address(user, email_address.email, at=timezone.now())
        get_adapter(request).send_notification_mail(
            "account/email/email_deleted",
            user,
            {"deleted_email": email_address.email},
            email=email_address.email,
        )


def remember_removed_address(user: User, address: str, *, at: datetime) -> None:
    """Store that a proved address was removed from an account; removed once more, the last time counts."""
    RemovedAddress.objects.update_or_create(user=user, address=fold_address(address), defaults={"removed_at": at})
