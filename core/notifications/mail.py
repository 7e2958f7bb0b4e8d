"""Mail, the first transport: plain text and HTML, no details outside, and one tap to unsubscribe."""

import smtplib
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications.limited_smtp import LimitedEmailBackend
from core.notifications.message_ids import build_message_id
from core.notifications.notice_types import RenderedNotice, find_notice_topic, is_mutable
from core.notifications.transport import (
    OutgoingMessage,
    TransportUnavailableError,
    get_recipient_address,
    get_recipient_language,
)

_UNSUBSCRIBE_SALT = "core.notifications.mail.stop"
_TOO_MANY_REQUESTS, _SERVER_ERROR = 429, 500


class MailTransport:
    """Sends a message as one mail, by Django's mail backend: an SMTP server or a mail service.

    One connection serves all letters of a round.
    """

    name = "mail"

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def can_reach(self, recipient: User | str) -> bool:
        """Return true: a recipient without a mail address does not exist."""
        return True

    def send(self, message: OutgoingMessage) -> None:
        """Send one mail. Raises TransportUnavailableError, or the error of the mail server about this mail."""
        self.send_mail(build_notice_mail(message.parts))

    def send_mail(self, mail: EmailMultiAlternatives) -> None:
        """Send a mail that is no notice; see `send`."""
        is_used = self._connection is not None
        try:
            self._send_once(mail)
        except smtplib.SMTPServerDisconnected:
            if not is_used:
                raise
            # Some servers end a connection after a number of letters, or after a pause.
            self._send_once(mail)

    def close(self) -> None:
        """Close the connection, if one is open."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _send_once(self, mail: EmailMultiAlternatives) -> None:
        connection = self._connection = self._connection or _open_mail_server()
        if isinstance(connection, LimitedEmailBackend):
            connection.begin_letter()
        mail.connection = connection
        try:
            mail.send()
        except Exception as error:
            is_away = _is_server_unavailable(error) or getattr(connection, "has_run_out_of_time", False)
            self.close()
            if is_away:
                raise TransportUnavailableError(f"{type(error).__name__}: {error}") from error
            raise


def build_notice_mail(rendered_notices: Sequence[tuple[Notice, RenderedNotice]]) -> EmailMultiAlternatives:
    """Return the mail that holds all of these notices to one recipient."""
    first, letter = rendered_notices[0]
    notices = [notice for notice, _letter in rendered_notices]
    language, address = get_recipient_language(first), get_recipient_address(first)
    with translation.override(language):
        subject = (
            letter.subject
            if len(notices) == 1
            else ngettext("%(count)d thing is new", "%(count)d things are new", len(notices)) % {"count": len(notices)}
        )
        parts = [_describe_part(part) for _notice, part in rendered_notices]
        mutable = [notice for notice in notices if is_mutable(notice)]
        unsubscribe_url = settings.SITE_URL + build_unsubscribe_path(mutable) if first.recipient and mutable else ""
        context = {
            "parts": parts,
            "several": len(notices) > 1,
            # One link is enough where all parts lead to the same page.
            "shared": parts[0]["address"] if len({part["address"] for part in parts}) == 1 else "",
            "shared_button": parts[0]["button"],
            "subject": subject,
            "stop": unsubscribe_url,
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "site": _("Handraiser"),
        }
        message = EmailMultiAlternatives(
            subject,
            render_to_string("core/letter.txt", context),
            to=[address],
            headers={"Message-ID": build_message_id(_derive_message_id(notices), to=address)},
        )
        if unsubscribe_url:
            message.extra_headers |= {
                "List-Unsubscribe": f"<{unsubscribe_url}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        message.attach_alternative(render_to_string("core/letter.html", context), "text/html")
    return message


def _describe_part(part: RenderedNotice) -> dict[str, str]:
    return {
        "subject": part.subject,
        "text": part.text,
        "address": settings.SITE_URL + (part.address or "/"),
        "button": part.button or _("Open Handraiser"),
    }


def build_unsubscribe_path(notices: list[Notice]) -> str:
    """Return the path at which the recipient of these notices can unsubscribe from their topics."""
    topics = sorted({topic for topic in map(find_notice_topic, notices) if topic is not None})
    recipient = notices[0].recipient
    public_id = str(recipient.public_id) if recipient else None
    return reverse("mail-stop", args=[signing.dumps([public_id, *topics], salt=_UNSUBSCRIBE_SALT)])


def read_unsubscribe_token(token: str) -> tuple[User, list[NoticeTopic]] | None:
    """Return the user who unsubscribes and the topics; None for a token that we did not sign."""
    try:
        public_id, *topics = signing.loads(token, salt=_UNSUBSCRIBE_SALT)
        return User.objects.get(public_id=public_id), [NoticeTopic(topic) for topic in topics]
    except (signing.BadSignature, User.DoesNotExist, ValidationError, ValueError, TypeError):
        return None


def _open_mail_server() -> BaseEmailBackend:
    connection = get_connection()
    try:
        connection.open()
    except Exception as error:
        raise TransportUnavailableError(f"{type(error).__name__}: {error}") from error
    return connection


def _is_server_unavailable(error: Exception) -> bool:
    """Return whether an error is about the mail server and not about the mail."""
    # An SMTP error on an open connection counts against the mail: the mail may be what breaks the server, and would
    # hold up all others for ever.
    if isinstance(error, smtplib.SMTPException) or not isinstance(error, OSError):
        return False
    # A mail service is a web site. It is away when it does not answer, answers too many requests, or fails itself.
    status = getattr(error, "status_code", None)
    return status is None or status == _TOO_MANY_REQUESTS or status >= _SERVER_ERROR


def _derive_message_id(notices: list[Notice]) -> uuid.UUID:
    """Return the same id for the same mail, so that a mail program shows one that came twice only once."""
    first, *others = notices
    names = " ".join(str(notice.public_id) for notice in others)
    return uuid.uuid5(first.public_id, names) if others else first.public_id
