"""The local PostgreSQL: a real one from a wheel, reached through a socket in a private folder only."""

import os
import shutil
import signal
import subprocess
import time
from functools import partial
from pathlib import Path
from urllib.parse import quote

from local.paths import ServerPaths
from local.postgres_install import PLAIN_ENVIRONMENT, PostgresInstall, choose_install
from local.process_control import end_orphan, is_process_alive, start_process, wait_until_ready
from local.user_facing_error import UserFacingError, describe_failed_program

SERVER_NAME = "postgres"
# Exists while the server runs, and after it was killed.
PID_FILE = "postmaster.pid"
DATABASE = "handraiser"
MAINTENANCE_DATABASE = "postgres"
SUPERUSER = "postgres"
SOCKET_PORT = "5432"
# A smart stop (SIGTERM) waits for every client; this one ends their sessions and shuts down cleanly.
STOP_SIGNAL = signal.SIGINT
START_SECONDS = 120.0
LEFTOVER_SECONDS = 20.0
READY_LINE = 7

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": SOCKET_PORT,
    "max_connections": str(50 + 100 * (os.cpu_count() or 1)),  # the races of a test process open a hundred
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def build_database_url(sockets: Path) -> str:
    """The DATABASE_URL of a server whose socket lies in this folder."""
    return f"postgresql://{SUPERUSER}@{quote(str(sockets), safe='')}/{DATABASE}"


def start_postgres(paths: ServerPaths, sockets: Path) -> subprocess.Popen[bytes]:
    """Start the server, initialised first where it is new; return once it takes connections and has our database.

    `sockets` is an existing private folder, given to the server's account. A server that an earlier start left behind
    is ended first. Raises UserFacingError.
    """
    install = choose_install(paths)
    data = install.folder / SERVER_NAME
    was_killed = (data / PID_FILE).exists()
    end_leftover_server(data)
    if was_killed and not paths.durable:
        # Without fsync its files cannot be trusted now, and they are cheap to make again.
        shutil.rmtree(data)
    if not data.exists():
        _initialise_data(paths, install, data)
    install.give_to_account(sockets)
    process = _start_server(paths, install, data, sockets, patience=LEFTOVER_SECONDS if was_killed else 0.0)
    if run_psql(sockets, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'", install) == "":
        run_psql(sockets, f"CREATE DATABASE {DATABASE}", install)
    return process


def recreate_database(paths: ServerPaths, sockets: Path) -> None:
    """Drop the database with everything in it, connections included, and create an empty one."""
    install = choose_install(paths)
    run_psql(sockets, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", install)
    run_psql(sockets, f"CREATE DATABASE {DATABASE}", install)


def query_database(paths: ServerPaths, sockets: Path, statement: str) -> str:
    """Run one statement on our database and return its answer without headings. Raises UserFacingError."""
    return run_psql(sockets, statement, choose_install(paths), DATABASE)


def run_psql(sockets: Path, statement: str, install: PostgresInstall, database: str = MAINTENANCE_DATABASE) -> str:
    """Run one statement as the superuser and return its answer without headings. Raises UserFacingError."""
    connection = ["-h", str(sockets), "-p", SOCKET_PORT, "-U", SUPERUSER, "-d", database]
    done = install.run_program([str(install.programs / "psql"), "-X", "-q", "-A", "-t", *connection, "-c", statement])
    if done.returncode != 0:
        raise describe_failed_program(f"PostgreSQL refused `{statement}`", done.stdout, "its log")
    return done.stdout.strip()


def end_leftover_server(data: Path) -> None:
    """End the server that still runs on this data, and remove the pid file of one that does not."""
    pid_file = data / PID_FILE
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    marks = ("postgres", str(data))
    end_orphan(pid, marks, (STOP_SIGNAL, signal.SIGQUIT, signal.SIGKILL))
    if not is_process_alive(pid, marks):
        # PostgreSQL refuses to start when any process has that number: a foreign one, or a dead one not yet reaped.
        pid_file.unlink(missing_ok=True)


def _initialise_data(paths: ServerPaths, install: PostgresInstall, data: Path) -> None:
    # Made beside its final path and moved there when complete: an interrupted start leaves nothing half-made.
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    install.give_to_account(fresh)
    options = [f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    options += ["--builtin-locale=C.UTF-8", "--no-instructions", *([] if paths.durable else ["--no-sync"])]
    done = install.run_program([str(install.programs / "initdb"), "-D", str(fresh), *options])
    paths.log("initdb").write_text(done.stdout)
    if done.returncode != 0:
        raise describe_failed_program("PostgreSQL's files could not be made", done.stdout, paths.log("initdb"))
    fresh.rename(data)


def _start_server(
    paths: ServerPaths, install: PostgresInstall, data: Path, sockets: Path, *, patience: float
) -> subprocess.Popen[bytes]:
    """Return the server once it takes connections; begin again while it refuses to start, for `patience` seconds."""
    # The children of a killed server keep its shared memory until they notice: PostgreSQL does not start beside them.
    deadline = time.monotonic() + patience
    while True:
        process = _launch_server(paths, install, data, sockets)
        is_ready = partial(_reports_ready, data, process.pid)
        try:
            wait_until_ready("PostgreSQL", process, paths.log(SERVER_NAME), is_ready, START_SECONDS)
        except UserFacingError:
            if process.poll() is None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return process


def _launch_server(paths: ServerPaths, install: PostgresInstall, data: Path, sockets: Path) -> subprocess.Popen[bytes]:
    settings = {**SETTINGS, "unix_socket_directories": str(sockets), **({} if paths.durable else NOT_DURABLE)}
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    command = [str(install.programs / "postgres"), "-D", str(data), *flags]
    return start_process(command, paths.log(SERVER_NAME), PLAIN_ENVIRONMENT, STOP_SIGNAL, account=install.account)


def _reports_ready(data: Path, pid: int) -> bool:
    try:
        lines = (data / PID_FILE).read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > READY_LINE and lines[0] == str(pid) and lines[READY_LINE].strip() == "ready"
