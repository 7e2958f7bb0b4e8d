"""A folder for letters, and a worker that writes them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tests.committed_database import use_committed_database
from tests.database_url import build_database_url

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Everything is committed, so that servers and workers see it, and taken away afterwards.

    Not pytest-django's own: that writes the reference data again after each test, and leaves the cache as it is.
    """
    with use_committed_database(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _factors_are_required(settings: Any) -> None:
    """Every journey goes as in production: whoever sees others has a second factor."""
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def mail(tmp_path: Path, settings: Any) -> Path:
    folder = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(folder)
    return folder


@pytest.fixture
def worker(transactional_db: None, application_role: str, mail: Path, tmp_path: Path) -> Iterator[None]:
    """A Celery worker of its own process, on the test's database as the application's role, that also sweeps."""
    environment = os.environ | {
        "DATABASE_URL": build_database_url(application_role),
        "MAIL_DIRECTORY": str(mail),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    log = (tmp_path / "worker.log").open("wb")
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--beat"]
    queues = "celery,sweeps,letters,letter-sweeps,matching"
    command += ["-Q", queues, "--pool", "solo", "--loglevel", "INFO", "-n", f"flow-{os.getpid()}@%h"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    yield
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
    log.close()
    print((tmp_path / "worker.log").read_text()[-4000:])
