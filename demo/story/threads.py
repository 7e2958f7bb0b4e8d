"""Play several threads of events in the order of time, each event at a moment of its own in the past."""

from collections.abc import Callable, Generator, Iterable
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

Thread = Generator[datetime, datetime, None]
"""Yields the moment at which it goes on, and is sent that moment when it has come."""
LULL = timedelta(minutes=30)


def play_threads(threads: Iterable[Thread], *, until: datetime, in_lull: Callable[[datetime], None]) -> int:
    """Play all threads to their end and return how many events there were.

    The earliest event of all threads comes first; at the same moment, that of the earlier thread. `in_lull` is called
    with the moment of each event that no other follows within `LULL`. Raises ValueError for an event after `until`, or
    before the last one of its thread.
    """
    waiting = [(moment, number, thread) for number, thread in enumerate(threads) if (moment := next(thread, None))]
    heapify(waiting)
    event_count = 0
    while waiting:
        moment, number, thread = heappop(waiting)
        if moment > until:
            raise ValueError(f"An event at {moment} lies in the future: it is {until}.")
        following = _resume(thread, moment)
        event_count += 1
        if following is not None:
            if following < moment:
                raise ValueError(f"An event at {following} follows one at {moment}: a thread goes forward only.")
            heappush(waiting, (following, number, thread))
        if not waiting or waiting[0][0] > moment + LULL:
            in_lull(moment)
    return event_count


def _resume(thread: Thread, moment: datetime) -> datetime | None:
    try:
        return thread.send(moment)
    except StopIteration:
        return None
