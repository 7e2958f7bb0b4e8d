"""The local PostgreSQL: a real one from a wheel, reached through a socket in a private folder only."""

import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

from config.local import ground as grounds
from config.local.ground import PLAIN_ENVIRONMENT, Ground
from config.local.place import Place
from config.local.problem import Problem, from_output
from config.local.processes import die_with_parent, end_orphan, is_live, last_lines

NAME = "postgres"
# There while the server runs, and after it was killed.
NOTE = "postmaster.pid"
DATABASE = "handraiser"
SUPERUSER = "postgres"
PORT = "5432"
# A smart stop (SIGTERM) waits for every client; this one ends their sessions and shuts down cleanly.
FAST_STOP = signal.SIGINT
START_SECONDS = 120.0
READY_LINE = 7

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": PORT,
    "max_connections": "250",  # the tests race a hundred, in two processes
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def url(sockets: Path) -> str:
    """The DATABASE_URL of a server whose socket lies in this folder."""
    return f"postgresql://{SUPERUSER}@{quote(str(sockets), safe='')}/{DATABASE}"


def start(place: Place, sockets: Path) -> subprocess.Popen[bytes]:
    """Start the server, made first where it is new, and return once it takes connections and has our database.

    `sockets` is an existing private folder; it becomes the server account's own. A server that an earlier start left
    behind is ended first. Raises Problem.
    """
    ground = grounds.choose(place)
    data = ground.folder / NAME
    was_cut_off = (data / NOTE).exists()
    end_left_behind(data)
    if was_cut_off and not place.durable:
        # Without fsync its files are not to be trusted now, and they are cheap to make again.
        shutil.rmtree(data)
    if not data.exists():
        _initialise(place, ground, data)
    ground.give(sockets)
    process = _launch(place, ground, data, sockets)
    _await_ready(place, data, process)
    if psql(sockets, f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'", ground) == "":
        psql(sockets, f"CREATE DATABASE {DATABASE}", ground)
    return process


def empty(place: Place, sockets: Path) -> None:
    """Drop the database with everything in it, whoever is connected, and make it anew."""
    ground = grounds.choose(place)
    psql(sockets, f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", ground)
    psql(sockets, f"CREATE DATABASE {DATABASE}", ground)


def psql(sockets: Path, statement: str, ground: Ground) -> str:
    """Run one statement as the superuser and return its unadorned answer."""
    connection = ["-h", str(sockets), "-p", PORT, "-U", SUPERUSER, "-d", "postgres"]
    done = ground.run([str(ground.programs / "psql"), "-X", "-q", "-A", "-t", *connection, "-c", statement])
    if done.returncode != 0:
        raise from_output(f"PostgreSQL refused `{statement}`", done.stdout, "its log")
    return done.stdout.strip()


def end_left_behind(data: Path) -> None:
    """End the server that still runs on this data, and drop the note of one that does not."""
    note = data / NOTE
    try:
        pid = int(note.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    marks = ("postgres", str(data))
    end_orphan(pid, marks, (FAST_STOP, signal.SIGQUIT, signal.SIGKILL))
    if not is_live(pid, marks):
        # PostgreSQL refuses to start when any process has that number: a stranger, or a dead one not yet reaped.
        note.unlink(missing_ok=True)


def _initialise(place: Place, ground: Ground, data: Path) -> None:
    # Made beside its place and moved there when whole: an interrupted start leaves nothing half-made behind.
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    ground.give(fresh)
    options = [f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
    options += ["--builtin-locale=C.UTF-8", "--no-instructions", *([] if place.durable else ["--no-sync"])]
    done = ground.run([str(ground.programs / "initdb"), "-D", str(fresh), *options])
    place.log("initdb").write_text(done.stdout)
    if done.returncode != 0:
        raise from_output("PostgreSQL's files could not be made", done.stdout, place.log("initdb"))
    fresh.rename(data)


def _launch(place: Place, ground: Ground, data: Path, sockets: Path) -> subprocess.Popen[bytes]:
    settings = {**SETTINGS, "unix_socket_directories": str(sockets), **({} if place.durable else CARELESS)}
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with place.log(NAME).open("wb") as log:
        return subprocess.Popen(
            [str(ground.programs / "postgres"), "-D", str(data), *flags],
            user=ground.account.pw_uid if ground.account else None,
            group=ground.account.pw_gid if ground.account else None,
            extra_groups=[] if ground.account else None,
            env=PLAIN_ENVIRONMENT,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent(FAST_STOP),
        )


def _await_ready(place: Place, data: Path, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise from_output("PostgreSQL did not start", last_lines(place.log(NAME)), place.log(NAME))
        if _says_ready(data, process.pid):
            return
        time.sleep(0.01)
    raise Problem(f"PostgreSQL was not ready after {START_SECONDS:.0f} seconds: see {place.log(NAME)}.")


def _says_ready(data: Path, pid: int) -> bool:
    try:
        lines = (data / NOTE).read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) > READY_LINE and lines[0] == str(pid) and lines[READY_LINE].strip() == "ready"
