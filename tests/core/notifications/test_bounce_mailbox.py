"""Delivery reports: as mail servers write them, as strangers forge them, and as they lie in a mailbox."""

import imaplib
import socketserver
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from core.models import BouncedAddress
from core.notifications import bounce_mailbox
from core.notifications.bounce_mailbox import accept_delivery_report, read_bounce_mailbox
from core.notifications.delivery_reports import MAX_REPORT_BYTES, FailedDelivery, read_delivery_report
from core.notifications.message_ids import build_message_id
from core.tasks import read_bounces
from tests.cast import create_user
from tests.core.notifications import delivery_report_texts as texts
from tests.core.notifications.delivery_report_texts import write_report

OWN_ID = "<1@localhost>"
MAYA = "maya@example.org"
ODD_ADDRESSES = (
    "\0@\0",
    "x@\udcff".encode("utf-8", "replace").decode(),
    "é@example.org",
    "x@é..é",
    "@",
    "x" * 9000 + "@y",
)
MAX_SECONDS = 2  # for a mail that is written to take long: a few milliseconds, but this machine may be busy


@pytest.mark.parametrize(
    ("status", "returned", "addresses", "code"),
    [
        (texts.POSTFIX, "message/rfc822", (MAYA,), "5.1.1"),
        (texts.POSTFIX, "text/rfc822-headers", (MAYA,), "5.1.1"),
        (texts.EXIM, "message/rfc822", (MAYA,), "5.0.0"),
        (texts.EXCHANGE, "message/rfc822", ("Maya@Example.org", MAYA), "5.1.10"),
        (texts.GMAIL, "message/rfc822", (MAYA,), "5.1.1"),
        (texts.FORWARDED, "message/rfc822", ("someone.else@example.net", MAYA), "5.1.1"),
    ],
)
def test_the_reports_of_mail_servers_are_read(
    status: str, returned: str, addresses: tuple[str, ...], code: str
) -> None:
    report = write_report(status, OWN_ID, returned=returned)

    assert read_delivery_report(report) == [FailedDelivery(OWN_ID, addresses, code)]


@pytest.mark.parametrize("status", [texts.FULL, texts.DELAYED, texts.OUT_OF_TIME, texts.EXIM_POLICY, ""])
def test_what_may_pass_is_no_failure(status: str) -> None:
    assert read_delivery_report(write_report(status, OWN_ID)) == []


def test_a_letter_to_two_people_comes_back_from_one() -> None:
    other = texts.POSTFIX.replace("maya", "ines").replace("Action: failed", "Action: delivered")

    [failure] = read_delivery_report(write_report(f"{texts.POSTFIX}\n\n{other}", OWN_ID))

    assert failure.addresses == (MAYA,)


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\x00\xff" * 5000,
        b"Subject: I am away\n\nBack on Monday.",
        write_report(texts.POSTFIX, OWN_ID, type_=""),
        write_report(texts.POSTFIX, OWN_ID, type_="report-type=disposition-notification; "),
        write_report(texts.POSTFIX, OWN_ID, returned="text/plain"),
        write_report(texts.POSTFIX, OWN_ID).replace(b"message/delivery-status", b"text/plain"),
        write_report(texts.POSTFIX, OWN_ID).replace(b"multipart/report", b"multipart/mixed"),
        write_report(texts.POSTFIX, OWN_ID, words="x" * MAX_REPORT_BYTES),
        b"".join(b"Content-Type: multipart/report; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(500))
        + 200_000 * b"\n",
        write_report(texts.POSTFIX, OWN_ID).replace(b"boundary=", b"boundary*0*=x'';b="),
        write_report(texts.POSTFIX, OWN_ID, type_='report-type=delivery-status; x="' + 200_000 * ";" + '"; '),
        write_report(texts.POSTFIX, OWN_ID, type_="report-type=delivery-status;" + 20_000 * "\r x;" + " "),
        write_report(f"{texts.POSTFIX}\nAction: {50_000 * 'x:'}".replace("Action: failed", ""), OWN_ID),
        write_report(texts.POSTFIX.replace("rfc822;", "x-unix;"), OWN_ID, to=",<(" * 40_000),
    ],
    ids=range(15),
)
def test_other_mail_and_broken_mail_say_nothing(mail: bytes) -> None:
    begun = time.process_time()

    assert read_delivery_report(mail) == []

    assert time.process_time() - begun < MAX_SECONDS


@pytest.mark.parametrize(
    "mail",
    [
        write_report(
            texts.POSTFIX, OWN_ID, charset="no-such-charset", words="\udcff".encode("utf-8", "replace").decode()
        ),
        write_report(texts.POSTFIX, OWN_ID, body="x" * 2 * MAX_REPORT_BYTES),
        write_report(texts.POSTFIX, OWN_ID, to="=?no-such?b?////?= <maya@example.org>"),
        write_report(texts.POSTFIX, OWN_ID).replace(b"\n", b"\r\n"),
    ],
    ids=range(4),
)
def test_what_is_odd_beside_the_report_does_no_harm(mail: bytes) -> None:
    [failure] = read_delivery_report(mail)

    assert (failure.message_id, failure.addresses, failure.code) == (OWN_ID, (MAYA,), "5.1.1")


def list_marked() -> list[str]:
    return list(BouncedAddress.objects.values_list("address", flat=True))


def test_only_a_letter_that_we_wrote_to_that_address_marks_it(db: None, now: datetime) -> None:
    maya, ines = create_user("maya"), create_user("ines")
    to_ines, stranger = build_message_id(uuid4(), to=ines.email), build_message_id(uuid4(), to="s@example.org")
    forged = [OWN_ID, to_ines, f"<{uuid4()}@localhost>", "", build_message_id(uuid4(), to="x") + " " + to_ines]
    reports = [write_report(texts.POSTFIX, message_id) for message_id in forged]
    reports.append(write_report(texts.POSTFIX.replace(MAYA, "s@example.org"), stranger, to="s@example.org"))
    reports += [write_report(texts.POSTFIX.replace(MAYA, odd), to_ines, to=odd) for odd in ODD_ADDRESSES]

    assert [accept_delivery_report(report, at=now) for report in reports] == len(reports) * [0]
    own = write_report(texts.FORWARDED, build_message_id(uuid4(), to=maya.email))
    assert [accept_delivery_report(own, at=now) for _time in range(2)] == [1, 0]

    assert list_marked() == [maya.email]


class Mailbox(socketserver.ThreadingTCPServer):
    """An IMAP server with one folder."""

    daemon_threads = allow_reuse_address = True
    mails: dict[str, bytes]
    commands: list[str]


class Conversation(socketserver.StreamRequestHandler):
    """Answers the few commands that we send."""

    disable_nagle_algorithm = True
    server: Mailbox

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, command = line.decode().strip().split(" ", 1)
            self.server.commands.append(command)
            if command == "CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
            if command.startswith("LOGIN") and "p@ss" not in command:
                self.wfile.write(f"{tag} NO wrong\r\n".encode())
                continue
            if command.startswith("SELECT"):
                self.wfile.write(b"* 9 EXISTS\r\n")
            if command.startswith("UID SEARCH"):
                self.wfile.write(f"* SEARCH {' '.join(self.server.mails)}\r\n".encode())
            if command.startswith("UID FETCH"):
                mail = self.server.mails[command.split()[2]][:MAX_REPORT_BYTES]
                self.wfile.write(b"* 1 FETCH (BODY[]<0> {%d}\r\n" % len(mail) + mail + b")\r\n")
            self.wfile.write(f"{tag} OK done\r\n".encode())


@pytest.fixture
def mailbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    """A mailbox in plain IMAP: the test has no certificate."""

    def open_plain(host: str, port: int, *, ssl_context: Any, timeout: float) -> imaplib.IMAP4:
        assert ssl_context.check_hostname is True
        return imaplib.IMAP4(host, port, timeout)

    monkeypatch.setattr(imaplib, "IMAP4_SSL", open_plain)
    with Mailbox(("127.0.0.1", 0), Conversation) as server:
        server.mails, server.commands = {}, []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


def find_url(server: Mailbox, password: str = "p%40ss") -> str:
    return f"imaps://hello%40example.org:{password}@127.0.0.1:{server.server_address[1]}/Bounces"


def test_unread_reports_of_a_mailbox_are_taken_and_marked_as_read(db: None, now: datetime, mailbox: Mailbox) -> None:
    maya = create_user("maya")
    own = write_report(texts.POSTFIX, build_message_id(uuid4(), to=maya.email), body="x" * 2 * MAX_REPORT_BYTES)
    mailbox.mails = {"4": write_report(texts.POSTFIX, OWN_ID), "7": own}

    assert read_bounce_mailbox(find_url(mailbox), at=now) == 1

    assert list_marked() == [maya.email]
    folder, *others = [command for command in mailbox.commands if command.split()[0] in ("SELECT", "UID")]
    assert folder == 'SELECT "Bounces"'
    assert others[0] == 'UID SEARCH UNSEEN HEADER Content-Type "multipart/report"'
    assert [command for command in others if "STORE" in command] == [
        r"UID STORE 4 +FLAGS.SILENT (\Seen)",
        r"UID STORE 7 +FLAGS.SILENT (\Seen)",
    ]


def test_the_task_reads_the_mailbox_of_the_settings(db: None, now: datetime, mailbox: Mailbox, settings: Any) -> None:
    maya = create_user("maya")
    mailbox.mails = {"4": write_report(texts.POSTFIX, build_message_id(uuid4(), to=maya.email))}
    read_bounces()
    assert (list_marked(), mailbox.commands) == ([], [])  # none is set

    settings.BOUNCE_MAILBOX = find_url(mailbox)
    read_bounces()

    assert list_marked() == [maya.email]


def test_a_round_takes_a_bounded_number_of_reports(
    db: None, now: datetime, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounce_mailbox, "MAX_REPORTS_PER_ROUND", 2)
    mailbox.mails = dict.fromkeys("1234", b"")

    read_bounce_mailbox(find_url(mailbox), at=now)

    assert [command for command in mailbox.commands if "STORE" in command] == [
        rf"UID STORE {number} +FLAGS.SILENT (\Seen)" for number in "12"
    ]


def test_a_round_ends_when_its_time_is_over(db: None, now: datetime, mailbox: Mailbox) -> None:
    mailbox.mails = dict.fromkeys("123", b"")
    clock = iter([0, 0, 61])

    read_bounce_mailbox(find_url(mailbox), at=now, seconds=lambda: next(clock))

    assert len([command for command in mailbox.commands if "STORE" in command]) == 1


def test_a_mailbox_that_is_away_or_refuses_us_waits_for_the_next_round(
    db: None, now: datetime, mailbox: Mailbox
) -> None:
    assert read_bounce_mailbox("", at=now) == 0
    assert read_bounce_mailbox(find_url(mailbox, "wrong"), at=now) == 0
    assert read_bounce_mailbox("imaps://a:b@127.0.0.1:1/INBOX", at=now) == 0
