"""What is stored, table by table, to see what a page has written."""

from django.db import connection

# Sessions are the browser's; counters of requests commit by themselves.
NOT_COMPARED = {"django_session"}


def read_stored_rows() -> dict[str, tuple[int, str]]:
    """Return the number of rows of each table, and a digest of all of them."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in NOT_COMPARED]
        parts = (
            f"SELECT '{table}', count(*), coalesce(md5(string_agg(row::text, '' ORDER BY row::text)), '') "
            f'FROM "{table}" AS row'
            for table in tables
        )
        cursor.execute(" UNION ALL ".join(parts))
        return {table: (count, digest) for table, count, digest in cursor.fetchall()}


def list_changed_tables(before: dict[str, tuple[int, str]]) -> set[str]:
    """Return the tables that are not as they were."""
    return {table for table, rows in read_stored_rows().items() if rows != before[table]}
