"""The key file of backups: 32 random bytes in base64, which only its owner can read."""

import base64
import os
import secrets
import stat
from pathlib import Path

from django.utils.translation import gettext as _

from core.errors import Invalid

KEY_BYTES = 32
MAX_KEY_FILE_BYTES = 200
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def create_key_file(path: Path) -> None:
    """Write a new key into a new file. Raises Invalid when the file exists, OSError when it cannot be written."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        message = _("%(file)s exists, and a key is never replaced, because its backups need it: name a new file.")
        raise Invalid(message % {"file": path}, field="key") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(descriptor)


def read_key_file(path: Path) -> bytes:
    """Return the key. Raises Invalid: there is no such file, others can read it, it is empty, or it holds no key."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(MAX_KEY_FILE_BYTES + 1)
    except OSError as error:
        message = _("The key file %(file)s cannot be read: %(reason)s.")
        raise Invalid(message % {"file": path, "reason": error.strerror}, field="key") from error
    if mode & OTHERS:
        message = _("Others can use the key file %(file)s: make it yours alone with chmod 600.")
        raise Invalid(message % {"file": path}, field="key")
    if not text.strip():
        raise Invalid(_("The key file %(file)s is empty: name the right one.") % {"file": path}, field="key")
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        message = _("%(file)s is no key file: `./run backup --new-key FILE` makes one.")
        raise Invalid(message % {"file": path}, field="key")
    return key
