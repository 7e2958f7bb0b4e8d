"""A backup and its way back, in a real PostgreSQL: all of it, or nothing."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError
from django.db import connection, connections
from django.utils import timezone

from core.backups.neighbour_database import connect_to
from core.backups.restore import _count_rows
from core.errors import WrongState
from core.models import RateCounter, User
from core.privacy.erasure import erase_own_account
from drills.table_checksums import read_checksums
from tests.cast import create_user, ensure_totp
from tests.core.backups.backup_calls import list_databases, restore, run_command, write

pytestmark = pytest.mark.usefixtures("empty_database", "erasure_log")


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


@pytest.mark.parametrize("options", [["--dry-run"], ["--replace"]])
def test_a_restore_says_which_second_factors_another_key_stored(
    file: Path, key_path: Path, settings: Any, options: list[str]
) -> None:
    ensure_totp(create_user("alice@example.org"))
    ensure_totp(create_user("bob@example.org"))
    write(file, key_path)
    warning = "Accounts whose second factor is stored under another SECRET_KEY: 2."
    old_key = settings.SECRET_KEY

    assert "SECRET_KEY" not in run_command("restore_backup", file, "--key", key_path, "--dry-run")
    settings.SECRET_KEY = "another" * 10
    assert warning in run_command("restore_backup", file, "--key", key_path, *options)
    settings.SECRET_KEY_FALLBACKS = [old_key]
    assert "SECRET_KEY" not in run_command("restore_backup", file, "--key", key_path, *options)


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


@pytest.fixture
def ordinary_role(own_database: str, maintenance: "psycopg.Connection[Any]") -> Iterator[str]:
    """Let Django connect as a role that is no superuser, as an operator's own PostgreSQL has it."""
    role, user = f"owner_of_{own_database}", connection.settings_dict["USER"]
    maintenance.execute(f"CREATE ROLE {role} LOGIN IN ROLE pg_read_all_data")
    connect_to(own_database)
    connection.settings_dict["USER"] = role
    yield role
    connect_to(own_database)
    connection.settings_dict["USER"] = user
    with connection.cursor() as cursor:
        cursor.execute(f"REASSIGN OWNED BY {role} TO {user}")
    maintenance.execute(f"DROP ROLE {role}")


def test_a_role_that_may_not_make_databases_is_told_so(file: Path, key_path: Path, ordinary_role: str) -> None:
    write(file, key_path)

    with pytest.raises(WrongState, match=f"“{ordinary_role}” may not make a database"):
        restore(file, key_path)


def test_an_owner_who_is_no_superuser_restores(
    file: Path,
    key_path: Path,
    ordinary_role: str,
    own_database: str,
    maintenance: "psycopg.Connection[Any]",
) -> None:
    maintenance.execute(f"ALTER ROLE {ordinary_role} CREATEDB")
    maintenance.execute(f"ALTER DATABASE {own_database} OWNER TO {ordinary_role}")
    write(file, key_path)

    restored = restore(file, key_path)

    assert restored.rows > 3_000
    assert list_databases(maintenance, own_database) == [own_database]


def test_rows_are_counted_in_every_table(db: None) -> None:
    rows, tables = _count_rows()

    assert rows > 3_000
    assert tables == len(connection.introspection.table_names())
