"""A transaction that holds a request and does not end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, connections

from campaigns.models import Request


@contextmanager
def holding_request(request: Request) -> Iterator[None]:
    """Hold the request's row as a process that has stopped in the middle does."""
    stuck = connections["counters"].copy()
    stuck.set_autocommit(False)
    try:
        with stuck.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {Request._meta.db_table} WHERE id = %s FOR UPDATE", [request.pk])
        yield
    finally:
        stuck.rollback()
        stuck.close()
        connection.close()
