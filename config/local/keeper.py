"""The process that holds the local servers for as long as anybody uses them.

Everybody who uses the servers holds a shared lock on one file. The keeper waits for that lock alone: it gets it when
the last of them has ended, however that came about, and then stops the servers. A SIGKILL of `./run` therefore leaves
nothing running, and two of them share one set. When the keeper itself is killed, Linux stops its servers with it;
elsewhere the next keeper ends them first.
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

from config.local import postgres, valkey
from config.local.locks import holding, open_lock, take
from config.local.place import Place
from config.local.problem import Problem, from_os_error
from config.local.processes import stop

STARTS = {postgres.NAME: postgres.start, valkey.NAME: valkey.start}
STOPS = {postgres.NAME: postgres.FAST_STOP, valkey.NAME: valkey.STOP}
STOP_SECONDS = 30.0
# A socket's path may have 107 bytes (103 on macOS), and neither a project's folder nor TMPDIR is sure to be that short.
SHORT_FOLDER = Path("/tmp")
SOCKETS_PREFIX = "hr-"
SOCKETS_NOTE = "sockets"


class Woken(Exception):
    """A signal ended the wait: somebody asked the keeper to stop, or one of its servers is gone."""


def users_lock(place: Place) -> Path:
    """Held shared by whoever uses the servers, alone by a keeper that stops them."""
    return place.folder / "users.lock"


def keeper_lock(place: Place) -> Path:
    """Held by the keeper as long as it lives."""
    return place.folder / "keeper.lock"


def keep(place: Place, wanted: Iterable[str], report: int) -> None:
    """Start the wanted servers, write a JSON line to the descriptor `report`, hold them, stop them.

    The line is {"sockets": folder, "servers": names, "keeper": pid}, or {"problem": sentence} when they did not start.
    """
    with holding(keeper_lock(place)), os.fdopen(report, "w") as answer:
        running: dict[str, subprocess.Popen[bytes]] = {}
        try:
            sockets = _fresh_sockets(place)
            for name in wanted:
                running[name] = STARTS[name](place, sockets)
            state = json.dumps({"sockets": str(sockets), "servers": sorted(running), "keeper": os.getpid()})
            _write_whole(place.state, state)
        except (Problem, OSError) as error:
            problem = from_os_error(error) if isinstance(error, OSError) else error
            answer.write(json.dumps({"problem": str(problem)}))
        else:
            answer.write(state)
            answer.close()
            _wait_for_the_last(place, running.values())
        _end(place, running)


def _end(place: Place, running: dict[str, subprocess.Popen[bytes]]) -> None:
    # First of all: a newcomer that finds no state starts a keeper of its own, which waits until this one has ended.
    place.state.unlink(missing_ok=True)
    for name in (valkey.NAME, postgres.NAME):
        if name in running:
            stop(running[name], STOPS[name], STOP_SECONDS)
    _remove_sockets(place)


def _fresh_sockets(place: Place) -> Path:
    """A private folder with a short name, noted at once; the one of a keeper that was killed goes."""
    _remove_sockets(place)
    sockets = Path(tempfile.mkdtemp(prefix=SOCKETS_PREFIX, dir=SHORT_FOLDER))
    _write_whole(place.folder / SOCKETS_NOTE, str(sockets))
    return sockets


def _remove_sockets(place: Place) -> None:
    note = place.folder / SOCKETS_NOTE
    if note.exists():
        old = Path(note.read_text())
        if old.parent == SHORT_FOLDER and old.name.startswith(SOCKETS_PREFIX):
            shutil.rmtree(old, ignore_errors=True)
        note.unlink()


def _write_whole(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text)
    fresh.replace(path)


def _wait_for_the_last(place: Place, servers: Iterable[subprocess.Popen[bytes]]) -> None:
    def wake(number: int, frame: FrameType | None) -> None:
        raise Woken

    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
            signal.signal(number, wake)
        if all(server.poll() is None for server in servers):
            # Never closed: newcomers wait behind this lock until the servers are down and the process has ended.
            take(open_lock(users_lock(place)))
    except Woken:
        pass
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(number, signal.SIG_IGN if number != signal.SIGCHLD else signal.SIG_DFL)


if __name__ == "__main__":
    keep(Place.from_json(sys.argv[1]), sys.argv[2].split(","), int(sys.argv[3]))
