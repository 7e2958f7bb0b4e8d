"""Let a request to end be like Ctrl-C, so that a command takes back what is unfinished."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def ending_like_interrupted() -> Iterator[None]:
    """Raise SystemExit in the block when the process is asked to end: its `finally` blocks run."""

    def stop(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    is_main = threading.current_thread() is threading.main_thread()
    endings = [ending for ending in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(ending) == signal.SIG_DFL]
    former = {ending: signal.signal(ending, stop) for ending in endings} if is_main else {}
    try:
        yield
    finally:
        for ending, handler in former.items():
            signal.signal(ending, handler)
