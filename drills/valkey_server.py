"""The Valkey of a drill: it can be killed, hang, forget everything and be full, while PostgreSQL goes on beside it."""

import os
import signal
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Self

from local import valkey
from local.paths import ServerPaths
from local.process_control import kill_process_group, stop_process

STOP_SECONDS = 5.0


class ValkeyServer(AbstractContextManager["ValkeyServer"]):
    """A Valkey on a socket in this folder, without a supervisor: that one would end all servers when it is killed."""

    def __init__(self, paths: ServerPaths, sockets: Path) -> None:
        self._paths, self._sockets = paths, sockets
        self.url = valkey.build_redis_url(sockets)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *why: object) -> None:
        with suppress(ProcessLookupError):
            self.wake()
        stop_process(self._process, valkey.STOP_SIGNAL, STOP_SECONDS)

    def start(self) -> None:
        """Start it, empty."""
        self._process = valkey.start_valkey(self._paths, self._sockets)

    def kill(self) -> None:
        """Kill it: every message is lost."""
        kill_process_group(self._process)

    def hang(self) -> None:
        """Stop it in the middle: it takes connections, and answers none."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on where it hung."""
        os.kill(self._process.pid, signal.SIGCONT)

    def forget(self) -> None:
        """Delete every message."""
        valkey.forget_messages(self._sockets)

    def fill(self) -> None:
        """Let it refuse whatever would take memory."""
        valkey.send_command(self._sockets, "CONFIG SET maxmemory 1")

    def empty(self) -> None:
        """Give it as much memory as it wants again."""
        valkey.send_command(self._sockets, "CONFIG SET maxmemory 0")
