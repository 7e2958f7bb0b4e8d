"""A checksum of each table, to compare a database with what was restored from it."""

from django.db.backends.base.base import BaseDatabaseWrapper

from core.backups.left_out_rows import LEFT_OUT_ROWS

_CHECKSUM_SQL = """
    SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(md5(row::text), '' ORDER BY md5(row::text))), '')
    FROM {table} AS row
"""


def read_checksums(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Return how many rows each table has, and a checksum of them; without the tables whose rows no backup has."""
    checksums = {}
    with connection.cursor() as cursor:
        for name in sorted({*connection.introspection.table_names(cursor)} - LEFT_OUT_ROWS.keys()):
            cursor.execute(_CHECKSUM_SQL.format(table=connection.ops.quote_name(name)))
            checksums[name] = str(cursor.fetchone()[0])
    return checksums
