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

from core.models import Notice, User
from core.registry import Letter, topic_of
from core.vocabulary import Topic

_SALT = "core.mail.stop"
_BUSY = (429, 500)  # a mail service's answers that are about itself: too many at once, and everything from here on


class ServerAwayError(Exception):
    """The mail server could not be reached at all, so the letter is not to blame and nobody can have got it."""


def send(told: list[tuple[Notice, Letter]]) -> None:
    """Sends one letter that says all of these to their one recipient.

    Raises ServerAwayError when nothing was said to the mail server, and whatever it raises about this letter.
    """
    with _server() as connection:
        message = letter_of(told)
        message.connection = connection
        message.send()


def letter_of(told: list[tuple[Notice, Letter]]) -> EmailMultiAlternatives:
    """The letter itself."""
    first, letter = told[0]
    language = language_of(first)
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
        stop = settings.SITE_URL + stop_address([notice for notice, _letter in told]) if first.recipient else ""
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
            headers={"Message-ID": f"<{_name([notice for notice, _letter in told])}@{settings.MAIL_DOMAIN}>"},
        )
        if stop:
            message.extra_headers |= {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        message.attach_alternative(render_to_string("core/letter.html", context), "text/html")
    return message


def language_of(notice: Notice) -> str:
    """The language in which the recipient of a notice is written to."""
    return notice.recipient.language if notice.recipient else settings.LANGUAGE_CODE


def stop_address(notices: list[Notice]) -> str:
    """The path at which the one recipient of these notices can have no more mail of their topics."""
    topics = sorted({topic for topic in map(topic_of, notices) if topic is not None})
    return reverse("mail-stop", args=[signing.dumps([notices[0].recipient_id, *topics], salt=_SALT)])


def read_stop(token: str) -> tuple[User, list[Topic]] | None:
    """Who wants no more mail, and about what; None for an address that was not ours."""
    try:
        pk, *topics = signing.loads(token, salt=_SALT)
        return User.objects.get(pk=pk), [Topic(topic) for topic in topics]
    except (signing.BadSignature, User.DoesNotExist, ValueError, TypeError):
        return None


@contextmanager
def _server() -> Iterator[BaseEmailBackend]:
    connection = get_connection()
    try:
        connection.open()
    except Exception as error:
        raise ServerAwayError(f"{type(error).__name__}: {error}") from error
    try:
        yield connection
    except OSError as error:
        if _is_away(error):
            raise ServerAwayError(f"{type(error).__name__}: {error}") from error
        raise
    finally:
        connection.close()


def _is_away(error: OSError) -> bool:
    """Whether this is about the mail server and not about the letter.

    What an SMTP server says or breaks off once it is open counts against the letter: it may be what breaks it. A mail
    service is a web site: it is away when there is no answer, or one that is about itself.
    """
    if isinstance(error, smtplib.SMTPException):
        return False
    status = getattr(error, "status_code", None)
    return status is None or status == _BUSY[0] or status >= _BUSY[1]


def _name(notices: list[Notice]) -> uuid.UUID:
    """The same letter always has the same name, so a mail program can tell one that came twice."""
    first, *others = notices
    return uuid.uuid5(first.public_id, " ".join(str(one.public_id) for one in others)) if others else first.public_id
