"""`./run test`: the checks before the tests, and the tests."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from local.environment import build_child_environment
from local.file_locks import open_lock_file, try_lock
from local.paths import REPOSITORY, TEST_SERVERS
from local.process_control import die_with_parent
from local.servers import URL_VARIABLES, using_servers
from local.user_facing_error import UserFacingError
from tests.example_settings import COMPOSE_EXAMPLE, PRODUCTION

TOOLS = Path(sys.executable).parent
ONLY_PYTEST = "--only-pytest"
QUICK = "--quick"
COVERAGE = "--coverage"
QUICK_CHECKS = ("lint", "format", "spelling", "import contracts")
PROCESSES = "logical"  # pytest-xdist's word for as many as there are cores
AUDIT_SECONDS = 90.0


@dataclass(frozen=True)
class Check:
    """A program that exits with 0 when all is well."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def list_checks() -> list[Check]:
    """The checks before the tests, quick ones first."""
    python, manage = [sys.executable, "-m"], [sys.executable, "manage.py"]
    return [
        Check("lint", [*python, "ruff", "check", ".", "run"]),
        Check("format", [*python, "ruff", "format", "--check", ".", "run"]),
        Check("spelling", [str(TOOLS / "codespell")]),
        Check("import contracts", [str(TOOLS / "lint-imports"), "--no-cache"]),
        Check("image", [str(TOOLS / "hadolint"), "docker/Dockerfile"]),
        Check("compose", [str(TOOLS / "docker-compose"), "-f", "docker/compose.yaml", "config", "-q"], COMPOSE_EXAMPLE),
        Check("production", [*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Check("migrations", [*manage, "makemigrations", "--check", "--dry-run"]),
        Check("types", [*python, "mypy", ".", "run"]),
    ]


def run_tests(arguments: list[str]) -> int:
    """Run the checks, then pytest with these arguments; pytest's summary comes last. Returns the exit code.

    The first check that fails ends it. As the first argument `--only-pytest` leaves the checks out, `--quick` runs only
    the quick checks and the tests marked quick, and `--coverage` counts the lines and branches that the tests run.
    """
    mode = arguments[0] if arguments and arguments[0] in (ONLY_PYTEST, QUICK, COVERAGE) else ""
    selection = ["-m", "quick"] if mode == QUICK else []
    with hold_test_servers() as environment:
        with ThreadPoolExecutor(1) as pool:
            # Beside the checks: it waits for another machine.
            looking_up = pool.submit(describe_vulnerabilities, environment) if mode in ("", COVERAGE) else None
            for check in list_checks() if mode != ONLY_PYTEST else []:
                if (mode != QUICK or check.name in QUICK_CHECKS) and not run_check(check, environment):
                    return 1
            if looking_up:
                print(looking_up.result(), flush=True)
        pytest = ["-m", "pytest", "-n", PROCESSES, *selection, *arguments[bool(mode) :]]
        if mode == COVERAGE:
            return run_counted(pytest, environment)
        return run_command([sys.executable, *pytest], environment).returncode


def run_counted(module: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a module, count the lines and branches that it runs, and print their share. Returns the exit code.

    It is 1 when the share is below the floor in `pyproject.toml`, which also says what is counted.
    """
    counts = TEST_SERVERS.folder / "coverage.json"
    counting = ["-m", "slipcover", "--json", "--out", str(counts)]
    code = run_command([sys.executable, *counting, *module], environment).returncode
    if code != 0:
        return code
    floor = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["coverage-floor"]["lines_and_branches"]
    share = float(json.loads(counts.read_text())["summary"]["percent_covered"])
    print(f"{'coverage':<18}{share:.1f} % of lines and branches, the floor is {floor} %; {counts} has them", flush=True)
    return int(share < floor)


@contextlib.contextmanager
def hold_test_servers() -> Iterator[dict[str, str]]:
    """Start the servers of the tests for the length of the block; yield the environment of a process that uses them.

    Raises UserFacingError while another process of this folder has them.
    """
    TEST_SERVERS.make()
    if not try_lock(open_lock_file(TEST_SERVERS.folder / "tests.lock")):
        raise UserFacingError("Another ./run test is running in this folder: wait until it has ended.")
    # The tests always have servers of their own, so that they cannot touch the database that DATABASE_URL names.
    with using_servers(TEST_SERVERS, list(URL_VARIABLES.values())) as servers:
        yield build_child_environment(TEST_SERVERS, servers.environment)


def run_check(check: Check, environment: Mapping[str, str]) -> bool:
    """Run one check and print its result in a line, with its output when it fails. Returns whether it passed."""
    began = time.monotonic()
    done = run_command(check.command, {**environment, **check.environment}, quiet=True)
    passed = done.returncode == 0
    print(f"{check.name:<18}{'ok' if passed else 'FAILED'} ({time.monotonic() - began:.1f} s)", flush=True)
    if not passed:
        print(f"{done.stdout}\nThis failed: {' '.join(check.command)}", flush=True)
    return passed


def describe_vulnerabilities(environment: Mapping[str, str]) -> str:
    """A line on known vulnerabilities of our dependencies.

    It never fails a test run: what becomes known tomorrow must not change the result for today's code.
    """
    command = [sys.executable, "-m", "pip_audit", "-r", "requirements.lock", "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off"]
    with contextlib.suppress(subprocess.TimeoutExpired):
        known = parse_vulnerabilities(run_command(command, environment, quiet=True, seconds=AUDIT_SECONDS).stdout)
        if known is not None:
            return f"{'vulnerabilities':<18}{', '.join(known) or 'none known'}"
    return f"{'vulnerabilities':<18}not looked up: their database could not be reached"


def parse_vulnerabilities(output: str) -> list[str] | None:
    """What an audit's output lists, as "package version: identifier"; None when nothing was looked up."""
    for line in output.splitlines():
        with contextlib.suppress(ValueError, KeyError, TypeError):
            looked_up = [part for part in json.loads(line)["dependencies"] if "vulns" in part]
            known = [f"{part['name']} {part['version']}: {bug['id']}" for part in looked_up for bug in part["vulns"]]
            return known if looked_up else None
    return None


def run_command(
    command: Sequence[str], environment: Mapping[str, str], *, quiet: bool = False, seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a program in the repository, which ends with us. `quiet` keeps its output for the caller."""
    return subprocess.run(
        list(command),
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        timeout=seconds,
        preexec_fn=die_with_parent(signal.SIGTERM),
        check=False,
    )
