"""One letter: what it looks like, in which language, and how to have no more of its kind."""

import re
from datetime import datetime
from email.message import Message
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.enums import NoticeTopic
from core.models import Mute, Notice, User
from core.notifications import notice_types
from core.notifications.delivery import deliver_due_notices
from core.notifications.mail import build_notice_mail, build_unsubscribe_path
from core.notifications.notice_types import NoticeType, RenderedNotice
from core.notifications.outbox import enqueue_notice
from tests.cast import create_user
from tests.language_switch import cut_switch


@pytest.fixture(autouse=True)
def _kind(monkeypatch: pytest.MonkeyPatch) -> None:
    def words(notice: Notice, facts: None, at: datetime) -> RenderedNotice:
        return RenderedNotice(_("Yes"), f"{_('Monday')} & <b>{date_format(at, 'F')}</b>", "/conduct/")

    monkeypatch.setitem(notice_types._notice_types, "news", NoticeType(words, NoticeTopic.PROGRESS, True))
    for kind in ("gossip", "rumour", "chatter"):
        monkeypatch.setitem(notice_types._notice_types, kind, NoticeType(words, NoticeTopic.PROGRESS, False))


@pytest.fixture
def erin(db: None) -> User:
    return create_user("erin")


def sent(to: User | str, now: datetime, *kinds: str) -> Message:
    """The letter that comes of owing these."""
    for number, kind in enumerate(kinds):
        enqueue_notice(to=to, kind=kind, cause=f"{number}", subjects={}, at=now)
    assert deliver_due_notices(at=now) == 1
    return mail.outbox[0].message()


def parts(letter: Message) -> dict[str, str]:
    leaves = [part for part in letter.walk() if not part.is_multipart()]
    return {part.get_content_type(): decoded(part) for part in leaves}


def decoded(part: Any) -> str:
    return str(part.get_payload(decode=True).decode())


def test_a_letter_is_plain_text_and_html_that_say_the_same(erin: User, now: datetime) -> None:
    letter = sent(erin, now, "news")

    said = parts(letter)
    assert list(said) == ["text/plain", "text/html"]  # the last is what a mail program prefers
    assert said["text/plain"].startswith("Monday & <b>March</b>\nhttp://localhost:8000/conduct/\n")
    assert "Monday &amp; &lt;b&gt;March&lt;/b&gt;" in said["text/html"]
    assert 'href="http://localhost:8000/conduct/"' in said["text/html"]


@pytest.mark.parametrize("kinds", [("news",), ("gossip", "rumour", "chatter")])
def test_the_outside_gives_nothing_away(erin: User, now: datetime, kinds: tuple[str, ...]) -> None:
    letter = sent(erin, now, *kinds)

    assert letter["From"] == "Handraiser <hello@localhost>"
    assert letter["Subject"] in ("Yes", "3 things are new")
    assert UUID(letter["Message-ID"].strip("<>").partition(".")[0])
    assert set(letter.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID",
        "List-Unsubscribe", "List-Unsubscribe-Post",
    }  # fmt: skip
    assert [part.get_filename() for part in letter.walk()] == [None] * 3


class Page(HTMLParser):
    """What there is in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_html_asks_nobody_for_anything_and_reads_well_aloud(erin: User, now: datetime) -> None:
    text = parts(sent(erin, now, "gossip", "rumour"))["text/html"]

    page = Page(text)
    tags = [tag for tag, _attributes in page.found]
    assert not {"img", "link", "script", "iframe", "form", "input", "object", "video", "style"} & set(tags)
    assert not re.search(r"url\(|@import|src=|background=", text)
    links = [attributes["href"] or "" for tag, attributes in page.found if tag == "a"]
    assert all(link.startswith("http://localhost:8000/") for link in links)
    assert (tags.count("h1"), tags.count("h2"), tags.count("main"), tags.count("footer")) == (1, 2, 1, 1)
    [(_tag, top)] = [each for each in page.found if each[0] == "html"]
    assert (top["lang"], top["dir"]) == ("en", "ltr")


def test_a_letter_follows_the_language_of_its_reader(erin: User, now: datetime) -> None:
    User.objects.update(language="es")

    letter = sent(User.objects.get(), now, "news")

    assert mail.outbox[0].subject == "Sí"
    said = parts(letter)
    assert said["text/plain"].lower().startswith("lunes & <b>marzo</b>")
    assert '<html lang="es" dir="ltr">' in said["text/html"]


def test_a_letter_is_written_from_right_to_left_where_that_is_how_it_is_read(erin: User, now: datetime) -> None:
    User.objects.update(language="ar")

    assert '<html lang="ar" dir="rtl">' in parts(sent(User.objects.get(), now, "news"))["text/html"]


def test_a_line_break_in_a_subject_is_no_header(erin: User, now: datetime) -> None:
    enqueue_notice(to=erin, kind="news", cause="1", subjects={}, at=now)
    message = build_notice_mail([(Notice.objects.get(), RenderedNotice("Hi\nBcc: all@example.org", "Text"))])

    with pytest.raises(ValueError, match="newlines"):
        message.message()


# Having no more of it


@pytest.fixture
def address(erin: User, now: datetime) -> str:
    enqueue_notice(to=erin, kind="news", cause="1", subjects={}, at=now)
    return build_unsubscribe_path([Notice.objects.get()])


def test_one_tap_in_the_mail_program_is_enough(erin: User, now: datetime) -> None:
    letter = sent(erin, now, "news")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = letter["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://localhost:8000/mail/stop/")
    assert address in parts(letter)["text/plain"]

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert list(Mute.objects.values_list("user", "topic")) == [(erin.pk, "progress")]


def test_a_letter_about_several_things_is_stopped_for_all_of_them(
    erin: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = RenderedNotice("Hi", "There is more.")
    monkeypatch.setitem(notice_types._notice_types, "rumour", NoticeType(lambda *_: words, NoticeTopic.WAITING, False))
    letter = sent(erin, now, "gossip", "rumour", "gossip")

    page = Client().post(letter["List-Unsubscribe"].strip("<>"))

    assert (
        "We no longer write to you about: What became of your projects and News while you wait."
        in page.content.decode()
    )
    assert set(Mute.objects.values_list("topic", flat=True)) == {"progress", "waiting"}


def test_a_stop_can_be_taken_back_by_the_same_link(address: str, erin: User) -> None:
    client = Client(enforce_csrf_checks=True)
    stopped = client.post(address).content.decode()
    assert "Other kinds of letters go on." in stopped
    assert reverse("account-letters") in stopped
    assert 'name="undo"' in stopped

    page = client.post(address, {"undo": "1"}).content.decode()

    assert "We write to you again about: What became of your projects." in page
    assert not Mute.objects.exists()


def test_who_stops_offers_reads_before_and_after_how_long_there_is_to_answer(erin: User) -> None:
    token = signing.dumps([str(erin.public_id), "offers"], salt="core.notifications.mail.stop")
    client, address = Client(), reverse("mail-stop", args=[token])

    for page in (client.get(address), client.post(address)):
        assert "only on your page here. You have up to 48 hours to answer one" in page.content.decode()


def test_a_letter_that_cannot_be_stopped_does_not_offer_it(
    erin: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = RenderedNotice("Hi", "Someone asked for your account.")
    warning = NoticeType(lambda *_: words, NoticeTopic.ACCOUNT, True, None, is_mutable=False)
    monkeypatch.setitem(notice_types._notice_types, "rumour", warning)

    letter = sent(erin, now, "rumour")

    assert letter["List-Unsubscribe"] is None
    assert "mail/stop" not in letter.as_string()


def test_who_has_no_account_is_not_offered_to_unsubscribe(db: None, now: datetime) -> None:
    letter = sent("frank@example.org", now, "news")

    assert letter["List-Unsubscribe"] is None
    assert "mail/stop" not in letter.as_string()


def test_looking_at_the_page_changes_nothing_and_the_button_does_it_once(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for _number in range(2):
        page = client.get(address)
        assert (page.status_code, client.head(address).status_code) == (200, 200)
        assert "This stops email about: What became of your projects." in page.content.decode()
    assert Mute.objects.count() == 0

    for _number in range(2):
        page = client.post(address)
        assert "We no longer write to you about: What became of your projects." in page.content.decode()
    assert Mute.objects.count() == 1
    assert "no-store" in page["Cache-Control"]
    assert client.put(address).status_code == 405


@pytest.mark.parametrize(
    "kind", ["forged", "of another salt", "of another key", "nobody", "no topic", "no list", "cut"]
)
def test_an_address_that_is_not_ours_is_one_that_never_was(address: str, erin: User, kind: str) -> None:
    salt = "core.notifications.mail.stop"
    tokens = {
        "forged": address.split("/")[3].replace(":", "x:", 1),
        "of another salt": signing.dumps([erin.pk, "progress"], salt="volunteers.invitation"),
        "of another key": signing.dumps([erin.pk, "progress"], salt=salt, key="another"),
        "nobody": signing.dumps([None, "progress"], salt=salt),
        "no topic": signing.dumps([erin.pk, "everything"], salt=salt),
        "no list": signing.dumps(erin.pk, salt=salt),
        "cut": address.split("/")[3][:-5],
    }
    client = Client()
    missing = client.get("/nothing/here/")

    for answer in (client.get(f"/mail/stop/{tokens[kind]}/"), client.post(f"/mail/stop/{tokens[kind]}/")):
        assert (answer.status_code, cut_switch(answer.content)) == (404, cut_switch(missing.content))
    assert Mute.objects.count() == 0


def test_somebody_elses_address_stops_only_their_own_mail(address: str, erin: User, settings: Any) -> None:
    frank = create_user("frank")
    client = Client()
    client.force_login(frank)

    client.post(address)

    assert list(Mute.objects.values_list("user", flat=True)) == [erin.pk]
