"""A problem's fingerprint, and problems and solutions as bytes to be kept."""

from __future__ import annotations

import hashlib
import io
from dataclasses import fields
from typing import Any

import numpy as np

from matching.engine.problem import Problem, Solution, array_names

_NUMBERS = ("value", "bound", "pairs")


def digest(problem: Problem) -> str:
    """64 hexadecimal digits over every array (name, type, shape, content): what the answer rests on."""
    sha = hashlib.sha256()
    for name in array_names():
        array = np.ascontiguousarray(getattr(problem, name))
        sha.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        sha.update(array.tobytes())
    return sha.hexdigest()


def pack(problem: Problem) -> bytes:
    """The problem, compressed."""
    return _pack({name: getattr(problem, name) for name in array_names()})


def unpack(packed: bytes) -> Problem:
    """What `pack` was given. Raises ValueError for anything else."""
    return Problem(**_unpack(packed, [*array_names()]))


def pack_solution(solution: Solution) -> bytes:
    """The solution, compressed."""
    return _pack({field.name: np.asarray(getattr(solution, field.name)) for field in fields(Solution)})


def unpack_solution(packed: bytes) -> Solution:
    """What `pack_solution` was given. Raises ValueError for anything else."""
    arrays = _unpack(packed, [field.name for field in fields(Solution)])
    values: dict[str, Any] = {name: int(value) if name in _NUMBERS else value for name, value in arrays.items()}
    values["cut"] = bool(values["cut"])
    return Solution(**values)


def _pack(arrays: dict[str, Any]) -> bytes:
    kept = io.BytesIO()
    np.savez_compressed(kept, allow_pickle=False, **arrays)
    return kept.getvalue()


def _unpack(packed: bytes, names: list[str]) -> dict[str, Any]:
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in names}
    except (KeyError, OSError, EOFError, ValueError) as error:
        raise ValueError(f"These bytes are not what was packed: {error}") from error
