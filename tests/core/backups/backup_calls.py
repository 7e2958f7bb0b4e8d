"""Backups and restores as the tests ask for them."""

from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.utils import timezone

from core.backups.backup import write_backup
from core.backups.restore import restore_backup


def write(file: Path, key_path: Path) -> None:
    write_backup(path=file, key_path=key_path, at=timezone.now())


def restore(file: Path, key_path: Path, **options: bool) -> Any:
    return restore_backup(path=file, key_path=key_path, at=timezone.now(), **options)


def run_command(name: str, *arguments: object) -> str:
    out = StringIO()
    call_command(name, *map(str, arguments), stdout=out)
    return out.getvalue()


def list_databases(maintenance: "psycopg.Connection[Any]", own_database: str) -> list[str]:
    rows = maintenance.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [own_database])
    return sorted(name for (name,) in rows)
