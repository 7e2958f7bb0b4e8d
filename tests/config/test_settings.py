"""What production refuses to start with, tried with the settings as they are, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.example_settings import PRODUCTION

ROOT = Path(__file__).resolve().parents[2]
LOCAL = {
    "HANDRAISER_ENV": "local",
    "SECRET_KEY": "x",
    "DATABASE_URL": "postgres:///x",
    "REDIS_URL": "redis://localhost",
}


def start(tmp_path: Path, changes: dict[str, str], known: dict[str, str] = PRODUCTION) -> tuple[int, str]:
    """Imports the settings; returns how that ended and the last that was said. An empty value unsets."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), **known, **changes}
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env={name: value for name, value in environment.items() if value},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr


def test_production_starts_with_what_it_needs(tmp_path: Path) -> None:
    assert start(tmp_path, {}) == (0, "")
    assert start(tmp_path, {"DATABASE_URL": "postgresql:///handraiser"}) == (0, "")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "k3J9"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY is not random"),
        ({"SECRET_KEY": "django-insecure-" + PRODUCTION["SECRET_KEY"]}, "SECRET_KEY is not random"),
        ({"SECRET_KEY": "changeme-secret-password-handraiser-example-postgres"}, "SECRET_KEY is not random"),
        ({"DEBUG": "true"}, "DEBUG is on in production"),
        ({"HANDRAISER_ENV": "", "DEBUG": "true"}, "DEBUG is on in production"),
        ({"HANDRAISER_ENV": "staging"}, "HANDRAISER_ENV must be"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS lets visitors"),
        ({"ALLOWED_HOSTS": "handraiser.example,.example"}, "ALLOWED_HOSTS lets visitors"),
        ({"CSRF_TRUSTED_ORIGINS": "http://handraiser.example"}, "CSRF_TRUSTED_ORIGINS trusts"),
        ({"CSRF_TRUSTED_ORIGINS": "https://*.example"}, "CSRF_TRUSTED_ORIGINS trusts"),
        ({"SITE_URL": ""}, "SITE_URL does not begin with https://"),
        ({"SITE_URL": "http://handraiser.example"}, "SITE_URL does not begin with https://"),
        ({"OPERATOR_PHONE": "", "OPERATOR_NAME": " "}, "OPERATOR_NAME, OPERATOR_PHONE: not set"),
        ({"DATABASE_URL": ""}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://handraiser@db/handraiser"}, "DATABASE_URL has no password"),
        ({"DATABASE_URL": "postgresql://postgres:postgres@db/x"}, "DATABASE_URL has no password"),
        ({"DATABASE_URL": "postgresql://handraiser:handraiser-password@db/x"}, "DATABASE_URL has no password"),
        ({"REDIS_URL": ""}, "REDIS_URL"),
    ],
)
def test_production_does_not_start_with(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    ended, said = start(tmp_path, changes)

    assert (ended, told in said.strip().splitlines()[-1]) == (1, True), said


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    ended, said = start(tmp_path, {"DEBUG": "true", "ALLOWED_HOSTS": "*", "SITE_URL": ""})

    assert (ended, [name for name in ("DEBUG", "ALLOWED_HOSTS", "SITE_URL") if f"{name} " in said]) == (
        1,
        ["DEBUG", "ALLOWED_HOSTS", "SITE_URL"],
    )


def test_local_use_needs_none_of_it_but_a_key(tmp_path: Path) -> None:
    assert start(tmp_path, {"DEBUG": "true"}, LOCAL) == (0, "")
    assert start(tmp_path, {"SECRET_KEY": ""}, LOCAL)[0] == 1


def test_in_production_browsers_are_told_to_come_by_https_only(tmp_path: Path) -> None:
    asked = (
        "import django; django.setup();"
        "from django.test import Client;"
        "answer = Client().get('/api/nothing/', secure=True, headers={'Host': 'handraiser.example'});"
        "print(answer['Strict-Transport-Security']);"
        "away = Client().get('/conduct/', headers={'Host': 'handraiser.example'});"
        "print(away.status_code, away['Location'])"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **PRODUCTION}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "-c", asked],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.splitlines() == [
        "max-age=31536000; includeSubDomains; preload",
        "301 https://handraiser.example/conduct/",
    ]
