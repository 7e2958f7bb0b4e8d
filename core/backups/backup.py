"""Write a backup: the rows of one moment, encrypted on their way from PostgreSQL to the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from subprocess import PIPE

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from core.backups.backup_header import BackupHeader, write_header
from core.backups.key_file import read_key_file
from core.backups.left_out_rows import LEFT_OUT_ROWS
from core.backups.new_file import refuse_existing_file, writing_new_file
from core.backups.postgres_programs import running_program
from core.backups.sealed_stream import seal_stream
from core.errors import Invalid, WrongState
from core.models import User

LOCK_WAIT_MILLISECONDS = 75_000  # for a table that a migration holds
DUMP_OPTIONS = (
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    f"--lock-wait-timeout={LOCK_WAIT_MILLISECONDS}",
    *(f"--exclude-table-data=public.{table}" for table in LEFT_OUT_ROWS),
)


@dataclass(frozen=True, slots=True)
class WrittenBackup:
    """What a new backup holds: accounts, and bytes of the file."""

    accounts: int
    size: int


def write_backup(*, path: Path, key_path: Path, at: datetime, snapshot: str = "") -> WrittenBackup:
    """Write the rows of this moment, or of an exported snapshot of PostgreSQL, to a new encrypted file.

    Others may read and write meanwhile. Raises Invalid (key file; the file exists; no such snapshot), WrongState (no
    pg_dump, no tables, a failure of pg_dump), OSError. After an error no file is left.
    """
    key = read_key_file(key_path)
    refuse_existing_file(path)
    with _reading_snapshot(snapshot) as name:
        header = BackupHeader(at.isoformat(timespec="seconds"), read_last_migrations())
        if not header.migrations:
            raise WrongState(_("This database has no tables of Handraiser, so there is nothing to back up."))
        accounts = User.objects.count()
        with writing_new_file(path) as file:
            stream_key = write_header(file, header, key)
            with running_program("pg_dump", [*DUMP_OPTIONS, f"--snapshot={name}"], stdout=PIPE) as process:
                assert process.stdout is not None
                seal_stream(process.stdout, file, stream_key)
    return WrittenBackup(accounts, path.stat().st_size)


def read_last_migrations() -> dict[str, str]:
    """Return the name of the last applied migration of each app; none in an empty database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.django_migrations')")
        if cursor.fetchone() == (None,):
            return {}
        cursor.execute("SELECT DISTINCT ON (app) app, name FROM django_migrations ORDER BY app, id DESC")
        return dict(cursor.fetchall())


@contextmanager
def _reading_snapshot(snapshot: str) -> Iterator[str]:
    """Read one state of the database in the block, which other sessions can read too: by the name in the block."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if snapshot:
            try:
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
            except DatabaseError as error:
                message = _("There is no snapshot %(name)s any more: its session has ended.")
                raise Invalid(message % {"name": snapshot}, field="snapshot") from error
        cursor.execute("SELECT pg_export_snapshot()")
        yield str(cursor.fetchone()[0])
