"""`./run demo` and `./run serve`: all processes of Handraiser on this machine."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from local.broker import check_broker
from local.environment import build_child_environment, read_settings, servers_to_start
from local.outdated_database import check_migrations_exist
from local.paths import LOCAL_SERVERS, ServerPaths
from local.port import HOST, check_port_is_free
from local.postgres import SERVER_NAME as POSTGRES
from local.process_commands import list_commands
from local.process_control import read_last_lines
from local.process_group import ProcessGroup, running_management_command
from local.servers import Servers, using_servers
from local.user_facing_error import UserFacingError

START_SECONDS = 60.0
RUN_SECONDS = 600.0
WATCH_SECONDS = 0.3

TASK_RECEIVED = " received"  # what Celery's worker logs when it gets a task


def run_demo(*, port: int, once: bool, reset: bool) -> int:
    """Fill the database, match, report, and serve unless `once`. Returns the exit code. Raises UserFacingError."""
    settings = read_settings()
    check_broker(settings)
    names = servers_to_start(settings)
    if reset and POSTGRES not in names:
        raise UserFacingError(
            "--reset would empty the database that DATABASE_URL names; it only empties the local one: unset it."
        )
    if not once:
        check_port_is_free(port, "demo")
    with using_servers(LOCAL_SERVERS, names) as servers:
        if reset:
            servers.discard_data()
        check_migrations_exist(servers)
        environment = _build_environment(servers, port)
        LOCAL_SERVERS.demo_port.write_text(str(port))
        with ProcessGroup(LOCAL_SERVERS, environment, "once" if once else str(port)) as group:
            commands = list_commands(group.suffix, port)
            # The matcher takes as long to come up as migrating and seeding do, and touches no table by itself.
            group.start("matcher", commands.pop("matcher"))
            arguments = ["--prepare", *(["--reset"] if reset else []), *(["--json"] if once else [])]
            with running_management_command(environment, "demo_report", *arguments) as report:
                if not once:
                    _wait_for_matching(group, report)
                    start_processes(group, commands, port)
                group.wait_until(lambda: report.poll() is not None, "The demo was not matched", RUN_SECONDS)
            if once:
                group.patience = 0.0  # no work is left to finish
            else:
                _serve_until_interrupted(servers, group, port)
    return 0


def serve_database(*, port: int) -> int:
    """Serve what the database holds until Ctrl-C. Returns the exit code. Raises UserFacingError."""
    check_port_is_free(port, "serve")
    settings = read_settings()
    check_broker(settings)
    with using_servers(LOCAL_SERVERS, servers_to_start(settings)) as servers:
        check_migrations_exist(servers)
        environment = _build_environment(servers, port)
        log = LOCAL_SERVERS.log("migrate")
        migrate = running_management_command(environment, "migrate", "--no-input", log=log)
        with _printing_progress("Preparing the database"), migrate:
            pass
        with ProcessGroup(LOCAL_SERVERS, environment, str(port)) as group:
            with _printing_progress("Starting the processes"):
                start_processes(group, list_commands(group.suffix, port), port)
            if advice := advise_on_letters(LOCAL_SERVERS, port):
                print(f"\n{advice}", flush=True)
            _serve_until_interrupted(servers, group, port)
    return 0


def advise_on_letters(paths: ServerPaths, port: int) -> str:
    """Return where the links of the demo's letters lead, if another port is served; else an empty text."""
    noted = paths.demo_port.read_text() if paths.demo_port.exists() else str(port)
    if noted == str(port):
        return ""
    return (
        f"The letters of the demo lead to http://localhost:{noted}. Serve with --port {noted} to follow them, or read "
        f"{port} for {noted}."
    )


def _wait_for_matching(group: ProcessGroup, report: subprocess.Popen[bytes]) -> None:
    """Wait until the matcher works: the other processes need the tables, and would slow it down."""

    def has_begun() -> bool:
        return report.poll() is not None or TASK_RECEIVED in read_last_lines(group.log("matcher"))

    group.wait_until(has_begun, "The matcher did not begin", RUN_SECONDS)


def _build_environment(servers: Servers, port: int) -> dict[str, str]:
    extra = {"SITE_URL": f"http://localhost:{port}", "SECOND_FACTOR": "optional"}
    return build_child_environment(LOCAL_SERVERS, servers.environment, extra)


@contextmanager
def _printing_progress(words: str) -> Iterator[None]:
    """Print what begins, and how long it took once it is done."""
    began = time.monotonic()
    print(f"{words} ...", end=" ", flush=True)
    try:
        yield
    except BaseException:
        print("failed", flush=True)
        raise
    print(f"done ({time.monotonic() - began:.1f} s)", flush=True)


def start_processes(group: ProcessGroup, commands: Mapping[str, list[str]], port: int) -> None:
    """Start these commands, the web process among them, and wait until it answers."""
    for name, arguments in commands.items():
        group.start(name, arguments)
    group.wait_until(lambda: _is_web_healthy(port), "The web process did not answer", START_SECONDS)


def _is_web_healthy(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _serve_until_interrupted(servers: Servers, group: ProcessGroup, port: int) -> None:
    print(f"\nHandraiser is at http://localhost:{port} until you press Ctrl-C.", flush=True)
    try:
        while True:
            group.check()
            if servers.names and not servers.are_running:
                raise UserFacingError(
                    f"A local server ended by itself: see the logs in {servers.paths.var / 'log'}, and start again."
                )
            time.sleep(WATCH_SECONDS)
    except KeyboardInterrupt:
        print("\nStopping ... (Ctrl-C once more does it at once)", file=sys.stderr, flush=True)
