"""Start, recognise and end single processes, so that none outlives the process that started it."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from local.user_facing_error import UserFacingError, describe_failed_program

PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(with_signal: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` that makes Linux send the signal to a child as soon as its parent is gone.

    Returns None on systems without this call: there the next start ends what was left behind.
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


def start_process(
    command: Sequence[str],
    log: Path,
    environment: Mapping[str, str],
    end_with: signal.Signals,
    *,
    folder: Path = Path("/"),
    account: pwd.struct_passwd | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session and process group of its own, its output in `log`, its working directory `folder`.

    It gets the signal `end_with` when we are gone; `account` is the user it runs as, where that is not ours.
    """
    with log.open("wb") as output:
        return subprocess.Popen(
            list(command),
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(end_with),
        )


def wait_until_ready(
    name: str, process: subprocess.Popen[bytes], log: Path, is_ready: Callable[[], bool], seconds: float
) -> None:
    """Wait for a server that was just started. Raises UserFacingError when it ends, or after so many seconds."""
    deadline = time.monotonic() + seconds
    while not is_ready():
        if process.poll() is not None:
            raise describe_failed_program(f"{name} did not start", read_last_lines(log), log)
        if time.monotonic() > deadline:
            raise UserFacingError(f"{name} was not ready after {seconds:.0f} seconds: see {log}.")
        time.sleep(0.01)


def read_command_line(pid: int) -> str:
    """The words that a live process was started with; empty when there is no such process."""
    if (PROC / "self").exists():
        try:
            return (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    listed = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()


def is_process_alive(pid: int, marks: Sequence[str]) -> bool:
    """Whether the process lives and its command line holds all `marks`: its number may have passed to another one."""
    words = read_command_line(pid)
    return bool(words) and all(mark in words for mark in marks)


def end_orphan(pid: int, marks: Sequence[str], signals: Sequence[signal.Signals], patience: float = 20.0) -> None:
    """End a process that an earlier start left behind, with one signal after the other; spare any other process."""
    for number in signals:
        if not is_process_alive(pid, marks):
            return
        os.kill(pid, number)
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and is_process_alive(pid, marks):
            time.sleep(0.01)


def stop_process(process: subprocess.Popen[bytes], with_signal: signal.Signals, patience: float) -> None:
    """Ask a child to end, and kill its whole group when it has not ended after `patience` seconds."""
    if process.poll() is not None:
        return
    process.send_signal(with_signal)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        kill_process_group(process)


def kill_process_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a child that leads a process group, with everything it started, and reap it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def read_last_lines(path: Path, count: int = 15) -> str:
    """The end of a log; empty when there is none."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
    except FileNotFoundError:
        return ""
