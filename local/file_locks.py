"""File locks: the kernel releases them however their holder ends, SIGKILL included."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_lock_file(path: Path) -> int:
    """A descriptor to lock with, not inherited by child processes."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock if it is free; return whether it was taken."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def take_lock(descriptor: int, *, shared: bool = False) -> None:
    """Take the lock, and wait until it is free."""
    fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


def can_take_lock(path: Path, *, shared: bool = False) -> bool:
    """Whether the lock is free at this moment; it is not kept."""
    descriptor = open_lock_file(path)
    try:
        return try_lock(descriptor, shared=shared)
    finally:
        os.close(descriptor)


@contextmanager
def holding_lock(path: Path) -> Iterator[None]:
    """Hold the exclusive lock for the length of a block."""
    descriptor = open_lock_file(path)
    try:
        take_lock(descriptor)
        yield
    finally:
        os.close(descriptor)
