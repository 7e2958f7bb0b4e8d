"""A letter on its way: plain text and HTML, discreet outside and in, with one tap to have no more of its kind."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import registry
from core.models import Notice, User
from core.registry import Letter
from core.vocabulary import Topic

_SALT = "core.mail.stop"


def send(told: list[tuple[Notice, Letter]]) -> None:
    """Sends one letter that says all of these to their one recipient. Raises what the mail server raises."""
    first, letter = told[0]
    language = first.recipient.language if first.recipient else settings.LANGUAGE_CODE
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
        stop = settings.SITE_URL + stop_address(first) if first.recipient else ""
        context = {
            "parts": parts,
            "several": len(told) > 1,
            "stop": stop,
            "language": language,
            "site": _("Handraiser"),
        }
        message = EmailMultiAlternatives(
            subject,
            render_to_string("core/letter.txt", context),
            to=[first.recipient.email if first.recipient else first.address],
            # The same notice always has the same name, so a mail program can tell a letter that came twice.
            headers={"Message-ID": f"<{first.public_id}@{settings.MAIL_DOMAIN}>"},
        )
        if stop:
            message.extra_headers |= {
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        message.attach_alternative(render_to_string("core/letter.html", context), "text/html")
        message.send()


def stop_address(notice: Notice) -> str:
    """The path at which the recipient of a notice can have no more mail of its topic."""
    token = signing.dumps([notice.recipient_id, registry.kind_of(notice).topic], salt=_SALT)
    return reverse("mail-stop", args=[token])


def read_stop(token: str) -> tuple[User, Topic] | None:
    """Who wants no more mail, and about what; None for an address that was not ours."""
    try:
        pk, topic = signing.loads(token, salt=_SALT)
        return User.objects.get(pk=pk), Topic(topic)
    except (signing.BadSignature, User.DoesNotExist, ValueError, TypeError):
        return None
