"""docs/personal-data.csv, read: what every column of the database holds about whom, and what becomes of it."""

import csv
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[2] / "docs" / "personal-data.csv"

WHOSE = {"nobody", "person", "volunteer", "member", "reviewer", "candidate", "campaign", "both"}
ERASURE = {"none", "delete", "empty", "unlink", "id", "keep"}


@dataclass(frozen=True)
class Column:
    """One line."""

    table: str
    column: str
    whose: str
    export: str
    erasure: str
    kept: str
    why: str


def read() -> list[Column]:
    """Every line, in the file's order."""
    with FILE.open() as file:
        return [Column(**line) for line in csv.DictReader(file)]
