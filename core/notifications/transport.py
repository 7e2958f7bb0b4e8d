"""The ways in which notices leave: what a transport must do, and which ones are in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice


class TransportUnavailableError(Exception):
    """The far side could not be reached, so nothing was delivered and the message is not to blame."""


class UnreachableRecipientError(Exception):
    """No transport reaches this recipient."""


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """One message to one recipient: one rendered notice, or several."""

    parts: Sequence[tuple[Notice, RenderedNotice]]

    @property
    def notices(self) -> list[Notice]:
        """Return the notices of all parts."""
        return [notice for notice, _rendered in self.parts]

    @property
    def recipient(self) -> User | str:
        """Return the user to write to, or the address of a person without an account."""
        return get_recipient(self.parts[0][0])

    @property
    def language(self) -> str:
        """Return the language in which the parts are rendered."""
        return get_recipient_language(self.parts[0][0])


class Transport(Protocol):
    """A way in which messages leave. The setting NOTICE_TRANSPORTS names the classes; they take no arguments.

    A message leaves by the first transport that reaches its recipient, and one with a notice that cannot be muted by
    mail. Sending twice must do no harm: a worker that
    stops between `send` and its commit leaves the message to be sent again.
    """

    name: str
    """A name of its own, under which delivery remembers that the far side is away."""

    def can_reach(self, recipient: User | str) -> bool:
        """Return whether messages to a user, or to the address of a person without an account, can leave this way."""
        ...

    def send(self, message: OutgoingMessage) -> None:
        """Deliver one message.

        Raises TransportUnavailableError when the far side is away and nothing was delivered: all messages of this
        transport then wait. Any other error counts against this message.
        """
        ...

    def close(self) -> None:
        """Close what `send` has kept open; called at the end of a round."""
        ...


def load_transports() -> list[Transport]:
    """Return the transports of the setting NOTICE_TRANSPORTS. Raises ImportError for a path that names none."""
    return [import_string(path)() for path in settings.NOTICE_TRANSPORTS]


def find_transport(transports: Sequence[Transport], recipient: User | str) -> Transport:
    """Return the first transport that reaches a recipient. Raises UnreachableRecipientError."""
    for transport in transports:
        if transport.can_reach(recipient):
            return transport
    raise UnreachableRecipientError("no transport in NOTICE_TRANSPORTS reaches this recipient")


def get_recipient(notice: Notice) -> User | str:
    """Return the user that a notice is for, or the address of a person without an account."""
    return notice.recipient or notice.address


def get_recipient_address(notice: Notice) -> str:
    """Return the address to which a notice leaves by mail."""
    return notice.recipient.email if notice.recipient else notice.address


def get_recipient_language(notice: Notice) -> str:
    """Return the language of the recipient of a notice; the installation's for a person without an account."""
    return notice.recipient.language if notice.recipient else settings.LANGUAGE_CODE
