"""What the person at the terminal can put right ends a command with one sentence, and not with a traceback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import DataError, OperationalError, ProgrammingError, connection

from config.command_line import describe_start_error

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "HANDRAISER_ENV": "local",
    "SECRET_KEY": "x",
    "DATABASE_URL": "postgresql://handraiser:secret@127.0.0.1:1/none",
    "REDIS_URL": "redis://localhost",
}


def run_manage(command: str, changes: dict[str, str], folder: Path = ROOT) -> tuple[int, list[str]]:
    """Return the exit code and the lines that manage.py says."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", str(folder / "manage.py"), command],
        env={"PATH": os.environ["PATH"], **SETTINGS, **changes},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr.strip().splitlines()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"REDIS_URL": "nonsense"}, "REDIS_URL must begin with redis://"),
        ({"SECRET_KEY": "  "}, "SECRET_KEY is not set."),
        ({"DATABASE_URL": "nonsense"}, "Not a valid database URL."),
        ({"TRUSTED_PROXIES": "many"}, "Not a valid integer."),
        ({}, "The database at 127.0.0.1:1 does not answer. Start it, or correct DATABASE_URL."),
    ],
)
def test_a_command_ends_with_one_sentence(changes: dict[str, str], told: str) -> None:
    code, said = run_manage("sync_reference_data", changes)

    assert (code, len(said)) == (1, 1), said
    assert told in said[0]
    assert "secret" not in said[0]


def test_a_file_of_settings_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / ".env").write_bytes(b"SECRET_KEY=\xff\xfe\n")

    code, said = run_manage("check", {"PYTHONPATH": str(ROOT)}, tmp_path)

    assert (code, said) == (1, ["The file .env is not UTF-8 text. Save it as UTF-8, and start again."])


def test_a_database_without_tables_is_told_and_a_defect_is_not_hidden(db: None) -> None:
    with pytest.raises(ProgrammingError) as missing, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")

    assert "manage migrate" in str(describe_start_error(missing.value))
    assert describe_start_error(DataError("a defect")) is None


def test_a_full_disk_is_told() -> None:
    error = OperationalError()
    error.__cause__ = psycopg.errors.DiskFull()

    assert "disk of the database is full" in str(describe_start_error(error))
