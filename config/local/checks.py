"""`./run test`: everything that is checked before the tests, and the tests."""

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from config.local.environment import for_children
from config.local.locks import open_lock, try_lock
from config.local.place import REPOSITORY, TEST
from config.local.problem import Problem
from config.local.processes import die_with_parent
from config.local.servers import URLS, joined

TOOLS = Path(sys.executable).parent
ONLY_PYTEST = "--only-pytest"
PROCESSES = "2"
AUDIT_SECONDS = 90.0

# What the production settings ask of an environment: enough to read the compose file, a secret to nobody.
COMPOSE_EXAMPLE = {
    "SECRET_KEY": "x" * 50,
    "POSTGRES_PASSWORD": "x",
    "APPLICATION_PASSWORD": "x",
    "ALLOWED_HOSTS": "handraiser.example",
    "SITE_URL": "https://handraiser.example",
    "EMAIL_URL": "smtp://mail.example:25",
    "MAIL_FROM": "hello@handraiser.example",
}

# What production is started with: secrets made up for this, and nothing is opened.
PRODUCTION = {
    "HANDRAISER_ENV": "production",
    "DEBUG": "false",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "DATABASE_URL": f"postgresql://handraiser:{secrets.token_hex(16)}@postgres:5432/handraiser",
    "REDIS_URL": "redis://valkey:6379/0",
    "ALLOWED_HOSTS": "handraiser.example",
    "CSRF_TRUSTED_ORIGINS": "",
    "SITE_URL": "https://handraiser.example",
    "EMAIL_URL": "smtp://mail.example:25",
    "MAIL_FROM": "hello@handraiser.example",
}


@dataclass(frozen=True)
class Stage:
    """One check: a program that ends with 0 when all is well."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def stages() -> list[Stage]:
    """The checks before the tests, quick ones first."""
    python = [sys.executable, "-m"]
    return [
        Stage("lint", [*python, "ruff", "check", ".", "run"]),
        Stage("format", [*python, "ruff", "format", "--check", ".", "run"]),
        Stage("import contracts", [str(TOOLS / "lint-imports"), "--no-cache"]),
        Stage("image", [str(TOOLS / "hadolint"), "docker/Dockerfile"]),
        Stage("compose", [str(TOOLS / "docker-compose"), "-f", "docker/compose.yaml", "config", "-q"], COMPOSE_EXAMPLE),
        Stage("production", [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Stage("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Stage("types", [*python, "mypy", ".", "run"]),
    ]


def test(arguments: list[str]) -> int:
    """Run the checks, then pytest with these arguments, whose summary is the last that is said.

    The first check that fails ends it; `--only-pytest` as the first argument leaves them out. Returns the exit code.
    """
    TEST.make()
    if not try_lock(open_lock(TEST.folder / "tests.lock")):
        raise Problem("Another ./run test is running in this folder: wait until it has ended.")
    only_pytest = arguments[:1] == [ONLY_PYTEST]
    # The tests always have servers of their own: nobody wants them in the database that DATABASE_URL names.
    with joined(TEST, list(URLS.values())) as servers:
        environment = for_children(TEST, servers.environment)
        if not only_pytest:
            for stage in stages():
                if not passes(stage, environment):
                    return 1
            print(audit(environment), flush=True)
        wanted = arguments[1:] if only_pytest else arguments
        return _run([sys.executable, "-m", "pytest", "-n", PROCESSES, *wanted], environment).returncode


def passes(stage: Stage, environment: Mapping[str, str]) -> bool:
    """Run one check and say in a line how it went; when it fails, what it said."""
    began = time.monotonic()
    done = _run(stage.command, {**environment, **stage.environment}, quiet=True)
    good = done.returncode == 0
    print(f"{stage.name:<18}{'ok' if good else 'FAILED'} ({time.monotonic() - began:.1f} s)", flush=True)
    if not good:
        print(f"{done.stdout}\nThis failed: {' '.join(stage.command)}", flush=True)
    return good


def audit(environment: Mapping[str, str]) -> str:
    """A line on known vulnerabilities of what we depend on.

    It never fails a test run: what the world learns tomorrow must not change what this code does today.
    """
    command = [sys.executable, "-m", "pip_audit", "-r", "requirements.lock", "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off"]
    with contextlib.suppress(subprocess.TimeoutExpired):
        known = vulnerabilities(_run(command, environment, quiet=True, seconds=AUDIT_SECONDS).stdout)
        if known is not None:
            return f"{'vulnerabilities':<18}{', '.join(known) or 'none known'}"
    return f"{'vulnerabilities':<18}not looked up: their database could not be reached"


def vulnerabilities(output: str) -> list[str] | None:
    """What an audit's output lists, as "package version: identifier"; None when nothing was looked up."""
    for line in output.splitlines():
        with contextlib.suppress(ValueError, KeyError, TypeError):
            looked_up = [part for part in json.loads(line)["dependencies"] if "vulns" in part]
            known = [f"{part['name']} {part['version']}: {bug['id']}" for part in looked_up for bug in part["vulns"]]
            return known if looked_up else None
    return None


def _run(
    command: Sequence[str], environment: Mapping[str, str], *, quiet: bool = False, seconds: float | None = None
) -> subprocess.CompletedProcess[str]:
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
