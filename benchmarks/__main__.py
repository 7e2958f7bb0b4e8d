"""`./run bench`: the engine beside other solvers, on seeded instances, all measured in the same call."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable

from benchmarks import engine, growth, placing, scale
from benchmarks.instances import Size
from benchmarks.tables import database, fill


def main(arguments: list[str]) -> int:
    """Measure what the first argument names and print it."""
    options = _options().parse_args(arguments)
    size = Size(
        volunteers=options.volunteers,
        roles=options.roles,
        scarcity=options.scarcity,
        seed=options.seed,
        single=options.single,
    )
    rows = MEASURES[options.what](size, options)
    if options.json:
        print(json.dumps({"what": options.what, **vars(size), "rows": rows}))
        return 0
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items() if value not in (None, "")))
    return 0


def _in_tables(module: str) -> Callable[[Size, argparse.Namespace], list[Row]]:
    """What is measured with a database: imported once there are models."""

    def measure(size: Size, options: argparse.Namespace) -> list[Row]:
        with database():
            fill(size.volunteers, size.roles // 6)
            rows: list[Row] = importlib.import_module(f"benchmarks.{module}").measure()
            return rows

    return measure


def _planted(module: str) -> Callable[[Size, argparse.Namespace], list[Row]]:
    """The same with a generated problem as rows."""

    def measure(size: Size, options: argparse.Namespace) -> list[Row]:
        with database():
            rows: list[Row] = importlib.import_module(f"benchmarks.{module}").measure(size)
            return rows

    return measure


def _incremental(size: Size, options: argparse.Namespace) -> list[Row]:
    stored = [] if size.volunteers > STORED else _in_tables("incremental")(size, options)
    return stored + placing.measure(size)


Row = dict[str, object]
STORED = 200_000  # volunteers, up to which declines are made in a database too; of more the engine's part is measured
MEASURES: dict[str, Callable[[Size, argparse.Namespace], list[Row]]] = {
    "api": _planted("api"),
    "engine": lambda size, options: engine.compare(size, seconds=options.seconds),
    "growth": lambda size, options: growth.measure(size),
    "scale": lambda size, options: scale.measure(size),
    "snapshot": _in_tables("snapshot"),
    "incremental": _incremental,
    "preview": _planted("preview"),
    "whole": _planted("whole"),
}


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench", allow_abbrev=False)
    parser.add_argument("what", choices=sorted(MEASURES))
    parser.add_argument("--volunteers", type=int, default=4_500)
    parser.add_argument("--roles", type=int, default=1_800, help="roles of one seat each, before --scarcity")
    parser.add_argument("--scarcity", type=int, default=1, help="multiplies the seats")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--single", action="store_true", help="everybody takes one project")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each of the slow solvers")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
