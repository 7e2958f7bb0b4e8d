"""`./run bench`: measure the engine beside other solvers, on seeded instances, all in the same call."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections.abc import Callable

from benchmarks import engine, growth, incremental_engine, scale
from benchmarks.database import fill_database, open_bench_database
from benchmarks.instances import ProblemSize

ResultRow = dict[str, object]


def main(arguments: list[str]) -> int:
    """Measure what the first argument names and print the rows."""
    options = _build_parser().parse_args(arguments)
    size = ProblemSize(
        volunteers=options.volunteers,
        roles=options.roles,
        scarcity=options.scarcity,
        seed=options.seed,
        one_project_each=options.single,
    )
    rows = MEASURES[options.what](size, options)
    if options.json:
        print(json.dumps({"what": options.what, **vars(size), "rows": rows}))
        return 0
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items() if value not in (None, "")))
    return 0


def _measure_on_demo_copies(module: str, function: str) -> Callable[[ProblemSize, argparse.Namespace], list[ResultRow]]:
    """Return a measurement on copies of the demo; its module is imported once models are loaded."""

    def measure(size: ProblemSize, options: argparse.Namespace) -> list[ResultRow]:
        with open_bench_database():
            fill_database(size.volunteers, size.roles // 6)
            rows: list[ResultRow] = getattr(importlib.import_module(f"benchmarks.{module}"), function)()
            return rows

    return measure


def _measure_on_generated_rows(
    module: str, function: str
) -> Callable[[ProblemSize, argparse.Namespace], list[ResultRow]]:
    """Return a measurement on a generated problem that is stored as rows."""

    def measure(size: ProblemSize, options: argparse.Namespace) -> list[ResultRow]:
        with open_bench_database():
            rows: list[ResultRow] = getattr(importlib.import_module(f"benchmarks.{module}"), function)(size)
            return rows

    return measure


def _measure_api(size: ProblemSize, options: argparse.Namespace) -> list[ResultRow]:
    with open_bench_database():
        rows: list[ResultRow] = importlib.import_module("benchmarks.api").measure_api(size.seed)
        return rows


def _measure_api_document(size: ProblemSize, options: argparse.Namespace) -> list[ResultRow]:
    with open_bench_database():
        rows: list[ResultRow] = importlib.import_module("benchmarks.api_document").measure_api_document()
        return rows


def _measure_incremental(size: ProblemSize, options: argparse.Namespace) -> list[ResultRow]:
    decline_rows = (
        []
        if size.volunteers > MAX_STORED_VOLUNTEERS
        else _measure_on_demo_copies("incremental", "measure_declines")(size, options)
    )
    return decline_rows + incremental_engine.measure_placements(size)


def _measure_sign_up() -> list[ResultRow]:
    with open_bench_database():
        rows: list[ResultRow] = importlib.import_module("benchmarks.sign_up").measure_sign_up()
        return rows


MAX_STORED_VOLUNTEERS = 200_000
"""Up to here declines are also measured in a database; above, only the engine's part is."""
MEASURES: dict[str, Callable[[ProblemSize, argparse.Namespace], list[ResultRow]]] = {
    "api-document": _measure_api_document,
    "api": _measure_api,
    "engine": lambda size, options: engine.compare_solvers(size, seconds=options.seconds),
    "growth": lambda size, options: growth.measure_growth(size),
    "scale": lambda size, options: scale.measure_scale(size),
    "lighthouse": _measure_on_demo_copies("lighthouse", "measure_with_lighthouse"),
    "pages": _measure_on_demo_copies("pages", "measure_pages"),
    "snapshot": _measure_on_demo_copies("snapshot", "measure_snapshot"),
    "incremental": _measure_incremental,
    "sign-up": lambda size, options: _measure_sign_up(),
    "supply-estimate": _measure_on_generated_rows("supply_estimate", "measure_supply_estimate"),
    "fits": _measure_on_generated_rows("fits", "measure_fits"),
    "meeting-reminders": _measure_on_generated_rows("meeting_reminders", "measure_sweep"),
    "full-run": _measure_on_generated_rows("full_run", "measure_full_run"),
}


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench", allow_abbrev=False)
    parser.add_argument("what", choices=sorted(MEASURES))
    parser.add_argument("--volunteers", type=int, default=4_500)
    parser.add_argument("--roles", type=int, default=1_800, help="roles of one seat each, before --scarcity")
    parser.add_argument("--scarcity", type=int, default=1, help="multiplies the seats")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--single", action="store_true", help="each volunteer takes one project")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each of the slow solvers")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
