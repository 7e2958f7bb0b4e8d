"""Import a spreadsheet: load the rows that can be taken, and write the others to a file with the reasons."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from core.errors import FieldError, HandraiserError, Invalid
from core.imports.csv_reader import read_cells, read_header
from core.imports.importers import Importer, ImportOutcome, ImportRow
from core.imports.mapping import ImportMapping
from core.imports.rejects_file import REASON_COLUMN, create_rejects_file, escape_formula
from core.imports.row_reader import read_row
from core.table_statistics import update_table_statistics
from core.text_folding import fold_name

ROWS_PER_BATCH = 500


@dataclass(slots=True)
class ImportReport:
    """Count the rows by their outcome, and by field the rows whose value came from the mapping."""

    outcomes: Counter[ImportOutcome] = field(default_factory=Counter)
    rejected: int = 0
    assumed_counts: Counter[str] = field(default_factory=Counter)


_RowName = tuple[str, str | None]
"""The key of a row, and the part that it names; None stands for the key as a whole."""


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
    """Load the rows of a spreadsheet, and write those that cannot be taken to `rejects`, each with the reason.

    Raises Invalid, before a row is written, when the file cannot be used at all, or there is a file `rejects` already.
    Without a rejected row there is no such file. A row is taken whole or not at all. Imports are idempotent: a row that
    was imported before is found by its key. A dry run does all of it and rolls back; it writes `rejects` too.
    """
    header = read_header(path, mapping)
    report = ImportReport()
    # The first pass only reads: a file that breaks at its end is refused before a row of it is loaded.
    for _cells in read_cells(path, mapping, header):
        pass
    # The file takes its name before the rows are committed: if it cannot, none is loaded.
    encoding = mapping.source.encoding.removesuffix("-sig")
    with transaction.atomic(), create_rejects_file(rejects, encoding) as file:
        reject = _make_reject_writer(file, header, mapping, report)
        rows = _read_rows(path, importer, mapping, header, at, reject, progress)
        loaded: set[_RowName] = set()
        while batch := list(islice(rows, ROWS_PER_BATCH)):
            _load_batch(batch, importer, mapping, at, reject, report, loaded)
        if dry_run:
            transaction.set_rollback(True)
    if not dry_run:
        update_table_statistics()
    return report


def _make_reject_writer(
    file: TextIO, header: list[str], mapping: ImportMapping, report: ImportReport
) -> Callable[[list[str], int, str], None]:
    """Return the function that writes a rejected row, in the form that the mapping reads, with the reason.

    The reason has a column of its own after those of the header; cells without a column follow it. A reason of an
    earlier import is left out.
    """
    writer = csv.writer(file, delimiter=mapping.source.delimiter)
    is_repeated = REASON_COLUMN in header
    column_count = len(header) - is_repeated

    def write_row(cells: list[str], reason: str) -> None:
        kept = [*map(escape_formula, cells)]
        if is_repeated:
            del kept[header.index(REASON_COLUMN)]
        writer.writerow([*kept[:column_count], reason, *kept[column_count:]])

    def reject(raw: list[str], line: int, reason: str) -> None:
        if not report.rejected:
            write_row(header, REASON_COLUMN)
        report.rejected += 1
        cells = [*raw, *[""] * (len(header) - len(raw))]
        write_row(cells, _("Line %(line)s: %(reason)s") % {"line": line, "reason": reason})

    return reject


def _read_rows(
    path: Path,
    importer: Importer,
    mapping: ImportMapping,
    header: list[str],
    at: datetime,
    reject: Callable[[list[str], int, str], None],
    progress: Callable[[int], object],
) -> Iterator[_ReadableRow]:
    seen_keys: set[str] = set()
    for line, raw, cells in read_cells(path, mapping, header):
        progress(1)
        try:
            if isinstance(cells, str):
                raise Invalid(cells)
            row = read_row(mapping, line, cells, at.date(), importer.check)
            if row.key in seen_keys:
                raise Invalid(_("An earlier row has the same key: keep one of them, or name more columns as the key."))
        except Invalid as error:
            reject(raw, line, _rejection_reason(error))
        else:
            yield _ReadableRow(line, raw, row)
            if not importer.may_repeat_key:
                seen_keys.add(row.key)


def _load_batch(
    batch: list[_ReadableRow],
    importer: Importer,
    mapping: ImportMapping,
    at: datetime,
    reject: Callable[[list[str], int, str], None],
    report: ImportReport,
    loaded: set[_RowName],
) -> None:
    """Load the rows of a batch. `loaded` has the names of those that went in, and gets those of this batch."""
    rows, names = _mark_repeated_rows([readable.row for readable in batch], importer, loaded)
    # All rows in one statement are quick. When one is refused, each is loaded alone, so that the others still go in.
    try:
        with transaction.atomic():
            outcomes = importer.load(rows=rows, source=mapping.source.name, at=at)
    except (HandraiserError, DatabaseError) as error:
        if len(batch) == 1:
            reject(batch[0].raw, batch[0].line, _rejection_reason(error))
            return
        for readable in batch:
            _load_batch([readable], importer, mapping, at, reject, report, loaded)
        return
    loaded |= names
    report.outcomes.update(outcomes)
    for readable in batch:
        report.assumed_counts.update(readable.row.assumed_fields)


def _mark_repeated_rows(
    rows: list[ImportRow], importer: Importer, loaded: set[_RowName]
) -> tuple[list[ImportRow], set[_RowName]]:
    """Return the rows, each knowing whether an earlier one has its key or its part, and the names of all of them."""
    if not importer.may_repeat_key:
        return rows, set()
    marked: list[ImportRow] = []
    names: set[_RowName] = set()
    for row in rows:
        whole, part = (row.key, None), (row.key, fold_name(str(row.values.get(importer.part_field, ""))))
        is_first, is_first_of_part = (name not in loaded and name not in names for name in (whole, part))
        marked.append(replace(row, is_first=is_first, is_first_of_part=is_first_of_part))
        names |= {whole, part}
    return marked, names


def _rejection_reason(error: HandraiserError | DatabaseError) -> str:
    if isinstance(error, Invalid):
        return " ".join(_describe_field_error(field_error) for field_error in error.errors)
    if isinstance(error, HandraiserError):
        return error.message
    return _("The database refuses it: %(reason)s") % {"reason": str(error).splitlines()[0]}


def _describe_field_error(error: FieldError) -> str:
    if not error.path:
        return error.message
    return _("%(field)s: %(reason)s") % {"field": error.path, "reason": error.message}
