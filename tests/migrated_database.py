"""A migrated database that stays on the server of the tests: each process copies it, and migrates nothing."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from core.model_labels import OUR_APPS
from matching.models import Policy

PREFIX = "migrated_"
UNFINISHED = f"{PREFIX}unfinished"
LOCK_NUMBER = 7_402_190_362  # only told from other advisory locks


def prepare_migrated_database() -> str:
    """Return the name of a database that today's code has migrated, and to which no process is connected.

    It is made where there is none, and takes the place of those that other code has made. Other processes wait.
    """
    name = f"{PREFIX}{_digest_code()}"
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    with psycopg.connect(**parameters, autocommit=True) as session:
        session.execute("SELECT pg_advisory_lock(%s)", [LOCK_NUMBER])
        names = [
            row[0]
            for row in session.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        ]
        if name not in names:
            for other in names:
                session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(other)))
            session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(UNFINISHED)))
            _migrate(UNFINISHED)
            words = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            session.execute(words.format(sql.Identifier(UNFINISHED), sql.Identifier(name)))
    return name


def _migrate(name: str) -> None:
    original = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        # Offers leave at once: who tests that an approval can be undone says so.
        Policy.objects.update(undo_minutes=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original


def _digest_code() -> str:
    """Tell the code that migrates and syncs reference data, with what is installed, from any other."""
    digest = hashlib.sha256()
    for path in _list_code(Path(settings.BASE_DIR)):
        digest.update(f"{path} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _list_code(root: Path) -> Iterator[Path]:
    yield root / "requirements.lock"
    yield Path(__file__)
    for package in ("config", *sorted(OUR_APPS)):
        yield from sorted((root / package).rglob("*.py"))
