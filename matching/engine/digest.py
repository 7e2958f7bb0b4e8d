"""A problem's fingerprint, and problems and solutions as bytes to be kept."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from matching.engine.problem import Int, Problem, Solution, array_names
from matching.rules.score_parts import PART_NAMES, PARTS, Scope, list_parts

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
    return _pack({name: getattr(problem, name) for name in array_names()} | _names_of_parts())


def unpack(packed: bytes) -> Problem:
    """What `pack` was given. Raises ValueError for anything else."""
    return Problem(**_align_problem(_unpack(packed, [*array_names(), *_names_of_parts()])))


def unpack_ids(packed: bytes) -> tuple[Int, Int]:
    """The ids of volunteers and of roles in what `pack` gave, and nothing else of it. Raises ValueError as `unpack`."""
    ids = _unpack(packed, ["volunteer_id", "role_id"])
    return ids["volunteer_id"], ids["role_id"]


def pack_solution(solution: Solution) -> bytes:
    """The solution, compressed."""
    arrays = {field.name: np.asarray(getattr(solution, field.name)) for field in fields(Solution)}
    return _pack(arrays | _names_of_parts())


def unpack_solution(packed: bytes) -> Solution:
    """What `pack_solution` was given. Raises ValueError for anything else."""
    arrays = _unpack(packed, [*(field.name for field in fields(Solution)), *_names_of_parts()])
    names, _ = _pop_names(arrays)
    arrays["parts"] = _align_columns(arrays["parts"], names, PART_NAMES)
    values: dict[str, Any] = {name: int(value) if name in _NUMBERS else value for name, value in arrays.items()}
    values["cut"] = bool(values["cut"])
    return Solution(**values)


def _names_of_parts() -> dict[str, Any]:
    """What the columns of parts mean: what was packed stays readable when a part is added to the score or taken out."""
    return {"part_names": np.array(PART_NAMES), "part_scopes": np.array([part.scope.value for part in PARTS])}


def _pop_names(arrays: dict[str, Any]) -> tuple[list[str], list[str]]:
    return arrays.pop("part_names").tolist(), arrays.pop("part_scopes").tolist()


def _align_problem(arrays: dict[str, Any]) -> dict[str, Any]:
    """Bring the columns of parts into today's order. A part that was not there has no numbers, and no weight."""
    names, scopes = _pop_names(arrays)
    before = {scope: [name for name, its in zip(names, scopes, strict=True) if its == scope] for scope in Scope}
    today = {scope: [part.name for part in list_parts(scope)] for scope in Scope}
    for scope, table in _TABLES.items():
        arrays[table] = _align_columns(arrays[table], before[scope], today[scope])
    arrays["weights"] = _align_columns(arrays["weights"][None], names, PART_NAMES)[0]
    places = [today[Scope.PAIR].index(name) if name in today[Scope.PAIR] else -1 for name in before[Scope.PAIR]]
    arrays["listed_part"] = np.array([*places, -1], np.int64)[arrays["listed_part"]]
    there = arrays["listed_part"] >= 0
    return arrays | {name: arrays[name][there] for name in arrays if name.startswith("listed_")}


_TABLES = {
    Scope.REQUEST: "request_numbers",
    Scope.VOLUNTEER: "volunteer_numbers",
    Scope.CLAIM: "claim_numbers",
}


def _align_columns(table: Int, before: Sequence[str], today: Sequence[str]) -> Int:
    """[n, today's names] the columns of these names; zeros where there was none."""
    if [*before] == [*today]:
        return table
    aligned = np.zeros((len(table), len(today)), np.int64)
    for column, name in enumerate(today):
        if name in before:
            aligned[:, column] = table[:, before.index(name)]
    return aligned


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
