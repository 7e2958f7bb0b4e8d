"""Restore a backup: all of it, with later erasures repeated, or nothing."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from subprocess import PIPE
from typing import BinaryIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from core.accounts.factor_secrets import count_unreadable_factors
from core.backups.backup_header import BackupHeader, read_header
from core.backups.key_file import read_key_file
from core.backups.neighbour_database import using_neighbour_database
from core.backups.postgres_programs import find_program, running_program
from core.backups.sealed_stream import DamagedError, open_stream
from core.errors import Invalid, WrongState
from core.models import User
from core.privacy.erasure_log import read_entries
from core.privacy.repeated_erasures import repeat_logged_erasures
from core.table_statistics import update_table_statistics

INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
RESTORE_OPTIONS = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")


@dataclass(frozen=True, slots=True)
class RestoredBackup:
    """What was restored: the time of the backup, accounts, rows and tables now, and people who were erased again.

    `logged_erasures` is how many entries the erasure log has. `unreadable_factors` is how many accounts have a second
    factor that is encrypted with a secret key which is not ours.
    """

    made_at: str
    accounts: int
    rows: int
    tables: int
    erased_again: int
    logged_erasures: int
    unreadable_factors: int


def restore_backup(
    *, path: Path, key_path: Path, at: datetime, replaces_accounts: bool = False, is_dry_run: bool = False
) -> RestoredBackup:
    """Let a backup take the place of this database; with `is_dry_run` do all of it, and take it back.

    The file is read and checked to its end before anything is done. All work happens in a database beside this one,
    which takes its place at the end. Raises Invalid (key file; file damaged, or from a newer Handraiser), WrongState
    (there are accounts here; no pg_restore; a failure), OSError. After an error this database is as it was.
    """
    key = read_key_file(key_path)
    with _open_backup(path) as file:
        header = _check_whole_file(file, key)
        _check_migrations_exist(header)
        if not (replaces_accounts or is_dry_run):
            _refuse_accounts()
        find_program("pg_restore")
        with using_neighbour_database() as neighbour:
            _load_rows(file, key)
            # The rights and the reference data follow a migration, even if there is none to apply.
            call_command("migrate", verbosity=0, interactive=False)
            erased_again = repeat_logged_erasures(at=at)
            update_table_statistics()
            accounts, (rows, tables) = User.objects.count(), _count_rows()
            unreadable = count_unreadable_factors()
            if not is_dry_run:
                with _ignoring_interruption():
                    neighbour.take_place()
                    # Once more, for those who were erased in the replaced database meanwhile.
                    erased_again += repeat_logged_erasures(at=at)
    logged = sum(1 for _entry in read_entries(settings.ERASURE_LOG))
    return RestoredBackup(header.made_at, accounts, rows, tables, erased_again, logged, unreadable)


def _open_backup(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        message = _("The backup %(file)s cannot be read: %(reason)s.")
        raise Invalid(message % {"file": path, "reason": error.strerror}, field="file") from error


def _check_whole_file(file: BinaryIO, key: bytes) -> BackupHeader:
    """Read the file to its end. Raises Invalid when it is not whole and authentic."""
    header, stream_key = read_header(file, key)
    try:
        for _chunk in open_stream(file, stream_key):
            pass
    except DamagedError:
        message = _("This backup is damaged or not whole, so nothing was restored: use another backup.")
        raise Invalid(message, field="file") from None
    return header


def _check_migrations_exist(header: BackupHeader) -> None:
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    unknown = [f"{app}/{name}" for app, name in header.migrations.items() if (app, name) not in known]
    if unknown:
        message = _(
            "This backup was made by a newer Handraiser, or by another one: this one has no migration %(migration)s. "
            "Restore it with the one that made it."
        )
        raise Invalid(message % {"migration": unknown[0]}, field="file")


def _refuse_accounts() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"public.{User._meta.db_table}"])
        if cursor.fetchone() == (None,):
            return
    if count := User.objects.count():
        message = _("This database holds accounts (%(count)s). To replace them by those of the backup, add --replace.")
        raise WrongState(message % {"count": count})


def _load_rows(file: BinaryIO, key: bytes) -> None:
    file.seek(0)
    _header, stream_key = read_header(file, key)
    with running_program("pg_restore", RESTORE_OPTIONS, stdin=PIPE) as process:
        assert process.stdin is not None
        try:
            for chunk in open_stream(file, stream_key):
                process.stdin.write(chunk)
        except BrokenPipeError:
            pass  # pg_restore has ended, and says why
        except DamagedError:
            raise Invalid(_("The backup was changed while it was read: try again."), field="file") from None


@contextmanager
def _ignoring_interruption() -> Iterator[None]:
    """Ignore Ctrl-C and its like in the block: it is too late to leave the database as it was."""
    is_main = threading.current_thread() is threading.main_thread()
    former = {number: signal.signal(number, signal.SIG_IGN) for number in INTERRUPTIONS} if is_main else {}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _count_rows() -> tuple[int, int]:
    """Return how many rows there are, and how many tables."""
    with connection.cursor() as cursor:
        names = [connection.ops.quote_name(name) for name in connection.introspection.table_names(cursor)]
        cursor.execute(" + ".join(f"(SELECT count(*) FROM {name})" for name in names).join(("SELECT ", "")))
        return int(cursor.fetchone()[0]), len(names)
