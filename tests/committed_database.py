"""A database in which everything is committed, for tests with threads, servers or workers."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from pytest_django import DjangoDbBlocker

from matching.models import Policy


@contextmanager
def use_committed_database(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Commit what the test writes, so that other connections see it, and empty the tables afterwards.

    Not pytest-django's own transactional database: that writes the reference data again after each test.
    """
    with blocker.unblock():
        untouched = _list_filled_tables()
        try:
            yield
        finally:
            _empty_tables(except_for=untouched)
            Policy.objects.update(undo_minutes=0)  # the policy is no row of the test's
            connection.close()


def _list_filled_tables() -> set[str]:
    """The tables that hold anything: the reference data, and what migrating itself writes."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in tables))
        return {name for (name,) in cursor.fetchall()}


def _empty_tables(*, except_for: set[str]) -> None:
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if name not in except_for]
        cursor.execute(f"TRUNCATE {', '.join(names)}")
