"""`./run bench`: the engine beside other solvers, on seeded instances, all measured in the same call."""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks import engine, scale
from benchmarks.instances import Size


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
    rows = scale.measure(size) if options.what == "scale" else engine.compare(size, seconds=options.seconds)
    if options.json:
        print(json.dumps({"what": options.what, **vars(size), "rows": rows}))
        return 0
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items() if value not in (None, "")))
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench", allow_abbrev=False)
    parser.add_argument("what", choices=["engine", "scale"])
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
