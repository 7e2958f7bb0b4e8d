"""A database of its own, copied from the test's: a restore lets another one take its place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from core.backups.key_file import create_key_file
from core.backups.neighbour_database import connect_to
from core.models import User


@pytest.fixture(scope="module")
def maintenance(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator["psycopg.Connection[Any]"]:
    """A connection to the server that no restore ends."""
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params() | {"dbname": "postgres"}
    with psycopg.connect(**parameters, autocommit=True) as session:
        yield session


@pytest.fixture(scope="module")
def own_database(maintenance: "psycopg.Connection[Any]", django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Let Django's connections lead to a copy of the test's database, in which everything is committed."""
    original = str(connection.settings_dict["NAME"])
    # pytest-django makes one only where a collected test asks for `db`; each module here has such a test.
    assert original.startswith("test_"), "There is no database of tests: run the whole module."
    name = f"{original}_backups"
    with django_db_blocker.unblock():
        connect_to(name)
        maintenance.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [original])
        maintenance.execute(f"CREATE DATABASE {name} TEMPLATE {original}")
        try:
            yield name
        finally:
            connect_to(original)
            for each in (name, f"{name}_restoring", f"{name}_replaced"):
                maintenance.execute(f"DROP DATABASE IF EXISTS {each} WITH (FORCE)")


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    create_key_file(path)
    return path


@pytest.fixture
def erasure_log(tmp_path: Path, settings: Any) -> Path:
    settings.ERASURE_LOG = tmp_path / "erasures.jsonl"
    return tmp_path / "erasures.jsonl"


@pytest.fixture
def empty_database(own_database: str) -> None:
    """Begin without people, whatever the test before has left."""
    User.objects.all().delete()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup"
