"""Notices leave by any class that is a `Transport`: here a chat channel beside mail."""

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from django.core import mail
from django.test.utils import override_settings

from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications import notice_types
from core.notifications.delivery import deliver_due_notices
from core.notifications.mail import MailTransport
from core.notifications.notice_types import NoticeType, RenderedNotice
from core.notifications.outbox import enqueue_notice
from core.notifications.transport import OutgoingMessage, Transport, TransportUnavailableError
from tests.cast import create_user

MINUTE = timedelta(minutes=1)


class ChatTransport:
    """Posts the notices of reviewers to a chat channel, as JSON to a web address."""

    name = "chat"
    url = ""

    def can_reach(self, recipient: User | str) -> bool:
        return isinstance(recipient, User) and recipient.is_reviewer

    def send(self, message: OutgoingMessage) -> None:
        lines = [f"*{rendered.subject}*\n{rendered.text}" for _notice, rendered in message.parts]
        body = json.dumps({"text": "\n\n".join(lines)}).encode()
        request = Request(self.url, body, {"Content-Type": "application/json"})
        try:
            urlopen(request, timeout=1).close()
        except URLError as error:
            raise TransportUnavailableError(str(error)) from error

    def close(self) -> None: ...


@pytest.fixture
def chat(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[dict[str, Any]]]:
    """What the channel has received. The server of the channel runs, and mail is the second transport."""
    received: list[dict[str, Any]] = []

    class Channel(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None: ...

    words = RenderedNotice("News", "Tea is ready.")
    for kind, is_mutable in {"news": True, "warning": False}.items():
        notice_type = NoticeType(lambda *_: words, NoticeTopic.PROGRESS, True, is_mutable=is_mutable)
        monkeypatch.setitem(notice_types._notice_types, kind, notice_type)
    server = HTTPServer(("127.0.0.1", 0), Channel)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    monkeypatch.setattr(ChatTransport, "url", f"http://127.0.0.1:{server.server_port}/hook")
    with override_settings(NOTICE_TRANSPORTS=[f"{__name__}.ChatTransport", "core.notifications.mail.MailTransport"]):
        yield received
    server.shutdown()
    server.server_close()


def enqueue(to: User | str, at: datetime, kind: str = "news") -> None:
    enqueue_notice(to=to, kind=kind, cause=f"{kind}:{to}:{at}", subjects={}, at=at)


def test_a_message_leaves_by_the_first_transport_that_reaches_its_recipient(
    chat: list[dict[str, Any]], now: datetime
) -> None:
    enqueue(create_user("rita", reviewer=True), now)
    enqueue(create_user("alice"), now)
    enqueue("new@example.org", now)

    assert deliver_due_notices(at=now) == 3

    assert chat == [{"text": "*News*\nTea is ready."}]
    assert sorted(letter.to for letter in mail.outbox) == [["alice@example.org"], ["new@example.org"]]
    assert Notice.objects.filter(sent_at=now).count() == 3


def test_a_warning_leaves_by_mail_with_all_that_is_due_at_once(chat: list[dict[str, Any]], now: datetime) -> None:
    rita, quentin = create_user("rita", reviewer=True), create_user("quentin", reviewer=True)
    for kind in ("news", "warning"):
        enqueue(rita, now, kind)
    enqueue(quentin, now)

    assert deliver_due_notices(at=now) == 2

    assert [letter.to for letter in mail.outbox] == [["rita@example.org"]]
    assert len(chat) == 1
    assert Notice.objects.filter(sent_at=now).count() == 3


def test_a_transport_that_is_away_holds_up_no_other(
    chat: list[dict[str, Any]], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    rita, url = create_user("rita", reviewer=True), ChatTransport.url
    monkeypatch.setattr(ChatTransport, "url", "http://127.0.0.1:1/hook")
    enqueue(rita, now)
    enqueue("new@example.org", now)
    assert deliver_due_notices(at=now) == 1
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]]
    assert Notice.objects.get(recipient=rita).attempts == 0

    monkeypatch.setattr(ChatTransport, "url", url)
    enqueue("newer@example.org", now + MINUTE)
    assert deliver_due_notices(at=now + MINUTE) == 1  # the channel is not tried again so soon
    assert deliver_due_notices(at=now + 2 * MINUTE) == 1
    assert len(chat) == 1


def test_a_message_that_no_transport_can_take_is_set_aside_for_a_reviewer(
    chat: list[dict[str, Any]], now: datetime
) -> None:
    enqueue("new@example.org", now)
    with override_settings(NOTICE_TRANSPORTS=[f"{__name__}.ChatTransport"]):
        for hour in range(5):
            assert deliver_due_notices(at=now + timedelta(hours=hour)) == 0

    notice = Notice.objects.get()
    assert notice.failed_at == now + timedelta(hours=4)
    assert notice.last_error.startswith("UnreachableRecipientError: no transport")


def test_both_are_transports() -> None:
    transports: list[Transport] = [ChatTransport(), MailTransport()]

    assert [transport.name for transport in transports] == ["chat", "mail"]
