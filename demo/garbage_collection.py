"""Pause Python's search for garbage while very many objects are made that are needed to the end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pausing_garbage_collection() -> Iterator[None]:
    """Search for no garbage within the block: of the time that seeding takes, the search would be nearly half."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
