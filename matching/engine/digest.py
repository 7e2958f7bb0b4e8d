"""A problem's fingerprint, and problems and solutions as bytes to be kept."""

from __future__ import annotations

import hashlib
import io
from dataclasses import fields
from typing import Any

import numpy as np

from matching.engine.problem import Problem, Solution, Weights, array_names

_NUMBERS = ("value", "bound", "pairs")


def digest(problem: Problem) -> str:
    """64 hexadecimal digits over every array (name, type, shape, content) and the weights: what the answer rests on."""
    sha = hashlib.sha256()
    for name in array_names():
        array = np.ascontiguousarray(getattr(problem, name))
        sha.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        sha.update(array.tobytes())
    for field in fields(Weights):
        sha.update(f"{field.name} {getattr(problem.weights, field.name)}\n".encode())
    return sha.hexdigest()


def pack(problem: Problem) -> bytes:
    """The problem, compressed."""
    weights = [getattr(problem.weights, field.name) for field in fields(Weights)]
    return _pack({name: getattr(problem, name) for name in array_names()} | {"weights": np.array(weights, np.int64)})


def unpack(packed: bytes) -> Problem:
    """What `pack` was given. Raises ValueError for anything else."""
    arrays = _unpack(packed, [*array_names(), "weights"])
    values = arrays.pop("weights").tolist()
    weights = Weights(**{field.name: value for field, value in zip(fields(Weights), values, strict=True)})
    return Problem(**arrays, weights=weights)


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
