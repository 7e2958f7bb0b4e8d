"""What is refused, with one sentence each, and leaves everything as it was."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection

from core.backups import backup, postgres_programs
from core.backups.key_file import create_key_file
from core.backups.left_out_rows import LEFT_OUT_ROWS
from core.errors import Invalid, WrongState
from core.models import PersonalToken
from tests.cast import create_user
from tests.core.backups.backup_calls import restore, run_command, write

pytestmark = pytest.mark.usefixtures("empty_database", "erasure_log")


def test_people_are_not_replaced_by_mistake(file: Path, key_path: Path) -> None:
    write(file, key_path)
    create_user("alice@example.org")

    with pytest.raises(WrongState, match=r"holds accounts \(1\)\. .*--replace"):
        restore(file, key_path)


def test_a_damaged_file_touches_nothing(file: Path, key_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(file, key_path)
    sealed = file.read_bytes()
    monkeypatch.setattr("core.backups.restore.using_neighbour_database", None)

    for damaged in (sealed[:-1], sealed + b"x", sealed.replace(b'"made_at": "2', b'"made_at": "3')):
        file.write_bytes(damaged)
        with pytest.raises(Invalid, match="damaged or not whole, so nothing was restored"):
            restore(file, key_path)


def test_another_key_and_another_file_are_one_sentence_each(file: Path, key_path: Path, tmp_path: Path) -> None:
    write(file, key_path)
    create_key_file(tmp_path / "other")

    with pytest.raises(Invalid, match="is not the one of this backup"):
        restore(file, tmp_path / "other")
    with pytest.raises(Invalid, match="cannot be read: No such file"):
        restore(tmp_path / "nothing", key_path)


def test_a_backup_of_a_newer_version_is_refused(file: Path, key_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "read_last_migrations", lambda: {"core": "9999_of_tomorrow"})
    write(file, key_path)

    with pytest.raises(Invalid, match="no migration core/9999_of_tomorrow"):
        restore(file, key_path)


def test_no_file_is_replaced_and_none_is_left_after_a_failure(
    file: Path, key_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "DUMP_OPTIONS", ("--no-such-option",))
    with pytest.raises(WrongState, match=r"pg_dump failed: .*no-such-option"):
        write(file, key_path)
    assert list(file.parent.iterdir()) == [key_path]

    file.write_text("precious")
    with pytest.raises(CommandError, match="a backup replaces no file"):
        run_command("backup", file, "--key", key_path)
    assert file.read_text() == "precious"


def test_a_missing_or_an_older_program_is_one_sentence(
    file: Path, key_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "bin" / "pg_dump"
    old.parent.mkdir()
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6'\n")
    old.chmod(0o700)
    monkeypatch.setattr(postgres_programs, "WHEEL_PACKAGE", "no_such_package")
    monkeypatch.setenv("PATH", str(old.parent))

    with pytest.raises(WrongState, match=r"No pg_dump of PostgreSQL \d+ or newer is in PATH"):
        write(file, key_path)

    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(WrongState, match="No pg_dump"):
        write(file, key_path)


def test_a_snapshot_that_is_over_is_one_sentence(file: Path, key_path: Path) -> None:
    with pytest.raises(CommandError, match="no snapshot 00000003-00000001-1 any more"):
        run_command("backup", file, "--key", key_path, "--snapshot", "00000003-00000001-1")


def test_the_command_wants_a_file_or_a_place_for_a_key(file: Path, key_path: Path) -> None:
    with pytest.raises(CommandError, match="Name a FILE together with --key"):
        run_command("backup", "--key", key_path)
    with pytest.raises(CommandError, match="cannot be written: No such file"):
        run_command("backup", file.parent / "nowhere" / "backup", "--key", key_path)
    assert "is the key" in run_command("backup", "--new-key", file)


def test_each_table_that_is_left_out_exists(db: None) -> None:
    assert LEFT_OUT_ROWS.keys() < set(connection.introspection.table_names())
    assert PersonalToken._meta.db_table in LEFT_OUT_ROWS
