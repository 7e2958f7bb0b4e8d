"""A file that appears under its name only when it is whole and on the disk."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from core.errors import Invalid

NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS)


@contextmanager
def writing_new_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file that only its owner can read, beside `path`, and give it that name at the end of the block.

    After an error nothing is left. Raises Invalid when there is such a file already, OSError.
    """
    refuse_existing_file(path)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _give_name(part, path)
    finally:
        part.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def refuse_existing_file(path: Path) -> None:
    """Raise Invalid when there is such a file."""
    if os.path.lexists(path):
        message = _("%(file)s exists, and a backup replaces no file: name a new one.")
        raise Invalid(message % {"file": path}, field="file")


def _give_name(part: Path, path: Path) -> None:
    # A link, because it fails where another process has made the file meanwhile. Some file systems have no links.
    with suppress(FileExistsError):
        try:
            os.link(part, path)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            refuse_existing_file(path)
            part.rename(path)
        return
    refuse_existing_file(path)
