"""`./run pictures`: a picture of every page in every state, and the tour of the documentation."""

import argparse
import sys
from pathlib import Path

from tests.checks import PROCESSES, hold_test_servers, run_command

# Each test of this name opens a page in one state at two sizes, light and dark.
LOOK_TESTS = "can_be_used_by_everybody"


def take_pictures(arguments: list[str]) -> int:
    """Take the pictures into the folder of the first argument and write the tour. Return the exit code.

    The pages are judged as in the tests; one with a fault is named, and the tour is not written. Raises
    UserFacingError while tests run in this folder.
    """
    options = build_parser().parse_args(arguments)
    folder = options.folder.resolve()
    with hold_test_servers() as environment:
        done = run_command(build_command(folder, options.only), environment)
        if done.returncode == 0:
            done = run_command([sys.executable, "-m", "tests.web.write_tour", str(folder)], environment)
    return done.returncode


def build_command(folder: Path, only: str | None = None) -> list[str]:
    """Return the command that takes the pictures, of the states with the words `only` in their names."""
    selection = f"{LOOK_TESTS} and ({only})" if only else LOOK_TESTS
    # The look tests are slow ones, which pytest leaves out unless a marker is asked for.
    pytest = [sys.executable, "-m", "pytest", "tests/web", "-n", PROCESSES, "-m", "browser", "-k", selection]
    return [*pytest, "--pictures", str(folder)]


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command's arguments."""
    parser = argparse.ArgumentParser(prog="./run pictures", allow_abbrev=False)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to put the pictures")
    parser.add_argument("--only", metavar="WORDS", help="states with these words in their names, as pytest -k has them")
    return parser
