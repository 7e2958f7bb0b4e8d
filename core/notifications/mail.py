"""A letter on its way: plain text and HTML, discreet outside and in, with one tap to have no more of its kind."""

import smtplib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, find_notice_topic

_UNSUBSCRIBE_SALT = "core.notifications.mail.stop"
_BUSY_STATUSES = (
    429,
    500,
)  # a mail service's answers that are about itself: too many at once, and everything from here on


class TransportUnavailableError(Exception):
    """The mail server could not be reached at all, so the letter is not to blame and nobody can have got it."""


def send_notice_mail(told: list[tuple[Notice, RenderedNotice]]) -> None:
    """Sends one letter that says all of these to their one recipient.

    Raises ServerAwayError when nothing was said to the mail server, and whatever it raises about this letter.
    """
    with _open_mail_server() as connection:
        message = build_notice_mail(told)
        message.connection = connection
        message.send()


def build_notice_mail(told: list[tuple[Notice, RenderedNotice]]) -> EmailMultiAlternatives:
    """The letter itself."""
    first, letter = told[0]
    language = get_recipient_language(first)
    with translation.override(language):
        subject = (
            letter.subject
            if len(told) == 1
            else ngettext("%(count)d thing is new", "%(count)d things are new", len(told)) % {"count": len(told)}
        )
        parts = [
            {"subject": one.subject, "text": one.text, "address": settings.SITE_URL + (one.address or "/")}
            for _notice, one in told
        ]
        stop = (
            settings.SITE_URL + build_unsubscribe_path([notice for notice, _letter in told]) if first.recipient else ""
        )
        context = {
            "parts": parts,
            "several": len(told) > 1,
            # One way in is enough where all lead to the same page.
            "shared": parts[0]["address"] if len({part["address"] for part in parts}) == 1 else "",
            "subject": subject,
            "stop": stop,
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "site": _("Handraiser"),
        }
        message = EmailMultiAlternatives(
            subject,
            render_to_string("core/letter.txt", context),
            to=[first.recipient.email if first.recipient else first.address],
            headers={
                "Message-ID": f"<{_derive_message_id([notice for notice, _letter in told])}@{settings.MAIL_DOMAIN}>"
            },
        )
        if stop:
            message.extra_headers |= {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        message.attach_alternative(render_to_string("core/letter.html", context), "text/html")
    return message


def get_recipient_language(notice: Notice) -> str:
    """The language in which the recipient of a notice is written to."""
    return notice.recipient.language if notice.recipient else settings.LANGUAGE_CODE


def build_unsubscribe_path(notices: list[Notice]) -> str:
    """The path at which the one recipient of these notices can have no more mail of their topics."""
    topics = sorted({topic for topic in map(find_notice_topic, notices) if topic is not None})
    return reverse("mail-stop", args=[signing.dumps([notices[0].recipient_id, *topics], salt=_UNSUBSCRIBE_SALT)])


def read_unsubscribe_token(token: str) -> tuple[User, list[NoticeTopic]] | None:
    """Who wants no more mail, and about what; None for an address that was not ours."""
    try:
        pk, *topics = signing.loads(token, salt=_UNSUBSCRIBE_SALT)
        return User.objects.get(pk=pk), [NoticeTopic(topic) for topic in topics]
    except (signing.BadSignature, User.DoesNotExist, ValueError, TypeError):
        return None


@contextmanager
def _open_mail_server() -> Iterator[BaseEmailBackend]:
    connection = get_connection()
    try:
        connection.open()
    except Exception as error:
        raise TransportUnavailableError(f"{type(error).__name__}: {error}") from error
    try:
        yield connection
    except OSError as error:
        if _is_server_unavailable(error):
            raise TransportUnavailableError(f"{type(error).__name__}: {error}") from error
        raise
    finally:
        connection.close()


def _is_server_unavailable(error: OSError) -> bool:
    """Whether this is about the mail server and not about the letter.

    What an SMTP server says or breaks off once it is open counts against the letter: it may be what breaks it. A mail
    service is a web site: it is away when there is no answer, or one that is about itself.
    """
    if isinstance(error, smtplib.SMTPException):
        return False
    status = getattr(error, "status_code", None)
    return status is None or status == _BUSY_STATUSES[0] or status >= _BUSY_STATUSES[1]


def _derive_message_id(notices: list[Notice]) -> uuid.UUID:
    """The same letter always has the same name, so a mail program can tell one that came twice."""
    first, *others = notices
    return uuid.uuid5(first.public_id, " ".join(str(one.public_id) for one in others)) if others else first.public_id
