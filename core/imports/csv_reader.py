"""Stream the rows of a spreadsheet within limits, so that no file costs much memory.

A file that cannot be used raises Invalid with a sentence for the person who runs the import.
"""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.imports.mapping import ImportMapping
from core.imports.regular_file import check_regular_file
from core.imports.rejects_file import REASON_COLUMN, unescape_formula

MAX_FILE_BYTES = 100_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = 1_000
MAX_LINE_LENGTH = 1_000_000
MAX_CELL_LENGTH = 100_000

RowCells = dict[str, str]
ReadLine = tuple[int, list[str], RowCells | str]

_BROKEN = "\ud800"
"""Stands for bytes that cannot be decoded. No text has it: it is half of a pair."""

codecs.register_error("core.imports.broken", lambda error: (_BROKEN, error.end))  # type: ignore[attr-defined]

_FILE_SIGNATURES = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"PK\x03\x04", ""), (b"\x1f\x8b", ""))


def read_header(path: Path, mapping: ImportMapping) -> list[str]:
    """Return the names of the columns. Raises Invalid when the file cannot be used; no row is read before that."""
    _check_file(path, mapping.source.encoding)
    header = [name.strip() for name in next(_read_records(path, mapping), (0, []))[1]]
    if REASON_COLUMN in header:
        header = [*map(unescape_formula, header)]
    if not any(header):
        raise Invalid(_("%(file)s is empty: its first row must hold the names of the columns.") % {"file": path.name})
    duplicates = sorted({name for name in header if name and header.count(name) > 1})
    if duplicates:
        message = _("%(file)s has more than one column “%(column)s”: give each a name of its own.")
        raise Invalid(message % {"file": path.name, "column": duplicates[0][:60]})
    for column, key in mapping.columns_read().items():
        if column not in header:
            names = ", ".join(name[:40] for name in header[:20])
            message = _("%(file)s has no column “%(column)s”, which %(key)s reads. Its columns are %(names)s.")
            raise Invalid(message % {"file": path.name, "column": column, "key": key, "names": names})
    return header


def read_cells(path: Path, mapping: ImportMapping, header: list[str]) -> Iterator[ReadLine]:
    """Yield the line, the raw values and the cells by column of every row but the first.

    A broken row has a sentence that says what is wrong in place of its cells. Rows without any text are skipped.
    """
    rows = _read_records(path, mapping)
    next(rows, None)
    for line, values in rows:
        if not any(value.strip() for value in values):
            continue
        if REASON_COLUMN in header:
            values = [*map(unescape_formula, values)]
        if len(values) > len(header):
            own = REASON_COLUMN in header
            counts = {"cells": len(values) - own, "columns": len(header) - own}
            yield line, values, _("It has %(cells)s cells, but the first row names %(columns)s columns.") % counts
        elif (longest := max(map(len, values))) > MAX_CELL_LENGTH:
            lengths = {"length": f"{longest:,}", "limit": f"{MAX_CELL_LENGTH:,}"}
            yield line, values, _("A cell has %(length)s characters: shorten it to %(limit)s.") % lengths
        elif any("\0" in value for value in values):
            yield line, values, _("It holds a NUL character: save the file again from the spreadsheet.")
        else:
            filled = values + [""] * (len(header) - len(values))
            yield line, values, dict(zip(header, filled, strict=True))


def _check_file(path: Path, encoding: str) -> None:
    check_regular_file(path)
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            first_bytes = file.read(4)
    except OSError as error:
        raise Invalid(
            _("%(file)s cannot be read: %(reason)s. Name the spreadsheet's CSV file.")
            % {"file": path, "reason": error.strerror}
        ) from error
    if size > MAX_FILE_BYTES:
        raise Invalid(
            _("%(file)s has %(size)s bytes: split it into files of at most %(limit)s.")
            % {"file": path.name, "size": f"{size:,}", "limit": f"{MAX_FILE_BYTES:,}"}
        )
    for signature, actual_encoding in _FILE_SIGNATURES:
        if first_bytes.startswith(signature) and not encoding.startswith("utf-16"):
            raise _wrong_format(path, actual_encoding)


def _wrong_format(path: Path, actual_encoding: str) -> Invalid:
    if not actual_encoding:
        return Invalid(_("%(file)s is packed: unpack it first, or save it as CSV in UTF-8.") % {"file": path.name})
    return Invalid(
        _("%(file)s is written in %(encoding)s: say so under source.encoding, or save it as CSV in UTF-8.")
        % {"file": path.name, "encoding": actual_encoding}
    )


def _read_records(path: Path, mapping: ImportMapping) -> Iterator[tuple[int, list[str]]]:
    # A longer cell than may be stored comes back in the file of rejected rows, so it is read whole.
    csv.field_size_limit(MAX_LINE_LENGTH)
    max_columns, line = MAX_COLUMNS, 0
    try:
        with path.open(encoding=mapping.source.encoding, newline="") as file:
            reader = csv.reader(_read_bounded_lines(file, path), delimiter=mapping.source.delimiter, strict=True)
            for number, values in enumerate(reader):
                line = reader.line_num
                if REASON_COLUMN in values[: MAX_COLUMNS + 1] and number == 0:
                    max_columns += 1
                if number > MAX_ROWS:
                    raise Invalid(
                        _("%(file)s has more than %(limit)s rows: split it into several files.")
                        % {"file": path.name, "limit": f"{MAX_ROWS:,}"}
                    )
                if len(values) > max_columns:
                    raise Invalid(
                        _("Line %(line)s has more than %(limit)s columns: is it the right file?")
                        % {"line": line, "limit": f"{MAX_COLUMNS:,}"}
                    )
                yield line, values
    except UnicodeError as error:  # of a wrong byte, or of a UTF-16 file that does not say its byte order
        encoding = mapping.source.encoding
        raise Invalid(
            _(
                "Line %(line)s of %(file)s is not written in %(encoding)s: say under source.encoding how it is, often "
                "cp1252, or save it as CSV in UTF-8."
            )
            % {
                "line": _find_broken_line(path, encoding),
                "file": path.name,
                "encoding": encoding.removesuffix("-sig"),
            }
        ) from error
    except csv.Error as error:
        raise Invalid(
            _("%(file)s is not CSV after line %(line)s: %(reason)s. Check source.delimiter, or save it again.")
            % {"file": path.name, "line": line, "reason": error}
        ) from error


def _read_bounded_lines(file: Iterator[str], path: Path) -> Iterator[str]:
    # A file without line breaks would otherwise be read into memory whole.
    number = 0
    while line := file.readline(MAX_LINE_LENGTH):  # type: ignore[attr-defined]
        number += 1
        if len(line) >= MAX_LINE_LENGTH:
            raise Invalid(
                _("Line %(line)s of %(file)s has more than %(limit)s characters: is it the right file?")
                % {"line": number, "file": path.name, "limit": f"{MAX_LINE_LENGTH:,}"}
            )
        yield line


def _find_broken_line(path: Path, encoding: str) -> int:
    """Return the number of the first line with bytes that are not of this encoding.

    The file is read again for it: the decoder works ahead of the lines.
    """
    number = 1
    try:
        with path.open(encoding=encoding, errors="core.imports.broken", newline="") as file:
            while line := file.readline(MAX_LINE_LENGTH):
                if _BROKEN in line:
                    break
                number += line.endswith(("\n", "\r"))
    except UnicodeError:  # it does not say its byte order
        return 1
    return number
