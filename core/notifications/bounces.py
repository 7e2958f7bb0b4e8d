"""Addresses from which our letters come back: mark them, ask about them, and clear them when they work again."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from core.email_addresses import fold_address, normalize_address, users_with_address
from core.errors import Invalid, NotAllowed
from core.models import BouncedAddress, Notice, User

_CODE_PATTERN = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])", re.ASCII)
_FULL_MAILBOX_OR_LONG_LETTER = range(2, 5)
_SENDERS_FAULT = (7, 8)


def find_status_code(text: str) -> str:
    """Return the first code of a mail server in a text, such as 5.1.1; empty without one."""
    found = _CODE_PATTERN.search(text)
    return found[0] if found else ""


def is_about_address(code: str) -> bool:
    """Return whether a code says for good that an address does not work (RFC 3463).

    A refusal of our server, of the letter's content or by a full mailbox says nothing about the address: by such a code
    one bad day of our mail server would stop the letters of everybody at a large provider.
    """
    found = _CODE_PATTERN.fullmatch(code)
    if found is None or found[1] != "5":
        return False
    subject, detail = int(found[2]), int(found[3])
    if subject == 1:  # addresses; two of the details are about the sender's
        return detail not in _SENDERS_FAULT
    if subject == 2:  # mailboxes
        return detail not in _FULL_MAILBOX_OR_LONG_LETTER
    return subject in (0, 4)  # not said, as Exim reports; no way to the domain


def mark_bounced(*, address: str, kind: BouncedAddress.Kind, code: str, at: datetime) -> bool:
    """Mark an address, so that no notice leaves for it; return whether it was unmarked.

    Only an address to which we write is marked: one of an account, or of a notice. `code` is a code of a mail server
    such as 5.1.1, or empty.
    """
    try:
        address = normalize_address(address)
    except Invalid:
        return False
    if not (users_with_address([address]).exists() or Notice.objects.filter(address=address).exists()):
        return False
    facts = {"kind": kind, "code": code, "bounced_at": at}
    _row, is_new = BouncedAddress.objects.get_or_create(address=address, defaults=facts)
    return is_new


def clear_bounce(address: str, *, at: datetime) -> bool:
    """Forget that letters to an address came back until `at`, when it was proved to work; return whether they had."""
    deleted, _rows = BouncedAddress.objects.filter(address=fold_address(address), bounced_at__lte=at).delete()
    return bool(deleted)


def clear_bounces_as_reviewer(*, actor: User, bounces: Iterable[BouncedAddress], at: datetime) -> int:
    """Have letters leave for these addresses again; return how many were marked. Raises NotAllowed (not a reviewer)."""
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers may say that an address works again. Ask one of them."))
    return sum(clear_bounce(bounce.address, at=at) for bounce in bounces)


def find_bounce(address: str) -> BouncedAddress | None:
    """Return what is known of letters to an address that came back; None if they arrive."""
    return BouncedAddress.objects.filter(address=fold_address(address)).first()
