"""The first two lines of a backup: a magic line with the format's number, and JSON that says what the file is.

They are not secret, but authentic: the key that encrypts the rows is derived from the key file and from these lines.
"""

import json
import secrets
from dataclasses import asdict, dataclass, field
from typing import BinaryIO

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.utils.translation import gettext as _

from core.errors import Invalid

MAGIC_WORDS = b"HANDRAISER BACKUP "
FORMAT = 1
MAX_HEADER_LINE_BYTES = 64 * 1024
KEY_CHECK_BYTES = 8


@dataclass(frozen=True, slots=True)
class BackupHeader:
    """When the rows were read (ISO), and the last migration of each app. `salt` is new for each file."""

    made_at: str
    migrations: dict[str, str]
    salt: str = field(default_factory=lambda: secrets.token_hex(32))
    key_check: str = ""


def write_header(file: BinaryIO, header: BackupHeader, key: bytes) -> bytes:
    """Write both lines, and return the key for the stream that follows them."""
    check = _derive_key(key, header.salt, b"key check", KEY_CHECK_BYTES).hex()
    line = json.dumps(asdict(header) | {"key_check": check}, sort_keys=True).encode() + b"\n"
    file.write(MAGIC_WORDS + b"%d\n" % FORMAT + line)
    return _derive_key(key, header.salt, b"rows" + line, 32)


def read_header(file: BinaryIO, key: bytes) -> tuple[BackupHeader, bytes]:
    """Read both lines, and return what they say and the key for the stream that follows them.

    Raises Invalid: no backup, another format, another key.
    """
    magic, line = file.readline(len(MAGIC_WORDS) + 20), file.readline(MAX_HEADER_LINE_BYTES)
    if not magic.startswith(MAGIC_WORDS):
        raise Invalid(_("This file is no backup of Handraiser: name the right one."), field="file")
    if magic != MAGIC_WORDS + b"%d\n" % FORMAT:
        message = _("The format of this backup is not known here: restore it with the Handraiser that made it.")
        raise Invalid(message, field="file")
    try:
        header = BackupHeader(**json.loads(line))
        check = _derive_key(key, header.salt, b"key check", KEY_CHECK_BYTES).hex()
    except (ValueError, TypeError):
        raise Invalid(_("The first lines of this backup are damaged: use another backup."), field="file") from None
    if header.key_check != check:
        raise Invalid(_("This key file is not the one of this backup: name the right one."), field="key")
    return header, _derive_key(key, header.salt, b"rows" + line, 32)


def _derive_key(key: bytes, salt: str, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length=length, salt=bytes.fromhex(salt), info=purpose).derive(key)
