"""Rows that actions made once in this process, put back for each test: that is many times quicker than the actions."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Generic, TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from psycopg import sql

T = TypeVar("T")

COLUMNS_SQL = """
    SELECT class.relname, array_agg(attribute.attname ORDER BY attribute.attnum)
    FROM pg_class AS class JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid
    WHERE class.relkind = 'r' AND class.relnamespace = 'public'::regnamespace
        AND attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated = ''
    GROUP BY class.relname
"""
"""The tables, each with the columns that can be written."""

# No trigger runs and no key is checked: what triggers wrote the first time is among the rows.
WITHOUT_TRIGGERS = sql.SQL("SET LOCAL session_replication_role = replica;")
WITH_TRIGGERS = sql.SQL("SET LOCAL session_replication_role = origin;")


class RecordedRows(Generic[T]):
    """What `create` returns, and the rows that it writes; nothing stays in the database before `restore` is called."""

    def __init__(self, create: Callable[[], T]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text")
            (first_transaction,) = cursor.fetchone()
            self._created = create()
            cache.clear()  # rate counters commit on a connection of their own
            cursor.execute(COLUMNS_SQL)
            inserts = [
                _build_insert(table, columns, rows)
                for table, columns in cursor.fetchall()
                if (rows := _read_new_rows(cursor, table, first_transaction))
            ]
            transaction.set_rollback(True)
        self._statements = sql.Composed([WITHOUT_TRIGGERS, *inserts, WITH_TRIGGERS])

    def restore(self) -> T:
        """Write the rows, with the same ids each time. Return a copy of the objects."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.cursor.execute(self._statements)  # past Django's wrapper, which takes texts only
        return deepcopy(self._created)


def _read_new_rows(cursor: Any, table: str, first_transaction: str) -> str | None:
    """Return the rows that this transaction, or one inside it, has written, as a JSON list."""
    cursor.execute(
        f'SELECT jsonb_agg(to_jsonb(row))::text FROM "{table}" AS row WHERE row.xmin::text::bigint >= %s::bigint',
        [first_transaction],
    )
    rows: str | None = cursor.fetchone()[0]
    return rows


def _build_insert(table: str, columns: list[str], rows: str) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL(
        "INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE"
        " SELECT {names} FROM jsonb_populate_recordset(NULL::{table}, {rows});"
    ).format(table=sql.Identifier(table), names=names, rows=sql.Literal(rows))
