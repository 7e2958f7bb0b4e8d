"""`./run solve`: the engine on a bare instance, without a database."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from matching.engine.bare import Answer, Instance, read_arrays, read_gap, solve, warm_up

GAP_PREFIX = "gap:"
UNUSABLE_FILE = 2
DEFAULT_SECONDS = 60.0
GAP_FILE_SECONDS = 1.4


def main(arguments: list[str]) -> int:
    """Solve the named file and print one JSON object; return 2, after a sentence, for a file that cannot be used.

    `--out` names a new file, or an empty one: none that holds anything is written over.
    """
    options = _build_parser().parse_args(arguments)
    name: str = options.file
    out = _add_ending(options.out) if options.out else None
    if out is not None and _holds_something(out):
        print(f"{out} is there already, and is not written over. Name a new file with --out.", file=sys.stderr)
        return UNUSABLE_FILE
    try:
        is_gap = name.startswith(GAP_PREFIX)
        instance = read_gap(Path(name.removeprefix(GAP_PREFIX))) if is_gap else read_arrays(Path(name))
    except ValueError as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return UNUSABLE_FILE
    seconds = options.seconds or (GAP_FILE_SECONDS if instance.every else DEFAULT_SECONDS)
    warm_up()
    began = time.perf_counter()
    answer = solve(instance, stop=lambda: time.perf_counter() - began > seconds)
    print(json.dumps(_summarise_answer(answer, time.perf_counter() - began)))
    if out is not None:
        _write_answer(out, instance, answer)
    return 0


def _build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run solve", allow_abbrev=False)
    parser.add_argument("file", help="an .npz of arrays, or gap:FILE in the form of the OR-Library")
    parser.add_argument("--seconds", type=float, help="when to stop at the latest")
    parser.add_argument("--out", help="a new file for the chosen edges and the prices, as .npz")
    return parser


def _summarise_answer(answer: Answer, seconds: float) -> dict[str, object]:
    names = ("value", "bound", "gap", "filled", "feasible", "cut")
    return {**{name: getattr(answer, name) for name in names}, "seconds": round(seconds, 4)}


def _write_answer(path: Path, instance: Instance, answer: Answer) -> None:
    volunteers, roles = instance.edge_volunteer[answer.edges], instance.edge_role[answer.edges]
    np.savez(path, edge=answer.edges, volunteer=volunteers, role=roles, role_price=answer.role_price)


def _add_ending(name: str) -> Path:
    return Path(name if name.endswith(".npz") else f"{name}.npz")  # as NumPy does


def _holds_something(path: Path) -> bool:
    return os.path.lexists(path) and not (path.is_file() and not path.is_symlink() and path.stat().st_size == 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
