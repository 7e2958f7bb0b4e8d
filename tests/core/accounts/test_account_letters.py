"""allauth's letters are in our words: each that our settings can send has a subject and a text of ours."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.core.context import request_context
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from django.utils.formats import date_format

from core.accounts.adapter import AccountAdapter
from core.models import User
from tests.cast import Cast

ALLAUTH_TEMPLATES = Path(allauth.__file__).parent / "templates"
LETTERS = sorted(
    f"{app}/email/{path.stem}"
    for app in ("account", "mfa")
    for path in (ALLAUTH_TEMPLATES / app / "email").glob("*.txt")
    if not path.name.startswith("base_")
)
NEVER_SENT = {
    name
    for name in ("account/email/password_reset_key_subject", "account/email/password_reset_key_message")
    if settings.ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED
}
NOTIFICATIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("account/email/email_changed", {"from_email": "old@example.org", "to_email": "new@example.org"}),
    ("account/email/email_confirm", {}),
    ("account/email/email_deleted", {"deleted_email": "old@example.org"}),
    ("account/email/password_set", {}),
    ("account/email/password_changed", {}),
    ("account/email/password_reset", {}),
    ("mfa/email/totp_activated", {}),
)


def test_allauth_has_the_letters_that_are_looked_for() -> None:
    assert len(LETTERS) > 30
    assert set(LETTERS) > NEVER_SENT > set()


@pytest.mark.parametrize("name", [name for name in LETTERS if name not in NEVER_SENT])
def test_each_letter_of_allauth_is_in_our_words(name: str) -> None:
    origin: Any = get_template(f"{name}.txt").template.origin  # type: ignore[attr-defined]
    assert Path(origin.name).is_relative_to(settings.BASE_DIR / "web")


def _notify(user: User, name: str, context: dict[str, str]) -> None:
    with request_context(RequestFactory().get("/")):
        AccountAdapter().send_notification_mail(name, user, dict(context), email=user.email)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "context"), NOTIFICATIONS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_notification_says_what_happened_when_and_what_to_do(
    cast: Cast, mailoutbox: list[EmailMessage], language: str, name: str, context: dict[str, str]
) -> None:
    User.objects.filter(pk=cast.alice.pk).update(language=language)
    _notify(cast.alice, name, context)

    [letter] = mailoutbox
    with translation.override(language):
        asked = translation.gettext("If it was you, do nothing. If it was not you, choose a new password at once:")
        when = translation.gettext("That was on %(when)s (UTC).") % {
            "when": _format(datetime(2026, 3, 2, 12, tzinfo=UTC))
        }
        in_english = translation.gettext("Your password was changed") == "Your password was changed"
    assert in_english == (language == "en")
    assert "\n" not in letter.subject
    assert len(letter.subject) <= 60
    assert when in letter.body
    assert asked in letter.body
    assert all(value in letter.body for value in context.values())
    assert f"{settings.SITE_URL}/accounts/password/reset/" in letter.body


def _format(moment: datetime) -> str:
    return date_format(moment, "DATETIME_FORMAT")
