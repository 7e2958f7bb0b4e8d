"""Use the local servers: they start for the first user, are shared, and stop after the last one."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local import postgres, valkey
from local.file_locks import can_take_lock, holding_lock, open_lock_file, take_lock
from local.paths import REPOSITORY, ServerPaths
from local.supervisor import STOP_SECONDS, supervisor_lock, users_lock
from local.user_facing_error import UserFacingError

URL_VARIABLES = {"DATABASE_URL": postgres.SERVER_NAME, "REDIS_URL": valkey.SERVER_NAME}


@dataclass(frozen=True)
class RunningServers:
    """What a supervisor reports about its servers."""

    sockets: Path
    servers: frozenset[str]

    @classmethod
    def from_json(cls, text: str) -> "RunningServers":
        """Read a supervisor's report. Raises the UserFacingError in it, if any."""
        report = json.loads(text)
        if "error" in report:
            raise UserFacingError(report["error"])
        return cls(Path(report["sockets"]), frozenset(report["servers"]))


@dataclass(frozen=True)
class Servers:
    """The servers that this process uses: they run as long as any process has the descriptor `membership` open."""

    paths: ServerPaths
    sockets: Path
    names: tuple[str, ...]
    membership: int

    @property
    def environment(self) -> dict[str, str]:
        """The variables that tell Django and Celery their addresses."""
        database_url, redis_url = postgres.build_database_url(self.sockets), valkey.build_redis_url(self.sockets)
        urls = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}
        return {variable: urls[variable] for variable, name in URL_VARIABLES.items() if name in self.names}

    @property
    def are_running(self) -> bool:
        """Whether a supervisor still runs them."""
        return not can_take_lock(supervisor_lock(self.paths))

    def discard_data(self) -> None:
        """Throw away the database and every message; open connections are lost."""
        postgres.recreate_database(self.paths, self.sockets)
        if valkey.SERVER_NAME in self.names:
            valkey.forget_messages(self.sockets)


def join_servers(paths: ServerPaths, names: Sequence[str]) -> Servers:
    """Use the named servers; start them where they do not run. Raises UserFacingError."""
    paths.make()
    with holding_lock(paths.folder / "start.lock"):
        membership = open_lock_file(users_lock(paths))
        try:
            take_lock(membership, shared=True)
            state = _read_running(paths) or _start_supervisor(paths, names)
            if not set(names) <= state.servers:
                raise UserFacingError("Another ./run uses fewer servers than this one needs: stop it first.")
        except BaseException:
            os.close(membership)
            raise
        return Servers(paths, state.sockets, tuple(names), membership)


def leave_servers(servers: Servers) -> None:
    """Stop using the servers; after the last user, return only once they have stopped."""
    os.close(servers.membership)
    paths, deadline = servers.paths, time.monotonic() + 2 * STOP_SECONDS
    while time.monotonic() < deadline and not can_take_lock(supervisor_lock(paths)):
        others_use_them = can_take_lock(users_lock(paths), shared=True) and not can_take_lock(users_lock(paths))
        if others_use_them:
            return
        time.sleep(0.02)


@contextmanager
def using_servers(paths: ServerPaths, names: Sequence[str]) -> Iterator[Servers]:
    """Use the named servers for the length of a block."""
    servers = join_servers(paths, names)
    try:
        yield servers
    finally:
        leave_servers(servers)


def _read_running(paths: ServerPaths) -> RunningServers | None:
    if not paths.state.exists() or can_take_lock(supervisor_lock(paths)):
        return None
    return RunningServers.from_json(paths.state.read_text())


def _start_supervisor(paths: ServerPaths, names: Sequence[str]) -> RunningServers:
    if not names:
        return RunningServers(Path(), frozenset())
    reader, writer = os.pipe()
    arguments = [str(paths.root), paths.name, "durable" if paths.durable else "", ",".join(names), str(writer)]
    with paths.log("supervisor").open("wb") as log:
        subprocess.Popen(
            [sys.executable, "-m", "local.supervisor", *arguments],
            cwd=REPOSITORY,
            pass_fds=[writer],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    os.close(writer)
    with os.fdopen(reader) as stream:
        answer = stream.read()
    if not answer:
        raise UserFacingError(f"The local servers did not start: see {paths.log('supervisor')}.")
    return RunningServers.from_json(answer)
