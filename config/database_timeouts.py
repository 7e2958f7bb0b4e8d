"""How long a statement waits for a lock, runs, and leaves a transaction open: by the kind of the process.

One transaction that is stuck must not stop the others. A web process gives its thread back after some seconds, and a
transaction that was forgotten is ended by the database.
"""

from typing import Any, NamedTuple


class Timeouts(NamedTuple):
    """Times in seconds; 0 is no limit."""

    lock: int
    statement: int
    idle_in_transaction: int


TIMEOUTS_BY_PROCESS = {
    # PostgreSQL counts each lock by itself: who comes second for a row waits for its queue, and then for the row. So it
    # is twice the time until a thread is free again.
    "web": Timeouts(lock=3, statement=15, idle_in_transaction=10),
    # Clocks, notices, and runs over a few roles.
    "worker": Timeouts(lock=5, statement=60, idle_in_transaction=60),
    # A run over a million volunteers reads and stores for about a minute. It waits longer for a lock than any other
    # process may hold one.
    "matcher": Timeouts(lock=75, statement=900, idle_in_transaction=300),
    # Migrations, imports and whatever an operator starts: its operator sees it wait.
    "command": Timeouts(lock=75, statement=0, idle_in_transaction=0),
}

# A server that vanished without a word is noticed within a minute, not after the two hours of most systems.
KEEPALIVES = {
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 50_000,  # milliseconds
}
CONNECT_SECONDS = 5


def build_connection_options(process: str) -> dict[str, Any]:
    """Return the connection options of libpq for a kind of process. Raises KeyError for an unknown kind."""
    timeouts = TIMEOUTS_BY_PROCESS[process]
    settings = {
        "lock_timeout": timeouts.lock,
        "statement_timeout": timeouts.statement,
        "idle_in_transaction_session_timeout": timeouts.idle_in_transaction,
    }
    options = " ".join(f"-c {name}={seconds}s" for name, seconds in settings.items())
    return {"options": options, "connect_timeout": CONNECT_SECONDS, **KEEPALIVES}
