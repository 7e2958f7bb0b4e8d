"""A filled database is migrated without loss.

The rows are made by today's code, and migrated back to the state of the first release of each app. There they are rows
of that state. Then every migration since runs over them, as it does over a site that is updated.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RenameField
from pytest_django import DjangoDbBlocker

from core.model_labels import OUR_APPS
from tests.cast import assemble_cast
from tests.core.privacy.full_records import create_full_records

FIRST_STATES = [
    ("core", "0002_install_triggers"),
    ("campaigns", "0002_install_triggers"),
    ("volunteers", "0002_install_triggers"),
    ("matching", "0002_install_triggers"),
    ("ledger", "0002_install_triggers"),
]

Rows = dict[str, list[dict[str, Any]]]


@contextmanager
def use_copy_of_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Work in a copy of the test's database, which is dropped afterwards."""
    aliases = [connections[alias] for alias in ("default", "counters")]
    original = connection.settings_dict["NAME"]
    copy = f"{original}_migrated"
    with blocker.unblock():
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
            cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        try:
            for each in aliases:
                each.settings_dict["NAME"] = copy
            yield
        finally:
            connections.close_all()
            for each in aliases:
                each.settings_dict["NAME"] = original
            with connection._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE "{copy}"')
            connections.close_all()


def migrate(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def read_rows() -> Rows:
    """All rows of our tables, in the order of their keys."""
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.split("_")[0] in OUR_APPS:
                cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
                names = [column.name for column in cursor.description]
                rows[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return rows


def list_columns() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'")
        return set(cursor.fetchall())


def list_renamed_columns() -> dict[tuple[str, str], str]:
    """The name of a column at first, by its table and its name now."""
    executor = MigrationExecutor(connection)
    first_names: dict[tuple[str, str], str] = {}
    for key, _is_backward in executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True):
        for operation in key.operations:
            if isinstance(operation, RenameField):
                table = f"{key.app_label}_{operation.model_name_lower}"
                first = first_names.pop((table, operation.old_name), operation.old_name)
                first_names[table, operation.new_name] = first
    return first_names


@pytest.mark.slow
def test_a_filled_database_is_migrated_from_the_first_state_without_loss(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, now: datetime
) -> None:
    with use_copy_of_database(django_db_blocker):
        with time_machine.travel(now, tick=False):
            create_full_records(assemble_cast(now), now)
        before = read_rows()
        migrate(FIRST_STATES)
        first_columns = list_columns()
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
        after = read_rows()
        renamed = list_renamed_columns()

    kept_tables = {table for table, _column in first_columns} & before.keys()
    kept = {
        (table, column)
        for table in kept_tables
        for column in (before[table][0] if before[table] else ())
        if (table, renamed.get((table, column), column)) in first_columns
    }
    lost = [
        f"{table}.{column} of {old.get('id', old)}: {old[column]!r} became {new[column]!r}"
        for table in sorted(kept_tables)
        if len(before[table]) == len(after[table])
        for old, new in zip(before[table], after[table], strict=True)
        for column in old
        if (table, column) in kept and old[column] != new[column]
    ]

    assert {table: len(rows) for table, rows in after.items() if table in kept_tables} == {
        table: len(rows) for table, rows in before.items() if table in kept_tables
    }
    assert lost == []
    assert sum(1 for table in kept_tables if before[table]) > 40
