"""Measure how long files and functions are. The engine, migrations, tests and generated lists are left out."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
ENGINE = ROOT / "matching" / "engine"
GENERATED = "Made by `./run manage write_reference`"
SHARES = (90, 95, 99)


class Length(NamedTuple):
    """The lines of a file or of a function, and where it is."""

    lines: int
    place: str


def read_sources() -> dict[str, str]:
    """Return the text of each file by its path; an empty file has no length."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return {
        str(path.relative_to(ROOT)): text
        for path in [*paths, ROOT / "manage.py"]
        if "migrations" not in path.parts and not path.is_relative_to(ENGINE) and (text := path.read_text())
    }


def list_file_lengths(sources: dict[str, str]) -> list[Length]:
    return [Length(text.count("\n"), path) for path, text in sources.items() if GENERATED not in text[:200]]


def list_function_lengths(sources: dict[str, str]) -> list[Length]:
    return [
        Length((node.end_lineno or node.lineno) - node.lineno + 1, f"{path}:{node.lineno} {node.name}")
        for path, text in sources.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def measure_share(lengths: list[Length], share: int) -> tuple[float, list[str]]:
    """Return the length that this share of them, in per cent, stay below or at, and the longer ones, longest first."""
    ascending = sorted(lengths)
    limit = ascending[min(len(ascending) * share // 100, len(ascending) - 1)].lines
    longer = [length for length in reversed(ascending) if length.lines >= limit]
    return limit, [f"{length.place}: {length.lines} lines" for length in longer]


def measure_lengths() -> dict[str, tuple[float, list[str]]]:
    """Return each measure of lengths by its title, with what is at it or above it."""
    sources = read_sources()
    kinds = {"file": list_file_lengths(sources), "function": list_function_lengths(sources)}
    return {
        f"lines of a {kind}, {'longest' if share == 100 else f'{share} of 100'}": measure_share(lengths, share)
        for kind, lengths in kinds.items()
        for share in (*SHARES, 100)
    }
