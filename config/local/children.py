"""The processes of a running Handraiser: web, beat and workers, started, watched and stopped together."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM

from config.local.place import REPOSITORY, Place
from config.local.problem import Problem, from_output
from config.local.processes import die_with_parent, end_orphan, kill_group, last_lines

STOP_SECONDS = 8.0
LOOK_SECONDS = 0.1
WEB = "web"


@dataclass
class Crew:
    """Children, the web process among them or not; what they say goes to a log each.

    `kind` tells one crew's files from another's, so that two can work side by side. They are
    killed when they have not ended after `patience` seconds.
    """

    place: Place
    environment: Mapping[str, str]
    kind: str
    patience: float = STOP_SECONDS
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, arguments: list[str]) -> None:
        """Start `python -m ARGUMENTS` as the child `name`."""
        self._end_left_behind(name)
        with self.log(name).open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                cwd=REPOSITORY,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(SIGTERM),
            )
        self.processes[name] = process
        self._note(name).write_text(f"{process.pid}\n{arguments[0]}")

    def log(self, name: str) -> Path:
        """Where a child's words go."""
        return self.place.log(f"{name}-{self.kind}")

    def check(self) -> None:
        """Raise a Problem when a child has ended, with the last that it said."""
        for name, process in self.processes.items():
            if process.poll() is not None:
                said = last_lines(self.log(name))
                if said:
                    print(f"\nThe last that {name} said:\n{said}\n", file=sys.stderr)
                raise Problem(f"The {name} process ended by itself: see {self.log(name)}, and start again.")

    def await_(self, ready: Callable[[], bool], what: str, seconds: float) -> None:
        """Wait until something is so. Raises Problem when a child ends meanwhile, or after so many seconds."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.check()
            if time.monotonic() > deadline:
                raise Problem(f"{what} after {seconds:.0f} seconds: see the logs in {self.place.var / 'log'}.")
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        """End the children; a second Ctrl-C meanwhile kills those that are left."""
        try:
            # The web process first and alone: nothing is asked of the workers any more when they are told to end.
            web = [name for name in self.processes if name == WEB]
            for group in (web, [name for name in self.processes if name != WEB]):
                self._stop(group)
        except KeyboardInterrupt:
            for process in self.processes.values():
                kill_group(process)
        for name in self.processes:
            self._note(name).unlink(missing_ok=True)
        self.processes.clear()

    def _stop(self, names: list[str]) -> None:
        for name in names:
            if self.processes[name].poll() is None:
                self.processes[name].send_signal(SIGTERM)
        deadline = time.monotonic() + self.patience
        for name in names:
            try:
                self.processes[name].wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                # Work that is cut short is still due in the database, so that nothing is lost by not waiting.
                kill_group(self.processes[name])

    def _note(self, name: str) -> Path:
        return self.place.folder / f"{name}-{self.kind}.pid"

    def _end_left_behind(self, name: str) -> None:
        try:
            pid, module = self._note(name).read_text().split("\n")
            end_orphan(int(pid), ("-m", module), (SIGTERM, SIGKILL), patience=STOP_SECONDS)
        except (FileNotFoundError, ValueError):
            return


@contextmanager
def managing(environment: Mapping[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a management command, its output on the terminal, beside the block, and wait for both. Raises Problem."""
    command = subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
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
        raise Problem(f"`./run manage {' '.join(arguments)}` failed: what it said is above.")


def manage_quietly(place: Place, environment: Mapping[str, str], *arguments: str) -> None:
    """Run a management command whose output matters only when it fails. Raises Problem."""
    path = place.log(arguments[0])
    with path.open("wb") as log:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=REPOSITORY,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(SIGTERM),
            check=False,
        )
    if done.returncode != 0:
        raise from_output(f"`./run manage {' '.join(arguments)}` failed", last_lines(path), path)
