"""Read delivery reports (RFC 3464): which letters came back, from which addresses and why. Anyone may have written one.

Nothing here touches the database or the network.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import Compat32
from email.utils import getaddresses

from core.notifications.bounces import find_status_code, is_about_address

MAX_REPORT_BYTES = 256 * 1024
MAX_PARTS = 20
MAX_NESTED_TYPES = 10  # a report with a letter in it names about four
MAX_TYPE_LENGTH = 2_000  # of a Content-Type with its parameters
MAX_RECIPIENTS = 20
_HEADERS_ONLY = "text/rfc822-headers"
_NESTED_TYPE = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)


class _ShortTypes(Compat32):
    """Refuses a long Content-Type: Python takes minutes over one with many parameters."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        if name.lower() == "content-type" and len(value) > MAX_TYPE_LENGTH:
            raise ValueError("Content-Type is too long")
        return name, value


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """A letter that came back for good: its `Message-ID`, the addresses that it may have been for, and the code."""

    message_id: str
    addresses: tuple[str, ...]
    code: str


def read_delivery_report(raw: bytes) -> list[FailedDelivery]:
    """Return the letters that came back for good by a report; none for any other mail, or one that cannot be read.

    Only the first `MAX_REPORT_BYTES` are read: they hold the report, and the head of the letter that came back.
    """
    raw = raw[:MAX_REPORT_BYTES]
    if len(_NESTED_TYPE.findall(raw)) > MAX_NESTED_TYPES:
        return []  # each level makes each line below it take longer
    try:
        return list(_read_failures(email.message_from_bytes(raw, policy=_ShortTypes())))
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return []  # Python's parser fails in many ways at mail that is written to break it.


def _read_failures(report: Message) -> Iterator[FailedDelivery]:
    if report.get_content_type() != "multipart/report" or not report.is_multipart():
        return
    if str(report.get_param("report-type", "")).lower() != "delivery-status":
        return
    parts: list[Message] = list(report.get_payload())[:MAX_PARTS]
    letter = next(filter(None, map(_find_returned_letter, parts)), None)
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if letter is None or status is None or not status.is_multipart():
        return
    message_id, to = _get_text(letter, "Message-ID"), _list_addresses(_get_text(letter, "To"))
    blocks: list[Message] = list(status.get_payload())[: MAX_RECIPIENTS + 1]
    for block in blocks:
        code = _find_code(block)
        if _get_text(block, "Action").lower() != "failed" or not is_about_address(code):
            continue
        named = [_get_address(block, "Original-Recipient"), _get_address(block, "Final-Recipient")]
        # A letter that was forwarded comes back from another address than the one that we wrote to.
        yield FailedDelivery(message_id, tuple(dict.fromkeys(filter(None, [*named, *to]))), code)


def _find_returned_letter(part: Message) -> Message | None:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        return part.get_payload(0)  # type: ignore[return-value]
    if part.get_content_type() == _HEADERS_ONLY:
        return BytesHeaderParser().parsebytes(bytes(part.get_payload(decode=True) or b""))
    return None


def _find_code(block: Message) -> str:
    """Return the code of a failure. Exim says 5.0.0 whatever it is, and the true code in the other server's words."""
    status = find_status_code(_get_text(block, "Status"))
    return (find_status_code(_get_text(block, "Diagnostic-Code")) or status) if status[1:] == ".0.0" else status


def _get_address(block: Message, name: str) -> str:
    kind, _separator, address = _get_text(block, name).partition(";")
    return address.strip().strip("<>") if kind.strip().lower() == "rfc822" else ""


def _get_text(message: Message, name: str) -> str:
    return re.sub(r"\s+", " ", str(message.get(name, ""))[:2000]).strip()


def _list_addresses(text: str) -> list[str]:
    return [address for _name, address in getaddresses([text])[:MAX_RECIPIENTS] if "@" in address]
