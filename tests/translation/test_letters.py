"""Every letter to a Spanish account is Spanish: its subject, its text, and its page."""

from datetime import datetime

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from core.models import User
from core.notifications.mail import build_notice_mail
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.models import Match
from tests.cast import Cast
from tests.delivered_mail import deliver_secret_letters
from tests.matching.test_notice_texts import every_notice, match
from tests.pseudo_locale.translation import compile_data, list_visible_texts, read_stored_texts
from tests.translation.english_words import find_english

__all__ = ["match"]  # a fixture

NAMES = ("Handraiser", "English")


def list_letter_texts(letter: EmailMultiAlternatives) -> list[str]:
    pages = [text for page, _type in letter.alternatives for text in list_visible_texts(str(page))]
    return [str(letter.subject), *str(letter.body).splitlines(), *pages]


def test_no_letter_of_any_kind_has_an_english_sentence(cast: Cast, match: Match, now: datetime) -> None:
    User.objects.update(language="es")
    seen: set[str] = set()
    written: dict[str, str] = {}
    same: list[str] = []
    for kind, notice in every_notice(cast, match, now):
        if notice.recipient:
            notice.recipient.language = "es"
        rendered = render_notices([notice], language="es", at=now)[notice.pk]
        if not isinstance(rendered, RenderedNotice) or not notice.recipient:
            continue
        seen.add(kind)
        english = render_notices([notice], language="en", at=now)[notice.pk]
        assert isinstance(english, RenderedNotice)
        if rendered.text == english.text or rendered.subject == english.subject:
            same.append(kind)
        written |= dict.fromkeys(list_letter_texts(build_notice_mail([(notice, rendered)])), kind)

    data = compile_data([*NAMES, *settings.OPERATOR.values(), *read_stored_texts()])
    assert {text: written[text] for text in find_english(list(written), data)} == {}
    assert same == []
    assert len(seen) > 30


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("signup", {"email": "new@example.org", "password1": "a long enough password"}),
        ("signup", {"email": "alice@example.org", "password1": "a long enough password"}),
        ("password/reset", {"email": "alice@example.org"}),
        ("password/reset", {"email": "unknown@example.org"}),
        ("login/code", {"email": "alice@example.org"}),
    ],
)
def test_letters_about_accounts_are_spanish_too(cast: Cast, path: str, form: dict[str, str]) -> None:
    User.objects.update(language="es")
    Client(headers={"Accept-Language": "es"}).post(f"/accounts/{path}/", form)

    [letter] = deliver_secret_letters()
    data = compile_data([*NAMES, *settings.OPERATOR.values(), *read_stored_texts()])
    assert find_english(f"{letter.subject}\n{letter.body}".splitlines(), data) == []
