"""The mail that left, with the letters that wait in the outbox for no more than a worker."""

from collections.abc import Iterator
from typing import Any

from django.core import mail

from core.models import SecretLetter
from core.notifications.mail import MailTransport
from core.notifications.secret_letters import deliver_due_secret_letters


class DeliveredMail(list[mail.EmailMessage]):
    """`mail.outbox`, for which the letters with codes are delivered whenever it is looked at."""

    def __getitem__(self, index: Any) -> Any:
        return deliver_secret_letters()[index]

    def __delitem__(self, index: Any) -> None:
        del deliver_secret_letters()[index]

    def __iter__(self) -> Iterator[mail.EmailMessage]:
        return iter(deliver_secret_letters())

    def __len__(self) -> int:
        return len(deliver_secret_letters())

    def __eq__(self, other: object) -> bool:
        return deliver_secret_letters() == other

    __hash__ = None

    def clear(self) -> None:
        deliver_secret_letters().clear()


def deliver_secret_letters() -> list[mail.EmailMessage]:
    """Deliver each letter with a code at the time at which it was written, and return all mail that left."""
    for letter in SecretLetter.objects.order_by("pk"):
        deliver_due_secret_letters(MailTransport().send_mail, at=letter.created_at)
    outbox: list[mail.EmailMessage] = mail.outbox
    return outbox
