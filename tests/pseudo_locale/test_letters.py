"""Every letter: each notice type to each kind of reader, as text and as HTML; and allauth's mail."""

from datetime import datetime
from email.message import EmailMessage

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from core.models import Notice
from core.notifications import notice_types
from core.notifications.mail import build_notice_mail
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.models import Match
from tests.cast import Cast
from tests.delivered_mail import deliver_secret_letters
from tests.matching.test_notice_texts import every_notice, match
from tests.pseudo_locale.conftest import FindOutside, explain_outside

__all__ = ["match"]  # a fixture


def find_outside_of_letter(letter: EmailMultiAlternatives | EmailMessage, find_outside: FindOutside) -> list[str]:
    assert isinstance(letter, EmailMultiAlternatives)
    texts = [*find_outside(str(letter.subject), is_html=False), *find_outside(str(letter.body), is_html=False)]
    return [*texts, *(text for page, _type in letter.alternatives for text in find_outside(str(page)))]


@pytest.mark.slow
def test_every_letter_speaks_through_gettext(
    cast: Cast, match: Match, now: datetime, find_outside: FindOutside
) -> None:
    seen: set[str] = set()
    outside: dict[str, str] = {}
    last: tuple[Notice, RenderedNotice] | None = None
    for kind, notice in every_notice(cast, match, now):
        rendered = render_notices([notice], language="en", at=now)[notice.pk]
        if not isinstance(rendered, RenderedNotice):
            continue
        seen.add(kind)
        together = [last, (notice, rendered)] if last and last[0].recipient == notice.recipient else []
        for several in [[(notice, rendered)], *([together] if together else [])]:
            for text in find_outside_of_letter(build_notice_mail(several), find_outside):
                outside.setdefault(text, kind)
        last = notice, rendered

    assert seen == set(notice_types.list_notice_types())
    assert outside == {}, explain_outside(outside)


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("signup", {"email": "new@example.org", "password1": "a long enough password"}),
        ("signup", {"email": "alice@example.org", "password1": "a long enough password"}),
        ("password/reset", {"email": "alice@example.org"}),
        ("password/reset", {"email": "unknown@example.org"}),
    ],
)
def test_letters_about_accounts_too(cast: Cast, find_outside: FindOutside, path: str, form: dict[str, str]) -> None:
    Client().post(f"/accounts/{path}/", form)

    [letter] = deliver_secret_letters()
    assert [text for text in find_outside(f"{letter.subject}\n{letter.body}", is_html=False)] == []
