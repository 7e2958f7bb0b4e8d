"""The application's role in a real PostgreSQL: it changes rows, and neither history nor schema."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from psycopg import sql

from core.database_rights import READ_ONLY_TABLES, grant_application_rights, list_history_tables
from core.errors import Invalid
from core.models import ContactAccess, User
from core.privacy.erasure import erase_own_account
from core.privacy.retention import apply_retention_rules
from matching.models import Match
from tests.cast import assemble_cast
from tests.core.privacy.full_records import create_full_records
from tests.database_url import build_database_url
from tests.example_settings import PUBLIC_EXAMPLE
from tests.match_factory import make_active_match
from tests.notices import mark_notices_sent
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def session(application_role: str, db: None) -> Iterator[Any]:
    """A connection of its own, as the application connects."""
    with psycopg.connect(build_database_url(application_role), autocommit=True) as session:
        yield session


@pytest.fixture
def as_application(application_role: str, db: None) -> Iterator[None]:
    """The test's own connection with the application's rights and no others."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(application_role)))
        yield
        cursor.execute("RESET ROLE")


def refused(session: Any, words: str, table: str) -> bool:
    try:
        session.execute(sql.SQL(words).format(table=sql.Identifier(table)))
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def events() -> list[str]:
    return [table for table in list_history_tables() if table.endswith("event")]


CHANGES = (
    "UPDATE {table} SET pgh_label = 'x'",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "INSERT INTO {table} DEFAULT VALUES",
    "DROP TABLE {table}",
    "ALTER TABLE {table} ADD COLUMN more text",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
)


def test_it_changes_deletes_and_makes_up_no_history(session: Any) -> None:
    assert len(events()) >= 13
    done = [(table, words) for table in events() for words in CHANGES if not refused(session, words, table)]
    assert done == []


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE pghistory_context SET metadata = '{{}}'",
        "DELETE FROM pghistory_context",
        "TRUNCATE pghistory_context",
        "UPDATE core_contactaccess SET subject_id = 1",
        "DELETE FROM core_contactaccess",
        "TRUNCATE core_contactaccess",
        "TRUNCATE core_user CASCADE",
        "CREATE TABLE mine (id integer)",
        "DROP TABLE core_user",
        "ALTER TABLE core_user ADD COLUMN more text",
        "ALTER TABLE campaigns_member DISABLE TRIGGER ALL",
        "DROP TRIGGER core_context_stays ON pghistory_context",
        "CREATE OR REPLACE FUNCTION core_delete_contact_accesses(timestamptz, int) RETURNS int"
        " LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(n NAME) RETURNS BOOLEAN LANGUAGE sql AS 'SELECT true'",
        "SET session_replication_role = replica",
        "CREATE ROLE another",
        "ALTER ROLE CURRENT_USER SUPERUSER",
        "SET ROLE postgres",
        *(f"DELETE FROM {table}" for table in READ_ONLY_TABLES),
    ],
)
def test_it_is_refused(session: Any, words: str) -> None:
    assert refused(session, words, "core_user")


def test_it_reads_history_and_writes_rows(session: Any) -> None:
    for table in events():
        session.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
    session.execute("UPDATE core_skill SET name = name WHERE false")
    session.execute("DELETE FROM core_notice WHERE false")
    session.execute("CREATE TEMPORARY TABLE for_a_run (id integer)")


def test_a_setting_switches_no_trigger_off(as_application: None) -> None:
    cast = assemble_cast(NOW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(tgname)::text FROM pg_trigger"
            " WHERE tgrelid = 'campaigns_member'::regclass AND NOT tgisinternal"
        )
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", cursor.fetchone())

    cast.campaign.members.update(position="staff")

    events_of = cast.campaign.members.get().events  # type: ignore[attr-defined]
    assert list(events_of.order_by("pgh_id").values_list("pgh_label", "position")) == [
        ("insert", "manager"),
        ("update", "staff"),
    ]


def test_the_ordinary_flow_works_as_it(as_application: None, tmp_path: Path) -> None:
    """Sign-up to work, a run by COPY and MERGE, letters, looks, leaving: and history is written all the while."""
    cache.clear()
    cast = assemble_cast(NOW)
    match = make_active_match(cast, NOW)
    mark_notices_sent()
    execute_full_run(NOW)

    told = match.events.order_by("pgh_id").values_list("state", flat=True)  # type: ignore[attr-defined]
    assert list(dict.fromkeys(told)) == ["approved", "offered", "accepted", "active"]


def test_erasing_works_as_it(as_application: None, tmp_path: Path) -> None:
    cache.clear()
    with override_settings(ERASURE_LOG=tmp_path / "erasures.jsonl"):
        life = create_full_records(assemble_cast(NOW), NOW)
        erase_own_account(actor=life.alice, understands_consequences=True, is_confirmed=True, at=NOW)

    assert not User.objects.filter(pk=life.alice.pk).exists()
    assert Volunteer.objects.get(pk=life.volunteer.pk).erased_at == NOW
    assert Match.objects.filter(volunteer=life.volunteer).count() == 2


def test_forgetting_works_as_it_and_keeps_looks_for_a_year(as_application: None, tmp_path: Path) -> None:
    cache.clear()
    real = datetime.now(UTC)
    seen: dict[str, Any] = {"viewer_id": 1, "viewer_kind": "reviewer", "subject_id": 2, "access_point": "review"}
    ContactAccess.objects.create(at=real - timedelta(days=366), **seen)
    young = ContactAccess.objects.create(at=real - timedelta(days=364), **seen)

    with override_settings(ERASURE_LOG=tmp_path / "erasures.jsonl", RETENTION_DAYS={"contact_access": 1}):
        create_full_records(assemble_cast(NOW), NOW)
        gone = apply_retention_rules(at=real)

    assert gone["contact_access"] == 1
    assert list(ContactAccess.objects.filter(subject_id=2, viewer_id=1)) == [young]
    assert gone["notices"] > 0


def test_what_the_history_says_of_a_request_is_settled_after_an_hour(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pghistory_context (id, metadata, created_at, updated_at)"
            " VALUES (gen_random_uuid(), '{}', now() - interval '61 minutes', now())"
        )
        with pytest.raises(Exception, match="not changed afterwards"):
            cursor.execute("UPDATE pghistory_context SET metadata = '{\"user\": 1}'")


def test_a_role_that_could_do_anything_is_not_taken(db: None, application_role: str) -> None:
    with pytest.raises(Invalid, match="could do anything"):
        grant_application_rights(role=str(connection.settings_dict["USER"]))
    with pytest.raises(CommandError, match="Name the application's role"):
        call_command("grant_rights")


@pytest.mark.parametrize(
    ("refuses", "serves"),
    [
        (["-c", "import config.wsgi"], "import config.wsgi"),
        (
            ["-m", "celery", "-A", "config.celery", "worker"],
            "import django; django.setup(); from celery.signals import worker_init; worker_init.send(sender=None)",
        ),
    ],
    ids=["web", "worker"],
)
def test_in_production_nothing_is_served_by_the_owner(
    db: None, application_role: str, refuses: list[str], serves: str
) -> None:
    owner = str(connection.settings_dict["USER"])

    refused, served = in_production(owner, refuses), in_production(application_role, ["-c", serves])

    assert refused.returncode == 1
    assert f"DATABASE_URL names “{owner}”, which can change history" in refused.stderr
    assert served.returncode == 0, served.stderr


def in_production(role: str, words: list[str]) -> "subprocess.CompletedProcess[str]":
    """A process with the settings of production, connecting to this test's database in this role."""
    settings_of = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HANDRAISER_ENV": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        **PUBLIC_EXAMPLE,
        "REDIS_URL": "redis://localhost/0",
        "DATABASE_URL": build_database_url(role, secrets.token_urlsafe(16)),
    }
    return subprocess.run(
        [sys.executable, *words], env=settings_of, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )


def test_migrating_gives_the_rights_where_there_is_a_role(
    db: None, application_role: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE newer (id integer)")
        with override_settings(APPLICATION_ROLE=application_role):
            call_command("migrate", verbosity=0)
        cursor.execute("SELECT has_table_privilege(%s, 'newer', 'INSERT')", [application_role])
        assert cursor.fetchone() == (True,)
    call_command("grant_rights", role=application_role)
    assert capsys.readouterr().out == f"{application_role} may change rows, and neither history nor schema.\n"
    assert settings.APPLICATION_ROLE == ""
