"""How a kernel is compiled: serial, without Python's lock, kept on disk where there is a place to keep it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """The function, compiled at its first call for the types that it is given.

    Kernels are serial: whoever wants two of them at once starts two threads, so that nothing of ours breaks in a
    process that forks. Bounds are not checked while they run: every scratch array is sized from the data.
    """
    try:
        return cast(F, njit(cache=True, nogil=True)(function))
    except RuntimeError:  # neither this folder nor the user's can be written
        return cast(F, njit(nogil=True)(function))
