"""Write the place in a list as a text that its reader can send back, and cannot read.

A place holds values of the row before it, its primary key among them. Keys tell how many rows there are and how fast
they come, so they are encrypted. Equal places give equal texts, so that equal pages stay equal. A place in one list, or
in one order of it, is none in another: so a cursor is sealed for the list that it belongs to.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

SEAL_BYTES = 16
"""What the cipher adds to a text (RFC 5297)."""


def encode_cursor(position: Sequence[str], *, is_backward: bool, of: str) -> str:
    """Return the cursor of a page that lies after, or before, the row with these values.

    `of` names the list and its order.
    """
    plain = json.dumps([is_backward, *position]).encode()
    return urlsafe_b64encode(_list_ciphers()[0].encrypt(plain, [of.encode()])).decode().rstrip("=")


def decode_cursor(cursor: str, *, of: str) -> tuple[bool, list[str]]:
    """Return whether the page lies backward, and the values.

    Raises ValueError for a text that is none of ours, or that was made for another list or order.
    """
    encrypted = _decode_base64(cursor)
    for cipher in _list_ciphers():
        try:
            is_backward, *position = json.loads(cipher.decrypt(encrypted, [of.encode()]))
        except InvalidTag:
            continue
        return is_backward, position
    raise ValueError("No key of ours has made this cursor.")


def has_cursor_form(text: str) -> bool:
    """Return whether a text could be a cursor of some list in some order."""
    try:
        return len(_decode_base64(text)) > SEAL_BYTES
    except ValueError:
        return False


def _decode_base64(text: str) -> bytes:
    return urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))


def _list_ciphers() -> list[AESSIV]:
    """Return the ciphers of the present key and of the old ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [AESSIV(hashlib.sha512(f"core.api.cursors {key}".encode()).digest()) for key in keys]
