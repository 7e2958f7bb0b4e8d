"""`./run demo` and `./run serve`: the whole of Handraiser on this machine."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from config.local.children import WEB, Crew, manage_quietly, managing
from config.local.environment import for_children, given, servers_to_start
from config.local.place import DEMO, Place
from config.local.port import HOST, check_free
from config.local.postgres import NAME as POSTGRES
from config.local.problem import Problem
from config.local.processes import last_lines
from config.local.servers import Servers, joined

START_SECONDS = 60.0
RUN_SECONDS = 600.0
WATCH_SECONDS = 0.3
RECEIVED = " received"  # what Celery's worker says of a task


def demo(*, port: int, once: bool, reset: bool) -> int:
    """Fill the database, match, report; unless `once`, serve until Ctrl-C. Returns the exit code. Raises Problem."""
    names = servers_to_start(given())
    if reset and POSTGRES not in names:
        raise Problem(
            "--reset would empty the database that DATABASE_URL names; it only empties the local one: unset it."
        )
    if not once:
        check_free(port, "demo")
    with _servers(names) as servers:
        if reset:
            servers.empty()
        environment = _environment(servers, port)
        with _crew(environment, "once" if once else str(port)) as crew:
            commands = _commands(DEMO, crew.kind, port)
            # It takes as long to come up as tables and seed to be looked through, and touches neither by itself.
            crew.start("matcher", commands.pop("matcher"))
            words = ["--prepare", *(["--reset"] if reset else []), *(["--json"] if once else [])]
            with managing(environment, "demo_report", *words) as report:
                if not once:
                    _wait_for_a_run(crew, report)
                    _start(crew, commands, port)
                crew.await_(lambda: report.poll() is not None, "The demo was not matched", RUN_SECONDS)
            if once:
                crew.patience = 0.0  # nothing is left to do
            else:
                _serve(servers, crew, port)
    return 0


def _wait_for_a_run(crew: Crew, report: subprocess.Popen[bytes]) -> None:
    """The others come up while the matcher is at work: they need the tables, and would hold it up."""

    def begun() -> bool:
        return report.poll() is not None or RECEIVED in last_lines(crew.log("matcher"))

    crew.await_(begun, "The matcher did not begin", RUN_SECONDS)


def serve(*, port: int) -> int:
    """Serve what the database holds until Ctrl-C. Returns the exit code. Raises Problem."""
    check_free(port, "serve")
    with _servers(servers_to_start(given())) as servers:
        environment = _environment(servers, port)
        with stage("Preparing the database"):
            manage_quietly(DEMO, environment, "migrate", "--no-input")
        with _crew(environment, str(port)) as crew:
            with stage("Starting the processes"):
                _start(crew, _commands(DEMO, crew.kind, port), port)
            _serve(servers, crew, port)
    return 0


@contextmanager
def _servers(names: list[str]) -> Iterator[Servers]:
    with joined(DEMO, names) as servers:
        yield servers


def _environment(servers: Servers, port: int) -> dict[str, str]:
    extra = {"SITE_URL": f"http://localhost:{port}", "SECOND_FACTOR": "optional"}
    return for_children(DEMO, servers.environment, extra)


@contextmanager
def stage(words: str) -> Iterator[None]:
    """Say what is being done, and how long it took when it is done."""
    began = time.monotonic()
    print(f"{words} ...", end=" ", flush=True)
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"done ({time.monotonic() - began:.1f} s)", flush=True)


@contextmanager
def _crew(environment: Mapping[str, str], kind: str) -> Iterator[Crew]:
    """The processes, stopped however the block ends."""
    crew = Crew(DEMO, environment, kind)
    try:
        yield crew
    finally:
        crew.stop()


def _start(crew: Crew, commands: Mapping[str, list[str]], port: int) -> None:
    """Start these, the web process among them, and wait until it answers."""
    for name, arguments in commands.items():
        crew.start(name, arguments)
    crew.await_(lambda: _is_healthy(port), "The web process did not answer", START_SECONDS)


def _commands(place: Place, kind: str, port: int) -> dict[str, list[str]]:
    celery = ["celery", "-A", "config"]
    worker = [*celery, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    serving = ["--workers", "2", "--threads", "4", "--no-control-socket", "--access-logfile", "-"]
    return {
        WEB: ["gunicorn", "config.wsgi", "-b", f"{HOST}:{port}", *serving],
        "beat": [
            *celery,
            "beat",
            "--loglevel",
            "INFO",
            "--pidfile=",
            "-s",
            str(place.folder / f"beat-schedule-{kind}"),
        ],
        "worker": [*worker, "-Q", "celery", "--pool", "threads", "--concurrency", "2", "-n", f"everyday-{kind}@%h"],
        "matcher": [*worker, "-Q", "matching", "--pool", "solo", "-n", f"matching-{kind}@%h"],
    }


def _is_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _serve(servers: Servers, crew: Crew, port: int) -> None:
    print(f"\nHandraiser is at http://localhost:{port} until you press Ctrl-C.", flush=True)
    try:
        while True:
            crew.check()
            if servers.names and not servers.alive:
                raise Problem(
                    f"A local server ended by itself: see the logs in {servers.place.var / 'log'}, and start again."
                )
            time.sleep(WATCH_SECONDS)
    except KeyboardInterrupt:
        print("\nStopping ... (Ctrl-C once more does it at once)", file=sys.stderr, flush=True)
