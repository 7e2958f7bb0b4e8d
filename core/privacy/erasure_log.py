"""The journal of erasures: a file outside the database, so that a restored database can be told whom it must forget.

A line of JSON each, only ever added: ids and digests, no name and no address. A line is on the disk before the erasure
that it is about is committed.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def ensure_log_file(path: Path) -> None:
    """Makes the file where there is none. Raises OSError when it cannot be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(_open_log(path))


def append_entry(path: Path, line: Mapping[str, Any]) -> None:
    """Adds a line, and returns when the disk has it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _open_log(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        # A line that was cut off by a crash is ended first, so that it spoils no other.
        end = os.lseek(descriptor, 0, os.SEEK_END)
        torn = end and os.pread(descriptor, 1, end - 1) != b"\n"
        text = ("\n" if torn else "") + json.dumps(line, sort_keys=True) + "\n"
        _write_whole(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_entries(path: Path) -> Iterator[dict[str, Any]]:
    """Every whole line, the oldest first; none when there is no file."""
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
