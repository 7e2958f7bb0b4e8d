"""Processes that must not outlive whoever started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` that makes Linux send the signal to a child as soon as its parent is gone.

    Returns None on systems that have no such thing: there the next start ends what was left behind.
    """
    libc = _LIBC
    if libc is None:
        return None
    parent = os.getpid()

    def arrange() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(with_signal))
        if os.getppid() != parent:
            os._exit(1)

    return arrange


def command_line(pid: int) -> str:
    """The words that a live process was started with; empty when there is no such process."""
    if (PROC / "self").exists():
        try:
            return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    found = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()


def is_live(pid: int, marks: Sequence[str]) -> bool:
    """Whether the process lives and its command line holds all `marks`: a number may have passed on to a stranger."""
    words = command_line(pid)
    return bool(words) and all(mark in words for mark in marks)


def end_orphan(pid: int, marks: Sequence[str], signals: Sequence[signal.Signals], patience: float = 20.0) -> None:
    """End a process that an earlier start left behind, with one signal after the other; a stranger is left alone."""
    for step in signals:
        if not is_live(pid, marks):
            return
        os.kill(pid, step)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and is_live(pid, marks):
            time.sleep(0.01)


def stop(process: subprocess.Popen[bytes], with_signal: signal.Signals, patience: float) -> None:
    """Ask a child to end, and kill its whole group when it has not after `patience` seconds."""
    if process.poll() is not None:
        return
    process.send_signal(with_signal)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a child that leads a process group, with everything it started, and reap it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log, or nothing when there is none."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
    except FileNotFoundError:
        return ""
