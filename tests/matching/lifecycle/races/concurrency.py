"""Many who do something at the same moment, each over a database connection of their own."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import connection
from django.db.models import QuerySet

from core.errors import HandraiserError

MAX_WAIT_SECONDS = 120.0  # seconds after which somebody who waits for a lock never gets it

Act = Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of them: what they got, or what they were told."""

    result: Any
    error: Exception | None

    @property
    def is_clean(self) -> bool:
        """Done, or refused in words that a person understands."""
        return self.error is None or isinstance(self.error, HandraiserError)


def run_at_once(acts: Sequence[Act]) -> list[Outcome]:
    """Start all actions at the same moment; return their outcomes in the same order."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[Outcome] = [Outcome(None, None)] * len(acts)

    def go(place: int, act: Act) -> None:
        try:
            with connection.cursor() as cursor:
                # A deadlock is to be found soon, and no wait lasts for ever.
                cursor.execute("SET deadlock_timeout = '100ms'; SET statement_timeout = '60s'")
            barrier.wait(MAX_WAIT_SECONDS)
            outcomes[place] = Outcome(act(), None)
        except Exception as error:
            outcomes[place] = Outcome(None, error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=each, daemon=True) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(MAX_WAIT_SECONDS)
    assert not any(thread.is_alive() for thread in threads), "A thread still waits."
    return outcomes


@contextmanager
def fail_on_logged_errors() -> Iterator[None]:
    """Fails when something that is logged rather than raised went wrong inside."""
    with structlog.testing.capture_logs() as lines:
        yield
    wrong = [line for line in lines if line["log_level"] in ("error", "critical")]
    assert wrong == []


@contextmanager
def disable_row_locks() -> Iterator[None]:
    """Switch every row lock off: `select_for_update` reads like an ordinary query."""
    locking = QuerySet.select_for_update

    def unlocked(self: Any, *_: Any, **__: Any) -> Any:
        return self.all()

    QuerySet.select_for_update = unlocked  # type: ignore[method-assign]
    try:
        yield
    finally:
        QuerySet.select_for_update = locking  # type: ignore[method-assign]


@contextmanager
def drop_index(name: str) -> Iterator[None]:
    """Drops an index, and makes it again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        made_by = cursor.fetchone()[0]
        cursor.execute(f'DROP INDEX "{name}"')
        try:
            yield
        finally:
            cursor.execute("TRUNCATE matching_match CASCADE")  # what broke it must not be in its way
            cursor.execute(made_by)
