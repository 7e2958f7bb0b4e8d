"""Spreadsheets for the tests of imports: their columns have the names of the fields."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

from core.errors import Invalid
from core.imports.fields import ImportField
from core.imports.file_import import import_file
from core.imports.importers import Importer, ImportOutcome, get_importer
from core.imports.mapping import load_mapping

POOL = (
    *("federal", "state", "US-OR", "US-WA", "democratic", "green", "yes", "no", "2", "3", "es", "fr", "evenings"),
    *("weekends", "front-end", "ui-design", "America/New_York", "America/Chicago", "rolling", "whole"),
    *("ann@example.org", "ben@example.org", "Ann", "Ben"),
)
"""Texts of which each field takes two, unless `TEXTS` has its own."""

TEXTS: Mapping[str, tuple[str, str]] = {
    "campaign": ("c1", "c2"),
    "campaign_source": ("sheet", "elsewhere"),
    "election_on": ("+100", "+101"),
    "starts_on": ("+7", "+14"),
    "ends_on": ("+60", "+70"),
    "first_name": ("Ann", "Ben"),
    "last_name": ("Lee", "Ray"),
    "skills": ("Code", "Design"),
    "skill_level": ("2", "3"),
}
"""Two texts for each field that names something that is here, or that is judged together with another."""

SKILLS = '[[skills]]\ncolumn = "skills"\nlevel_from = { column = "skill_level" }\n'
SKILLS += 'values = { "Code" = "front-end", "Design" = "ui-design" }\n'

Cells = dict[str, str]


class Sheet:
    """Imports rows of one kind, from columns that have the names of the fields."""

    def __init__(self, folder: Path, kind: str, at: datetime, source: str = "sheet") -> None:
        self.folder, self.at, self.today = folder, at, at.date()
        self.importer: Importer = get_importer(kind)
        self.fields = {field.name: field for field in self.importer.fields()}
        self.columns = [*self.fields, *(("skills", "skill_level") if self.importer.takes_skills else ())]
        mapping = f'[source]\nname = "{source}"\nkey = ["key"]\n'
        mapping += "".join(f'[fields.{name}]\ncolumn = "{name}"\n' for name in self.fields)
        path = folder / f"{kind}-{source}.toml"
        path.write_text(mapping + (SKILLS if self.importer.takes_skills else ""))
        self.mapping = load_mapping(path, self.importer, self.today)
        self._numbers = count()

    def texts(self, name: str) -> tuple[str, str]:
        """Two texts that mean different values of a field."""
        if name in TEXTS:
            return TEXTS[name]
        values: dict[object, str] = {}
        for text in POOL:
            for value in _read(self.fields[name], text, self.today):
                values.setdefault(value, text)
        assert len(values) > 1, f"Give {name} two texts."
        first, second, *_others = values.values()
        return first, second

    def base(self) -> Cells:
        """The first text of every field."""
        return {"key": "k1"} | {name: self.texts(name)[0] for name in self.columns}

    def load(self, *rows: Cells) -> tuple[list[ImportOutcome], list[str]]:
        """Import these rows; return the outcomes of those that were taken, and the reasons of the others."""
        number = next(self._numbers)
        file, rejects = self.folder / f"rows-{number}.csv", self.folder / f"rejects-{number}.csv"
        with file.open("w", newline="") as stream:
            writer = csv.DictWriter(stream, ["key", *self.columns])
            writer.writeheader()
            writer.writerows(rows)
        # Each import is a moment later, as on the clock of a server.
        at = self.at + timedelta(seconds=number)
        report = import_file(file, importer=self.importer, mapping=self.mapping, rejects=rejects, at=at)
        reasons: list[str] = []
        if rejects.exists():
            with rejects.open(newline="") as stream:
                reasons = [row["why rejected"] for row in csv.DictReader(stream)]
        return list(report.outcomes.elements()), reasons


def _read(field: ImportField, text: str, today: date) -> Iterator[object]:
    try:
        yield field.read(text, today)
    except Invalid:
        return
