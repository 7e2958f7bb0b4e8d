"""Joining the local servers: they start for the first who uses them, are shared, and stop when the last has gone."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.local import postgres, valkey
from config.local.keeper import STOP_SECONDS, keeper_lock, users_lock
from config.local.locks import could_take, holding, open_lock, take
from config.local.place import REPOSITORY, Place
from config.local.problem import Problem

URLS = {"DATABASE_URL": postgres.NAME, "REDIS_URL": valkey.NAME}


@dataclass(frozen=True)
class State:
    """What a keeper says of the servers it holds."""

    sockets: Path
    servers: frozenset[str]

    @classmethod
    def from_json(cls, text: str) -> "State":
        """What a keeper answered. Raises the Problem that it met."""
        words = json.loads(text)
        if "problem" in words:
            raise Problem(words["problem"])
        return cls(Path(words["sockets"]), frozenset(words["servers"]))


NOTHING = State(Path(), frozenset())


@dataclass(frozen=True)
class Servers:
    """The servers that this process uses: they live as long as any process holds the open descriptor `membership`."""

    place: Place
    sockets: Path
    names: tuple[str, ...]
    membership: int

    @property
    def environment(self) -> dict[str, str]:
        """What tells Django and Celery where they are."""
        found = {}
        if postgres.NAME in self.names:
            found["DATABASE_URL"] = postgres.url(self.sockets)
        if valkey.NAME in self.names:
            found["REDIS_URL"] = valkey.url(self.sockets)
        return found

    @property
    def alive(self) -> bool:
        """Whether they are still being kept."""
        return not could_take(keeper_lock(self.place))

    def empty(self) -> None:
        """Throw away the database and every message; whoever is connected loses the connection."""
        postgres.empty(self.place, self.sockets)
        if valkey.NAME in self.names:
            valkey.empty(self.sockets)


def join(place: Place, names: Sequence[str]) -> Servers:
    """Use the named servers, started first where they do not run. Raises Problem."""
    place.make()
    with holding(place.folder / "start.lock"):
        membership = open_lock(users_lock(place))
        try:
            take(membership, shared=True)
            state = _running(place) or (_started(place, names) if names else NOTHING)
            if not set(names) <= state.servers:
                raise Problem("Another ./run uses fewer servers than this one needs: stop it first.")
        except BaseException:
            os.close(membership)
            raise
        return Servers(place, state.sockets, tuple(names), membership)


def leave(servers: Servers) -> None:
    """Stop using the servers; when nobody else does, return only once they have stopped."""
    os.close(servers.membership)
    place, deadline = servers.place, time.monotonic() + 2 * STOP_SECONDS
    while time.monotonic() < deadline and not could_take(keeper_lock(place)):
        others_use_them = could_take(users_lock(place), shared=True) and not could_take(users_lock(place))
        if others_use_them:
            return
        time.sleep(0.02)


@contextmanager
def joined(place: Place, names: Sequence[str]) -> Iterator[Servers]:
    """Use the named servers for the length of a block."""
    servers = join(place, names)
    try:
        yield servers
    finally:
        leave(servers)


def _running(place: Place) -> State | None:
    if not place.state.exists() or could_take(keeper_lock(place)):
        return None
    return State.from_json(place.state.read_text())


def _started(place: Place, names: Sequence[str]) -> State:
    reader, writer = os.pipe()
    with place.log("keeper").open("wb") as log:
        subprocess.Popen(
            [sys.executable, "-m", "config.local.keeper", place.to_json(), ",".join(names), str(writer)],
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
        raise Problem(f"The local servers did not start: see {place.log('keeper')}.")
    return State.from_json(answer)
