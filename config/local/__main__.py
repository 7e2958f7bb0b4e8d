"""The verbs of `./run`, once its environment is made."""

import argparse
import os
import signal
import sys
from types import FrameType

from config.local.checks import test
from config.local.demo import demo, serve
from config.local.environment import for_children, given, servers_to_start
from config.local.place import DEMO, REPOSITORY
from config.local.problem import Problem, from_os_error
from config.local.servers import join

INTERRUPTED = 130
PROGRAMS = {"solve": "config.local.solve", "bench": "benchmarks"}


def manage(arguments: list[str]) -> int:
    """Become manage.py with the servers up; they stay up as long as it lives. Raises Problem."""
    servers = join(DEMO, servers_to_start(given()))
    os.set_inheritable(servers.membership, True)
    environment = for_children(DEMO, servers.environment)
    os.execve(sys.executable, [sys.executable, str(REPOSITORY / "manage.py"), *arguments], environment)


def program(module: str, arguments: list[str]) -> int:
    """Become a program that needs no servers of ours, so that the others do not wait for what only it imports."""
    os.chdir(REPOSITORY)
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])


def main(arguments: list[str]) -> int:
    """Do what the first argument says and return the exit code."""
    verb, rest = arguments[0], arguments[1:]
    try:
        # SIGINT too: a script that starts us in the background has told us to ignore it.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        if verb == "manage":
            return manage(rest)
        if verb == "test":
            return test(rest)
        if verb in PROGRAMS:
            return program(PROGRAMS[verb], rest)
        options = _options(verb).parse_args(rest)
        if verb == "serve":
            return serve(port=options.port)
        return demo(port=options.port, once=options.once, reset=options.reset)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(from_os_error(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _options(verb: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"./run {verb}", allow_abbrev=False)
    parser.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
    if verb == "demo":
        parser.add_argument("--once", action="store_true", help="do everything but serve; the last line is JSON")
        parser.add_argument("--reset", action="store_true", help="begin with an empty database")
    return parser


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
