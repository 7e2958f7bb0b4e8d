"""What a database says when it is away, or when a lock is not given in time; and short waits for locks."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

import psycopg
from django.db import Error, InterfaceError, OperationalError, connection


class DatabaseTrouble(Enum):
    """Why the database did not do something that may be tried again."""

    AWAY = "away"
    BUSY = "busy"


# Lock not given in time, statement over its time, deadlock, serialization: another transaction was in the way. Or the
# machine is so busy that a transaction idled for too long, or took too long as a whole.
_BUSY_STATES = frozenset({"55P03", "57014", "40P01", "40001", "25P03", "25P04"})
_SWEEP_LOCK_TIMEOUT = "100ms"


def find_database_trouble(error: BaseException | None) -> DatabaseTrouble | None:
    """Return what trouble this error of the database is; None when it is another error, such as a defect."""
    if isinstance(error, Error) and _find_state(error) in _BUSY_STATES:
        return DatabaseTrouble.BUSY
    # An InterfaceError says that the connection was closed under us.
    return DatabaseTrouble.AWAY if isinstance(error, InterfaceError | OperationalError) else None


def is_row_locked(error: BaseException) -> bool:
    """Return whether this says that a lock was not given in time."""
    return isinstance(error, OperationalError) and _find_state(error) == "55P03"


def _find_state(error: Error) -> str | None:
    cause = error.__cause__
    return cause.sqlstate if isinstance(cause, psycopg.Error) else None


@contextmanager
def passing_over_locks() -> Iterator[None]:
    """Within the block wait a tenth of a second for a lock, and raise OperationalError after it.

    For sweeps: what is locked is being changed, and the next sweep finds it again.
    """
    _set_lock_timeout(f"SET lock_timeout = '{_SWEEP_LOCK_TIMEOUT}'")
    try:
        yield
    finally:
        _set_lock_timeout("RESET lock_timeout")


def lengthen_timeouts(*, lock: int, statement: int) -> None:
    """Let the statements of this transaction wait for locks, and run, for so many seconds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{lock:d}s'; SET LOCAL statement_timeout = '{statement:d}s'")


@contextmanager
def leaving_locked_rows() -> Iterator[None]:
    """Leave the block quietly when a lock in it was not given in time. Put it around a transaction, not into one."""
    try:
        yield
    except OperationalError as error:
        if not is_row_locked(error):
            raise


def _set_lock_timeout(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
