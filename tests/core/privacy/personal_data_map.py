"""Read docs/personal-data.csv: whose data each column of the database holds, and what erasure does to it."""

import csv
from dataclasses import dataclass
from pathlib import Path

MAP_FILE = Path(__file__).parents[3] / "docs" / "personal-data.csv"

SUBJECT_VALUES = {"nobody", "person", "volunteer", "member", "reviewer", "candidate", "campaign", "both"}
ERASURE_VALUES = {"none", "delete", "empty", "unlink", "id", "keep"}


@dataclass(frozen=True)
class ColumnEntry:
    """One line."""

    table: str
    column: str
    subject: str
    export: str
    erasure: str
    retention: str
    reason: str


def read_personal_data_map() -> list[ColumnEntry]:
    """Every line, in the file's order."""
    with MAP_FILE.open() as file:
        return [ColumnEntry(*line.values()) for line in csv.DictReader(file)]
