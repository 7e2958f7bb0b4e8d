"""Read the letters that came back to the mailbox of a mail server, by IMAP."""

import imaplib
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import unquote, urlsplit

from core.models import BouncedAddress
from core.notifications.bounces import mark_bounced
from core.notifications.delivery_reports import MAX_REPORT_BYTES, read_delivery_report
from core.notifications.message_ids import is_own_message_id
from core.notifications.outbox import log, name_error

IMAPS_PORT = 993
MAILBOX_TIMEOUT = 20  # seconds without an answer
MAX_MAILBOX_SECONDS = 60
MAX_REPORTS_PER_ROUND = 200


def read_bounce_mailbox(url: str, *, at: datetime, seconds: Callable[[], float] = time.monotonic) -> int:
    """Mark the addresses of the unread delivery reports in a mailbox; return how many are new.

    Other mail is left as it is. A report that proves nothing is only marked as read. A mailbox that is away is logged,
    and tried again in the next round. An empty `url` is no mailbox.
    """
    if not url:
        return 0
    until, marked = seconds() + MAX_MAILBOX_SECONDS, 0
    try:
        with _open_mailbox(url) as mailbox:
            for number in _list_unread_reports(mailbox):
                if seconds() > until:
                    break
                marked += accept_delivery_report(_read_beginning(mailbox, number), at=at)
                mailbox.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
    except (imaplib.IMAP4.error, OSError) as error:
        log.warning("bounce mailbox away", error=name_error(error))
    return marked


def accept_delivery_report(raw: bytes, *, at: datetime) -> int:
    """Mark the addresses from which our letters came back by this report; return how many are new.

    The report must bring back the `Message-ID` of a letter that we wrote to that very address.
    """
    return sum(
        mark_bounced(address=address, kind=BouncedAddress.Kind.BOUNCED, code=failure.code, at=at)
        for failure in read_delivery_report(raw)
        for address in failure.addresses
        if is_own_message_id(failure.message_id, to=address)
    )


@contextmanager
def _open_mailbox(url: str) -> Iterator[imaplib.IMAP4]:
    parts = urlsplit(url)
    folder = unquote(parts.path.strip("/")) or "INBOX"
    context = ssl.create_default_context()
    host, port = parts.hostname or "", parts.port or IMAPS_PORT
    with imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=MAILBOX_TIMEOUT) as mailbox:
        mailbox.login(unquote(parts.username or ""), unquote(parts.password or ""))
        answer, _lines = mailbox.select('"' + folder.replace('"', "") + '"')
        if answer != "OK":
            raise imaplib.IMAP4.error("no such folder")
        yield mailbox


def _list_unread_reports(mailbox: imaplib.IMAP4) -> list[str]:
    # The server searches, so that other unread mail does not stand before the reports.
    _answer, lines = mailbox.uid("SEARCH", "UNSEEN", "HEADER", "Content-Type", '"multipart/report"')
    return (lines[0] or b"").decode().split()[:MAX_REPORTS_PER_ROUND]


def _read_beginning(mailbox: imaplib.IMAP4, number: str) -> bytes:
    """Return the first bytes of a mail, without marking it as read."""
    _answer, items = mailbox.uid("FETCH", number, f"(BODY.PEEK[]<0.{MAX_REPORT_BYTES}>)")
    return next((item[1] for item in items if isinstance(item, tuple)), b"")
