"""A row of a spreadsheet is told all of its mistakes at once: what cannot be read, and what breaks a rule."""

import csv
from datetime import datetime
from pathlib import Path

import pytest

from campaigns.models import Campaign, Request
from core.imports.file_import import import_file
from core.imports.importers import get_importer
from core.imports.mapping import load_mapping
from tests.cast import Cast

CAMPAIGNS = ("jurisdiction", "office", "level", "election_on", "candidate")
REQUESTS = ("title", "starts_on", "ends_on", "role", "skill", "hours_per_week")


def list_reasons(folder: Path, kind: str, columns: tuple[str, ...], cells: str, at: datetime) -> str:
    """The reason for which a file of one row is refused; the columns have the names of the fields."""
    fields = "".join(f'[fields.{name}]\ncolumn = "{name}"\n' for name in columns)
    (folder / "mapping.toml").write_text(f'[source]\nname = "sheet"\nkey = ["id"]\n{fields}')
    file = folder / "rows.csv"
    file.write_text(f"id,{','.join(columns)}\n1,{cells}\n")
    importer = get_importer(kind)
    mapping = load_mapping(folder / "mapping.toml", importer, at.date())
    report = import_file(file, importer=importer, mapping=mapping, rejects=folder / "rejects.csv", at=at)
    assert report.rejected == 1
    with (folder / "rejects.csv").open(newline="") as rejects:
        return next(csv.DictReader(rejects))["why rejected"]


@pytest.mark.parametrize(
    ("kind", "columns", "cells", "fields"),
    [
        ("campaigns", CAMPAIGNS, "US-WA,Mayor,galactic,2090-11-03,", ["level", "candidate", "election_on"]),
        ("requests", REQUESTS, "Site,2026-04-02,2026-04-01,One,juggling,99", ["skill", "hours_per_week", "ends_on"]),
    ],
)
def test_the_reason_names_every_field_that_is_wrong(
    cast: Cast, tmp_path: Path, now: datetime, kind: str, columns: tuple[str, ...], cells: str, fields: list[str]
) -> None:
    before = (Campaign.objects.count(), Request.objects.count())

    reason = list_reasons(tmp_path, kind, columns, cells, now)

    assert [name for name in fields if f"{name}: " in reason] == fields, reason
    assert (Campaign.objects.count(), Request.objects.count()) == before
