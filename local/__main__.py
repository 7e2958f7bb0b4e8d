"""The commands of `./run`, once its environment is made."""

import argparse
import os
import signal
import sys

from local.application import run_demo, serve_database
from local.environment import build_child_environment, read_settings, servers_to_start
from local.outdated_database import check_migrations_exist
from local.paths import LOCAL_SERVERS, REPOSITORY
from local.servers import join_servers
from local.user_facing_error import UserFacingError, describe_error
from tests.checks import run_tests
from tests.take_pictures import take_pictures

INTERRUPTED = 130
MANAGEMENT_COMMANDS = {"backup": "backup", "restore": "restore_backup"}
PROGRAMS = {"solve": "matching.solve_command", "bench": "benchmarks", "drill": "drills"}


def exec_manage(arguments: list[str]) -> int:
    """Replace this process by manage.py; the servers stay up as long as it lives. Raises UserFacingError."""
    servers = join_servers(LOCAL_SERVERS, servers_to_start(read_settings()))
    check_migrations_exist(servers)
    os.set_inheritable(servers.membership, True)
    environment = build_child_environment(LOCAL_SERVERS, servers.environment)
    os.execve(sys.executable, [sys.executable, str(REPOSITORY / "manage.py"), *arguments], environment)


def exec_module(module: str, arguments: list[str]) -> int:
    """Replace this process by a module that needs no local servers; only that module pays for its imports."""
    os.chdir(REPOSITORY)
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])


def main(arguments: list[str]) -> int:
    """Run the command that the first argument names and return the exit code."""
    command, rest = arguments[0], arguments[1:]
    try:
        # SIGINT too: a script that starts us in the background has told us to ignore it.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        if command == "manage":
            return exec_manage(rest)
        if command in MANAGEMENT_COMMANDS:
            return exec_manage([MANAGEMENT_COMMANDS[command], *rest])
        if command == "test":
            return run_tests(rest)
        if command == "pictures":
            return take_pictures(rest)
        if command in PROGRAMS:
            return exec_module(PROGRAMS[command], rest)
        options = _build_parser(command).parse_args(rest)
        if command == "serve":
            return serve_database(port=options.port)
        return run_demo(port=options.port, once=options.once, reset=options.reset)
    except (UserFacingError, OSError) as error:
        print(describe_error(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _build_parser(command: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"./run {command}", allow_abbrev=False)
    parser.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
    if command == "demo":
        parser.add_argument("--once", action="store_true", help="do everything but serve; the last line is JSON")
        parser.add_argument("--reset", action="store_true", help="begin with an empty database")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
