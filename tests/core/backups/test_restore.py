"""A backup and its way back, in a real PostgreSQL: all of it, or nothing."""

import json
import shutil
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.utils import timezone

from core.backups import backup, postgres_programs
from core.backups.backup import write_backup
from core.backups.key_file import create_key_file
from core.backups.left_out_rows import LEFT_OUT_ROWS
from core.backups.restore import restore_backup
from core.errors import HandraiserError, Invalid, WrongState
from core.models import PersonalToken, RateCounter, User
from core.privacy.erasure import erase_own_account
from drills.table_checksums import read_checksums
from tests.cast import create_user

pytestmark = pytest.mark.usefixtures("own_database", "erasure_log")


@pytest.fixture(autouse=True)
def _without_people(own_database: str) -> None:
    User.objects.all().delete()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup"


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


def test_all_rows_come_back_but_secrets_that_pass_and_an_erased_person(
    file: Path, key_path: Path, own_database: str, maintenance: "psycopg.Connection[Any]"
) -> None:
    alice, bob = create_user("alice@example.org"), create_user("bob@example.org")
    RateCounter.objects.create(key="alice", value=[], expires_at=timezone.now())
    before = read_checksums(connection)

    said = run_command("backup", file, "--key", key_path)

    assert said.startswith(f"{file} is written. Accounts: 2. Size: ")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"alice" not in file.read_bytes()
    assert sorted(path.name for path in file.parent.iterdir()) == ["backup", "key"]

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    said = run_command("restore_backup", file, "--key", key_path)

    assert "Accounts: 2." in said
    assert "is missing or empty, so no erasure was repeated" in said
    assert read_checksums(connection) == before
    assert not RateCounter.objects.exists()

    erase_own_account(actor=alice, understands_consequences=True, is_confirmed=True, at=timezone.now())
    said = run_command("restore_backup", file, "--key", key_path, "--replace")

    assert "Erased again: 1, of 1 in the erasure log." in said
    assert list(User.objects.all()) == [bob]
    assert list_databases(maintenance, own_database) == [own_database]


def test_a_dry_run_does_all_of_it_and_changes_nothing(file: Path, key_path: Path) -> None:
    create_user("alice@example.org")
    write(file, key_path)
    create_user("bob@example.org")

    said = run_command("restore_backup", file, "--key", key_path, "--dry-run")

    assert "Accounts: 1." in said
    assert said.endswith("This was a dry run: the database is as it was.\n")
    assert User.objects.count() == 2


def test_settings_and_rights_of_the_database_stay(
    file: Path, key_path: Path, own_database: str, maintenance: "psycopg.Connection[Any]"
) -> None:
    maintenance.execute(f"ALTER DATABASE {own_database} SET work_mem TO '5MB'")
    maintenance.execute(f"REVOKE ALL ON DATABASE {own_database} FROM PUBLIC")
    maintenance.execute(f"GRANT CONNECT ON DATABASE {own_database} TO pg_monitor")
    facts = "SELECT datacl::text, datcollate, datlocprovider, datlocale FROM pg_database WHERE datname = %s"
    before = maintenance.execute(facts, [own_database]).fetchone()
    write(file, key_path)

    restore(file, key_path)

    with connection.cursor() as cursor:
        cursor.execute("SHOW work_mem")
        assert cursor.fetchone() == ("5MB",)
    assert maintenance.execute(facts, [own_database]).fetchone() == before
    maintenance.execute(f"GRANT CONNECT, TEMPORARY ON DATABASE {own_database} TO PUBLIC")


def test_the_role_of_the_application_gets_its_rights_again(
    file: Path, key_path: Path, own_database: str, settings: Any, maintenance: "psycopg.Connection[Any]"
) -> None:
    settings.APPLICATION_ROLE = role = f"app_of_{own_database}"
    write(file, key_path)

    restore(file, key_path)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_table_privilege(%s, name, 'DELETE') FROM unnest(%s::text[]) AS name",
            [role, ["core_user", "pghistory_context"]],
        )
        assert cursor.fetchall() == [(True,), (False,)]
        cursor.execute(f"DROP OWNED BY {role}")
    maintenance.execute(f"DROP ROLE {role}")


@pytest.mark.parametrize(
    ("command", "function", "sentence"),
    [
        ("backup", "core.management.commands.backup.write_backup", "was interrupted, and no file was left"),
        ("restore_backup", "core.backups.restore.update_table_statistics", "interrupted: the database is as it was"),
    ],
)
def test_ctrl_c_is_one_sentence_and_leaves_nothing(
    file: Path,
    key_path: Path,
    own_database: str,
    maintenance: "psycopg.Connection[Any]",
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    function: str,
    sentence: str,
) -> None:
    def interrupt(**options: object) -> None:
        raise KeyboardInterrupt

    write(file, key_path)
    monkeypatch.setattr(function, interrupt)

    with pytest.raises(CommandError, match=sentence):
        run_command(command, file, "--key", key_path)
    assert list_databases(maintenance, own_database) == [own_database]


def test_a_failure_near_the_end_leaves_everything_as_it_was(
    file: Path, key_path: Path, erasure_log: Path, own_database: str, maintenance: "psycopg.Connection[Any]"
) -> None:
    write(file, key_path)
    alice = create_user("alice@example.org")
    erasure_log.write_text(json.dumps({"no": "entry"}) + "\n")

    with pytest.raises(KeyError):
        restore(file, key_path, replaces_accounts=True)

    assert list(User.objects.all()) == [alice]
    assert {connections[alias].settings_dict["NAME"] for alias in connections} == {own_database}
    assert list_databases(maintenance, own_database) == [own_database]


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


def test_a_role_that_may_not_make_databases_is_told_so(
    file: Path, key_path: Path, own_database: str, maintenance: "psycopg.Connection[Any]"
) -> None:
    write(file, key_path)
    role, user = f"poor_{own_database}", connection.settings_dict["USER"]
    maintenance.execute(f"CREATE ROLE {role} LOGIN IN ROLE pg_read_all_data")
    try:
        connection.close()
        connection.settings_dict["USER"] = role
        with pytest.raises(HandraiserError, match=f"“{role}” may not make a database"):
            restore(file, key_path)
    finally:
        connection.close()
        connection.settings_dict["USER"] = user
        maintenance.execute(f"DROP ROLE {role}")
