"""The processes of a running Handraiser: web, beat and workers, started, watched and stopped together."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM
from typing import Self

from local.paths import REPOSITORY, ServerPaths
from local.process_control import die_with_parent, end_orphan, kill_process_group, read_last_lines, start_process
from local.user_facing_error import UserFacingError, describe_failed_program

STOP_SECONDS = 8.0
POLL_SECONDS = 0.1
WEB = "web"
PROCESS_VARIABLE = "HANDRAISER_PROCESS"
PROCESS_KINDS = {WEB: "web", "worker": "worker", "letters": "worker", "matcher": "matcher"}


@dataclass
class ProcessGroup:
    """Child processes, with or without the web process, stopped at the end of a `with` block; each has its own log.

    `suffix` tells the files of one group from those of another, so that two can work side by side. Children that have
    not ended `patience` seconds after they were asked to are killed. `kinds` says by name what kind of process each is.
    """

    paths: ServerPaths
    environment: Mapping[str, str]
    suffix: str
    patience: float = STOP_SECONDS
    kinds: Mapping[str, str] = field(default_factory=lambda: PROCESS_KINDS)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def start(self, name: str, arguments: list[str]) -> None:
        """Start `python -m ARGUMENTS` as the child `name`, which by its name also knows its timeouts."""
        self._end_leftover_process(name)
        command = [sys.executable, "-m", *arguments]
        kind = {PROCESS_VARIABLE: self.kinds[name]} if name in self.kinds else {}
        process = start_process(command, self.log(name), {**self.environment, **kind}, SIGTERM, folder=REPOSITORY)
        self.processes[name] = process
        self._pid_file(name).write_text(f"{process.pid}\n{arguments[0]}")

    def log(self, name: str) -> Path:
        """The log of one child."""
        return self.paths.log(f"{name}-{self.suffix}")

    def check(self) -> None:
        """Raise a UserFacingError when a child has ended, and print the end of its log."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                last_lines = read_last_lines(self.log(name))
                if last_lines:
                    print(f"\nThe last that {name} said:\n{last_lines}\n", file=sys.stderr)
                raise UserFacingError(f"The {name} process ended by itself: see {self.log(name)}, and start again.")

    def wait_until(self, is_ready: Callable[[], bool], failure: str, seconds: float) -> None:
        """Wait for a condition. Raises UserFacingError when a child ends meanwhile, or after so many seconds."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            self.check()
            if time.monotonic() > deadline:
                logs = self.paths.var / "log"
                raise UserFacingError(f"{failure} after {seconds:.0f} seconds: see the logs in {logs}.")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """End the children; a second Ctrl-C meanwhile kills those that are left."""
        try:
            # The web process first and alone, so that the workers get no new tasks when they are told to end.
            web = [name for name in self.processes if name == WEB]
            for names in (web, [name for name in self.processes if name != WEB]):
                self._stop_named(names)
        except KeyboardInterrupt:
            for process in self.processes.values():
                kill_process_group(process)
        for name in self.processes:
            self._pid_file(name).unlink(missing_ok=True)
        self.processes.clear()

    def _stop_named(self, names: list[str]) -> None:
        for name in names:
            if self.processes[name].poll() is None:
                self.processes[name].send_signal(SIGTERM)
        deadline = time.monotonic() + self.patience
        for name in names:
            try:
                self.processes[name].wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # Interrupted work is still pending in the database, so nothing is lost by killing its process.
                kill_process_group(self.processes[name])

    def _pid_file(self, name: str) -> Path:
        return self.paths.folder / f"{name}-{self.suffix}.pid"

    def _end_leftover_process(self, name: str) -> None:
        try:
            pid, module = self._pid_file(name).read_text().split("\n")
            end_orphan(int(pid), ("-m", module), (SIGTERM, SIGKILL), patience=STOP_SECONDS)
        except (FileNotFoundError, ValueError):
            return


@contextmanager
def running_management_command(
    environment: Mapping[str, str], *arguments: str, log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a management command beside the block, its output on the terminal or in `log`; wait for both.

    Raises UserFacingError when it fails.
    """
    with open(log or os.devnull, "wb") as output:
        command = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output if log else None,
            stderr=subprocess.STDOUT if log else None,
            preexec_fn=die_with_parent(SIGTERM),
        )
    try:
        yield command
        code = command.wait()
    except BaseException:
        command.terminate()
        command.wait()
        raise
    if code != 0:
        failure = f"`./run manage {' '.join(arguments)}` failed"
        if log:
            raise describe_failed_program(failure, read_last_lines(log), log)
        raise UserFacingError(f"{failure}: what it said is above.")
