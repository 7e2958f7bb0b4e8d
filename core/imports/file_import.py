"""The import itself: good rows go in, bad rows come back with their reasons."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import DatabaseError, connection, transaction

from core.errors import HandraiserError, Invalid
from core.imports.csv_reader import read_cells, read_header
from core.imports.importers import Importer, ImportOutcome, ImportRow
from core.imports.mapping import ImportMapping
from core.imports.row_reader import read_row

ROWS_PER_BATCH = 500

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class ImportReport:
    """What became of the rows, and of how many each field was filled in by the mapping."""

    outcomes: Counter[ImportOutcome] = field(default_factory=Counter)
    rejected: int = 0
    assumed_counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _ReadableRow:
    line: int
    raw: list[str]
    row: ImportRow


def import_file(
    path: Path,
    *,
    importer: Importer,
    mapping: ImportMapping,
    rejects: Path,
    at: datetime,
    dry_run: bool = False,
    progress: Callable[[int], object] = bool,
) -> ImportReport:
    """Reads a spreadsheet into rows of this kind, and writes those that cannot be taken to `rejects`, with the reason.

    A file that cannot be used at all raises Invalid before a row is written. A row is taken whole or not at all; rows
    that were taken before are found again by their keys. A dry run does all of it, and takes it back.
    """
    header = read_header(path, mapping)
    report = ImportReport()
    for _ in read_cells(path, mapping, header):  # a broken file is refused before anything of it is taken
        pass
    with rejects.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*map(_escape_formula, header), "reason"])

        def reject(raw: list[str], line: int, reason: str) -> None:
            report.rejected += 1
            cells = [*raw, *[""] * (len(header) - len(raw))]
            writer.writerow([*map(_escape_formula, cells), f"Line {line}: {reason}"])

        with transaction.atomic():
            rows = _read_rows(path, importer, mapping, header, at, reject, progress)
            while batch := list(islice(rows, ROWS_PER_BATCH)):
                _load_batch(batch, importer, mapping, at, reject, report)
            if dry_run:
                transaction.set_rollback(True)
    if not dry_run:
        _update_table_statistics()
    return report


def _update_table_statistics() -> None:
    """Tells the database how much there is now: until it knows, it plans for empty tables, and a run takes minutes."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _read_rows(
    path: Path,
    importer: Importer,
    mapping: ImportMapping,
    header: list[str],
    at: datetime,
    reject: Callable[[list[str], int, str], None],
    progress: Callable[[int], object],
) -> Iterator[_ReadableRow]:
    seen: set[str] = set()
    for line, raw, cells in read_cells(path, mapping, header):
        progress(1)
        try:
            if isinstance(cells, str):
                raise Invalid(cells)
            row = read_row(mapping, line, cells, at.date())
            if row.key in seen and not importer.may_repeat_key:
                raise Invalid("An earlier row has the same key: keep one of them, or name more columns as the key.")
        except Invalid as error:
            reject(raw, line, error.message)
        else:
            yield _ReadableRow(line, raw, replace(row, is_first=row.key not in seen))
            seen.add(row.key)


def _load_batch(
    batch: list[_ReadableRow],
    importer: Importer,
    mapping: ImportMapping,
    at: datetime,
    reject: Callable[[list[str], int, str], None],
    report: ImportReport,
) -> None:
    """All rows at once, which is quick; when one of them is refused, each on its own."""
    try:
        with transaction.atomic():
            outcomes = importer.load(rows=[taken.row for taken in batch], source=mapping.source.name, at=at)
    except (HandraiserError, DatabaseError) as error:
        if len(batch) == 1:
            reject(batch[0].raw, batch[0].line, _rejection_reason(error))
            return
        for taken in batch:
            _load_batch([taken], importer, mapping, at, reject, report)
        return
    report.outcomes.update(outcomes)
    for taken in batch:
        report.assumed_counts.update(taken.row.assumed_fields)


def _rejection_reason(error: HandraiserError | DatabaseError) -> str:
    if isinstance(error, HandraiserError):
        return error.message
    return f"The database refuses it: {str(error).splitlines()[0]}"


def _escape_formula(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
