"""What `docker/compose.yaml` passes to the containers: every setting, with the default that the settings have."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.management.settings_reference import SETTINGS_FILE, EnvironmentReader
from tests.checks import TOOLS
from tests.example_settings import COMPOSE_EXAMPLE, PASSWORDS, PRODUCTION

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_FILE = ROOT / "docker" / "compose.yaml"
LEFT_OUT = {
    "DEBUG": "Production does not start with it.",
    "SECOND_FACTOR": "Production demands `required`.",
    "ERASURE_LOG": "Its default lies in the volume `erasures`, which is mounted there.",
    "MAIL_DIRECTORY": "Production does not read it.",
}
"""Settings that compose does not pass, and why."""
OF_COMPOSE = {"HANDRAISER_ENV", "HANDRAISER_PROCESS", "DATABASE_URL", "REDIS_URL"}
"""Variables of web and workers whose values compose itself knows."""
PRODUCTION_ENV = {
    **COMPOSE_EXAMPLE,
    "SECRET_KEY": PRODUCTION["SECRET_KEY"],
    **{name: secrets.token_hex(16) for name in PASSWORDS},
}
"""A file production.env that sets what compose demands, and nothing else."""
PRINT_SETTINGS = """
import json
from config import settings
values = {name: value for name, value in vars(settings).items() if name.isupper()}
print(json.dumps(values, default=lambda value: type(value).__name__))
"""


def read_environments(**changes: str) -> dict[str, dict[str, str]]:
    """Return the environment of each service, as compose fills it in. An empty value unsets."""
    given = {"PATH": os.environ["PATH"], **PRODUCTION_ENV, **changes}
    done = subprocess.run(
        [str(TOOLS / "docker-compose"), "--file", str(COMPOSE_FILE), "config", "--format", "json"],
        env={name: value for name, value in given.items() if value},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    services = json.loads(done.stdout)["services"]
    return {name: service.get("environment") or {} for name, service in services.items()}


def read_settings(environment: dict[str, str], folder: Path) -> dict[str, Any]:
    """Import the settings with this environment alone, and return them."""
    done = subprocess.run(
        [sys.executable, "-c", PRINT_SETTINGS],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    values: dict[str, Any] = json.loads(done.stdout)
    return values


def test_compose_passes_every_setting() -> None:
    names = EnvironmentReader((ROOT / SETTINGS_FILE).read_text()).names
    environments = read_environments()
    # The role of the application is made by `migrate`; web and workers have it in their DATABASE_URL.
    of_migrate = {"APPLICATION_ROLE", "APPLICATION_PASSWORD"}

    for service in ("web", "worker", "letters", "matcher", "beat"):
        assert environments[service].keys() == names - LEFT_OUT.keys() - of_migrate, service
    assert environments["migrate"].keys() == names - LEFT_OUT.keys()
    assert {service: environment.get("HANDRAISER_PROCESS") for service, environment in environments.items()} == {
        **{"web": "web", "worker": "worker", "letters": "worker", "matcher": "matcher"},
        **{"migrate": "command", "beat": "command", "postgres": None, "valkey": None},
    }


def test_its_defaults_are_those_of_the_settings(tmp_path: Path) -> None:
    environment = read_environments()["web"]
    required = {name: value for name, value in environment.items() if name in PRODUCTION_ENV or name in OF_COMPOSE}

    assert required.keys() < environment.keys()
    assert read_settings(environment, tmp_path) == read_settings(required, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("RETENTION_DAYS", "messages=180", {"messages": 180}),
        ("SECURE_SSL_REDIRECT", "false", False),
        ("SECRET_KEY_FALLBACKS", "old,older", ["old", "older"]),
    ],
)
def test_what_the_operator_sets_arrives(tmp_path: Path, name: str, value: str, read: object) -> None:
    environment = read_environments(**{name: value})["web"]

    assert read_settings(environment, tmp_path)[name] == read


def test_a_mail_service_takes_the_place_of_the_mail_server(tmp_path: Path) -> None:
    environment = read_environments(EMAIL_URL="", MAIL_PROVIDER="mailgun", ANYMAIL="MAILGUN_API_KEY=x")["web"]
    values = read_settings(environment, tmp_path)

    assert values["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert values["ANYMAIL"]["MAILGUN_API_KEY"] == "x"
