"""The mail that left, with the letters that wait in the outbox for no more than a worker."""

from collections.abc import MutableSequence
from typing import Any

from django.core import mail

from core.models import SecretLetter
from core.notifications.mail import MailTransport
from core.notifications.secret_letters import deliver_due_secret_letters


class DeliveredMail(MutableSequence[mail.EmailMessage]):
    """`mail.outbox`, for which the letters with codes are delivered whenever it is looked at."""

    def insert(self, index: int, value: mail.EmailMessage) -> None:
        deliver_secret_letters().insert(index, value)

    def __getitem__(self, index: Any) -> Any:
        return deliver_secret_letters()[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        deliver_secret_letters()[index] = value

    def __delitem__(self, index: Any) -> None:
        del deliver_secret_letters()[index]

    def __len__(self) -> int:
        return len(deliver_secret_letters())

    def __eq__(self, other: object) -> bool:
        return list(deliver_secret_letters()) == other

    __hash__ = None  # type: ignore[assignment]


def deliver_secret_letters() -> list[mail.EmailMessage]:
    """Deliver each letter with a code at the time at which it was written, and return all mail that left."""
    for letter in SecretLetter.objects.order_by("pk"):
        deliver_due_secret_letters(MailTransport().send_mail, at=letter.created_at)
    outbox: list[mail.EmailMessage] = mail.outbox
    return outbox
