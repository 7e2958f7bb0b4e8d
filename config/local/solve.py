"""`./run solve`: the engine on a bare instance, without a database."""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np

from matching.engine.bare import Answer, Instance, read_arrays, read_gap, solve, warm_up

GAP = "gap:"
BROKEN = 2
SECONDS = 60.0
GAP_SECONDS = 1.4


def main(arguments: list[str]) -> int:
    """Solve the named file and print one JSON object; 2, after a sentence, for a file that cannot be used."""
    options = _options().parse_args(arguments)
    name: str = options.file
    try:
        instance = read_gap(Path(name.removeprefix(GAP))) if name.startswith(GAP) else read_arrays(Path(name))
    except ValueError as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return BROKEN
    seconds = options.seconds or (GAP_SECONDS if instance.every else SECONDS)
    warm_up()
    began = time.perf_counter()
    answer = solve(instance, stop=lambda: time.perf_counter() - began > seconds)
    print(json.dumps(_told(answer, time.perf_counter() - began)))
    if options.out:
        _write(Path(options.out), instance, answer)
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run solve", allow_abbrev=False)
    parser.add_argument("file", help="an .npz of arrays, or gap:FILE in the form of the OR-Library")
    parser.add_argument("--seconds", type=float, help="when to stop at the latest")
    parser.add_argument("--out", help="where to write the chosen edges and the prices, as .npz")
    return parser


def _told(answer: Answer, seconds: float) -> dict[str, object]:
    return {
        "value": answer.value,
        "bound": answer.bound,
        "gap": answer.gap,
        "filled": answer.filled,
        "feasible": answer.feasible,
        "cut": answer.cut,
        "seconds": round(seconds, 4),
    }


def _write(path: Path, instance: Instance, answer: Answer) -> None:
    np.savez(
        path,
        edge=answer.edges,
        volunteer=instance.edge_volunteer[answer.edges],
        role=instance.edge_role[answer.edges],
        role_price=answer.role_price,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
