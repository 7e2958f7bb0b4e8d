"""Letters with a secret text, such as a code: they leave by the outbox, before all notices.

A notice is rendered when it leaves. These texts exist only in the request that wrote them, so they are kept, encrypted,
for as long as they are of use. A page that sends one needs no mail server.
"""

import json
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime, timedelta

from cryptography.fernet import InvalidToken
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, QuerySet

from core.encryption import build_cipher
from core.models import SecretLetter
from core.notifications.message_ids import build_message_id
from core.notifications.outbox import CLAIM_LEASE, DELIVER_TASK, MAX_DELIVERY_ATTEMPTS, log, name_error
from core.notifications.transport import TransportUnavailableError
from core.task_queue import send_task_on_commit

RETRY_DELAY = timedelta(seconds=20)  # doubles with each failure: who waits for a code does not wait for long
_PURPOSE = "core.notifications.secret_letters"
MailSender = Callable[[EmailMultiAlternatives], None]


def enqueue_secret_letter(*, to: str, subject: str, text: str, at: datetime, lifetime: timedelta) -> None:
    """Enqueue a letter to an address, in the caller's transaction. After `lifetime` it is not sent any more."""
    plain = json.dumps([to, subject, text]).encode()
    SecretLetter.objects.create(
        encrypted=build_cipher(_PURPOSE).encrypt(plain).decode(), created_at=at, due_at=at, expires_at=at + lifetime
    )
    send_task_on_commit(DELIVER_TASK)


def deliver_due_secret_letters(send: MailSender, *, at: datetime, most: int = 100) -> int:
    """Send up to `most` of the secret letters that are due, by `send`; return how many left.

    Each is claimed before it is tried, so that two workers never send it both. It is deleted when it has left, has
    expired, cannot be decrypted, or has failed five times. TransportUnavailableError of `send` ends the round.
    """
    SecretLetter.objects.filter(expires_at__lte=at).delete()
    sent = 0
    for _number in range(most):
        letter = _claim_one(at)
        if letter is None:
            break
        try:
            send(_build_mail(letter))
        except TransportUnavailableError:
            _select(letter).update(due_at=at + RETRY_DELAY, attempts=F("attempts") - 1)
            break
        except Exception as error:
            log.warning("secret letter failed", letter=str(letter.public_id), error=name_error(error))
            if isinstance(error, InvalidToken) or letter.attempts >= MAX_DELIVERY_ATTEMPTS:
                letter.delete()
            else:
                _select(letter).update(due_at=at + RETRY_DELAY * 2**letter.attempts)
        else:
            letter.delete()
            sent += 1
    return sent


@transaction.atomic
def _claim_one(at: datetime) -> SecretLetter | None:
    due = SecretLetter.objects.filter(due_at__lte=at).order_by("due_at", "pk")
    letter = due.select_for_update(skip_locked=True, no_key=True).first()
    if letter is not None:
        letter.attempts += 1
        letter.due_at = at + CLAIM_LEASE
        letter.save(update_fields=["attempts", "due_at"])
    return letter


def delete_secret_letters(addresses: Collection[str]) -> None:
    """Delete the letters that wait to leave for one of these addresses, whose person is erased."""
    for letter in SecretLetter.objects.select_for_update(skip_locked=True):
        with suppress(InvalidToken):
            if _decrypt(letter)[0] in addresses:
                letter.delete()


def _select(letter: SecretLetter) -> "QuerySet[SecretLetter]":
    return SecretLetter.objects.filter(pk=letter.pk)


def _build_mail(letter: SecretLetter) -> EmailMultiAlternatives:
    to, subject, text = _decrypt(letter)
    headers = {"Message-ID": build_message_id(letter.public_id, to=to)}
    return EmailMultiAlternatives(subject, text, to=[to], headers=headers)


def _decrypt(letter: SecretLetter) -> tuple[str, str, str]:
    """Return the address, the subject and the text. Raises InvalidToken when our keys do not open it."""
    to, subject, text = json.loads(build_cipher(_PURPOSE).decrypt(letter.encrypted))
    return to, subject, text
