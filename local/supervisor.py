"""The process that runs the local servers as long as any process uses them.

Every user of the servers holds a shared lock on one file. The supervisor waits for the exclusive lock: it gets it when
the last user has ended, however that happened, and then stops the servers. A SIGKILL of `./run` therefore leaves
nothing running, and two of them share one set of servers. When the supervisor itself is killed, Linux stops its servers
with it; elsewhere the next supervisor ends them first.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import FrameType

from local import postgres, valkey
from local.file_locks import holding_lock, open_lock_file, take_lock
from local.paths import ServerPaths
from local.process_control import stop_process
from local.user_facing_error import UserFacingError, describe_error

START_FUNCTIONS = {postgres.SERVER_NAME: postgres.start_postgres, valkey.SERVER_NAME: valkey.start_valkey}
STOP_SIGNALS = {valkey.SERVER_NAME: valkey.STOP_SIGNAL, postgres.SERVER_NAME: postgres.STOP_SIGNAL}
STOP_SECONDS = 30.0
WAKING_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
# A socket's path may have 107 bytes (103 on macOS); the project's folder and TMPDIR may be longer than that.
SHORT_FOLDER = Path("/tmp")
SOCKETS_PREFIX = "hr-"
SOCKETS_NOTE = "sockets"


class StopWaiting(Exception):
    """A signal ended the wait: the supervisor was asked to stop, or one of its servers is gone."""


def users_lock(paths: ServerPaths) -> Path:
    """Held shared by each user of the servers, exclusively by a supervisor that stops them."""
    return paths.folder / "users.lock"


def supervisor_lock(paths: ServerPaths) -> Path:
    """Held by the supervisor as long as it lives. An older version still running must find the same file name."""
    return paths.folder / "keeper.lock"


def supervise_servers(paths: ServerPaths, wanted: Iterable[str], report: int) -> None:
    """Start the wanted servers, write a JSON line to the descriptor `report`, wait for the last user, stop them.

    The line is {"sockets": folder, "servers": names, "supervisor": pid}, or {"error": sentence} when a start failed.
    """
    with holding_lock(supervisor_lock(paths)), os.fdopen(report, "w") as answer:
        running: dict[str, subprocess.Popen[bytes]] = {}
        try:
            sockets = _make_sockets_folder(paths)
            for name in wanted:
                running[name] = START_FUNCTIONS[name](paths, sockets)
            state = json.dumps({"sockets": str(sockets), "servers": sorted(running), "supervisor": os.getpid()})
            _replace_file(paths.state, state)
        except (UserFacingError, OSError) as error:
            answer.write(json.dumps({"error": str(describe_error(error))}))
        else:
            answer.write(state)
            answer.close()
            _wait_for_last_user(paths, running.values())
        _stop_servers(paths, running)


def _stop_servers(paths: ServerPaths, running: dict[str, subprocess.Popen[bytes]]) -> None:
    # First of all: a new user that finds no state starts another supervisor, which waits until this one has ended.
    paths.state.unlink(missing_ok=True)
    for name, stop_signal in STOP_SIGNALS.items():
        if name in running:
            stop_process(running[name], stop_signal, STOP_SECONDS)
    _remove_sockets_folder(paths)


def _make_sockets_folder(paths: ServerPaths) -> Path:
    """A private folder with a short name, noted at once; that of a supervisor that was killed is removed."""
    _remove_sockets_folder(paths)
    sockets = Path(tempfile.mkdtemp(prefix=SOCKETS_PREFIX, dir=SHORT_FOLDER))
    _replace_file(paths.folder / SOCKETS_NOTE, str(sockets))
    return sockets


def _remove_sockets_folder(paths: ServerPaths) -> None:
    note = paths.folder / SOCKETS_NOTE
    if note.exists():
        old = Path(note.read_text())
        if old.parent == SHORT_FOLDER and old.name.startswith(SOCKETS_PREFIX):
            shutil.rmtree(old, ignore_errors=True)
        note.unlink()


def _replace_file(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(path)


def _wait_for_last_user(paths: ServerPaths, servers: Iterable[subprocess.Popen[bytes]]) -> None:
    def wake(number: int, frame: FrameType | None) -> None:
        raise StopWaiting

    try:
        for number in WAKING_SIGNALS:
            signal.signal(number, wake)
        if all(server.poll() is None for server in servers):
            # Never closed: new users wait behind this lock until the servers are down and the process has ended.
            take_lock(open_lock_file(users_lock(paths)))
    except StopWaiting:
        pass
    for number in WAKING_SIGNALS:
        signal.signal(number, signal.SIG_IGN if number != signal.SIGCHLD else signal.SIG_DFL)


if __name__ == "__main__":
    _, root, name, durable, wanted_names, descriptor = sys.argv
    supervise_servers(ServerPaths(Path(root), name, bool(durable)), wanted_names.split(","), int(descriptor))
