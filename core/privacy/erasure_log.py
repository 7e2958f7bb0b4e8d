"""The erasure log: a file outside the database, from which erasures are repeated after a restore.

It has a line of JSON for each erasure, with ids and digests but no name and no address. `core.privacy.erasure` decides
what an entry holds. Lines are only added. A line is on the disk before its erasure is committed.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def ensure_log_file(path: Path) -> None:
    """Create the file if it is missing. Raises OSError when it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(_open_log(path))


def append_entry(path: Path, line: Mapping[str, Any]) -> None:
    """Append a line, and return once the disk has it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _open_log(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # A crash may have cut off the last line. It is ended first, so that it does not spoil this one.
        end = os.lseek(descriptor, 0, os.SEEK_END)
        torn = end and os.pread(descriptor, 1, end - 1) != b"\n"
        text = ("\n" if torn else "") + json.dumps(line, sort_keys=True) + "\n"
        _write_whole(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    # The folder too: without it a crash can lose the file itself, if it is new.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_entries(path: Path) -> Iterator[dict[str, Any]]:
    """Yield every whole line, the oldest first; none without the file."""
    if not path.exists():
        return
    with path.open() as file:
        for text in file:
            try:
                line = json.loads(text)
            except ValueError:
                continue  # cut off by a crash, so its erasure was not committed
            yield line


def _open_log(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)


def _write_whole(descriptor: int, text: bytes) -> None:
    while text:
        text = text[os.write(descriptor, text) :]
