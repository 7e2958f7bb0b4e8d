"""The part of allauth's adapter that has letters sent, which do not name the site in their subject."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, override

from core.models import User
from core.notifications.secret_letters import enqueue_secret_letter

LETTER_LIFETIME = timedelta(days=2)
"""For how long a letter without a code is tried, such as the one that tells of a new password."""


class AccountLetterMixin(DefaultAccountAdapter):  # type: ignore[misc]
    """Letters leave by the outbox, and their links lead to our site."""

    def format_email_subject(self, subject: str) -> str:
        """Return the subject on one line, without the site's name before it."""
        return " ".join(subject.split())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Have a letter sent whose links lead to our site, whatever host the request named.

        It leaves by the outbox, so a mail server that is away fails no page. It is in the language of the account with
        this address, or of the page where there is none.
        """
        links = {name: _move_to_site(url) for name, url in context.items() if name.endswith("_url")}
        site = {"name": "Handraiser", "domain": settings.SITE_URL}
        known = {"current_site": site, "operator_phone": settings.OPERATOR["phone"]}
        is_theirs = Q(email=email) | Q(emailaddress__email=email, emailaddress__verified=True)
        languages = User.objects.filter(is_theirs).order_by("pk").values_list("language", flat=True)
        with override(languages.first() or get_language()):
            mail = self.render_mail(template_prefix, email, {"email": email, **context, **links, **known})
        enqueue_secret_letter(
            to=email,
            subject=mail.subject,
            text=mail.body,
            at=timezone.now(),
            lifetime=timedelta(minutes=settings.EMAIL_CODE_MINUTES) if "code" in context else LETTER_LIFETIME,
        )


def _move_to_site(url: str) -> str:
    """Return the same path and query at the address of our site."""
    return urljoin(settings.SITE_URL, urlsplit(url)._replace(scheme="", netloc="").geturl())
