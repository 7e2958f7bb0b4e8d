"""How a kernel is compiled: serial, without Python's lock, kept on disk where there is a place to keep it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit
from numba.core import config

KERNELS = Path(__file__).parent
SOURCES = [*KERNELS.glob("*.py"), *(KERNELS.parent / f"{name}.py" for name in ("market", "postings", "problem"))]


def fingerprint(sources: Iterable[Path]) -> str:
    """A name for what these files say."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(sources))).hexdigest()[:16]


# A kernel contains those that it calls, but what was compiled is kept for as long as its own file stays as it is. So
# there is a place for every version of all of them.
settings: Any = config
settings.CACHE_DIR = str(Path(settings.CACHE_DIR or KERNELS / "__pycache__") / fingerprint(SOURCES))

HOW: dict[str, Any] = {"nogil": True, "_nrt": False, "forceinline": True}

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """The function, compiled at its first call for the types that it is given.

    Kernels are serial: whoever wants two of them at once starts two threads, so that nothing of ours breaks in a
    process that forks. Bounds are not checked while they run: every scratch array is sized from the data. They make and
    return no arrays, so none has to be counted: with that, and calls written out in place, they take a fifth of the
    time, most of which went into counting the arrays of a market at every call.
    """
    try:
        return cast(F, njit(cache=True, **HOW)(function))
    except RuntimeError:  # neither this folder nor the user's can be written
        return cast(F, njit(**HOW)(function))
