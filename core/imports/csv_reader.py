"""A spreadsheet's rows, one at a time, within bounds: whatever the file is, it costs little and ends in words."""

import csv
from collections.abc import Iterator
from pathlib import Path

from core.errors import Invalid
from core.imports.mapping import ImportMapping

MAX_FILE_BYTES = 100_000_000
MAX_COLUMNS = 1_000
MAX_LINE_LENGTH = 1_000_000
MAX_CELL_LENGTH = 100_000

RowCells = dict[str, str]

_FILE_SIGNATURES = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"PK\x03\x04", ""), (b"\x1f\x8b", ""))


def read_header(path: Path, mapping: ImportMapping) -> list[str]:
    """The names of the columns. Raises Invalid, before anything is read further, when the file cannot be used."""
    _check_file(path, mapping.source.encoding)
    header = [name.strip() for name in next(_read_records(path, mapping), (0, []))[1]]
    if not any(header):
        raise Invalid(f"{path.name} is empty: its first row must hold the names of the columns.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Invalid(f"{path.name} has more than one column “{twice[0][:60]}”: give each a name of its own.")
    for column, where in mapping.columns_read().items():
        if column not in header:
            raise Invalid(
                f"{path.name} has no column “{column}”, which {where} reads. Its columns are "
                f"{', '.join(name[:40] for name in header[:20])}."
            )
    return header


def read_cells(
    path: Path, mapping: ImportMapping, header: list[str]
) -> Iterator[tuple[int, list[str], RowCells | str]]:
    """Line, raw values and cells by column of every row but the first; a sentence for cells when the row is broken.

    Rows without any text are passed over.
    """
    rows = _read_records(path, mapping)
    next(rows, None)
    for line, values in rows:
        if not any(value.strip() for value in values):
            continue
        if len(values) > len(header):
            yield line, values, f"It has {len(values)} cells, but the first row names {len(header)} columns."
        elif any("\0" in value for value in values):
            yield line, values, "It holds a NUL character: save the file anew from the spreadsheet."
        else:
            filled = values + [""] * (len(header) - len(values))
            yield line, values, dict(zip(header, filled, strict=True))


def _check_file(path: Path, encoding: str) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            begin = file.read(4)
    except OSError as error:
        raise Invalid(f"{path} cannot be read: {error.strerror}. Name the spreadsheet's CSV file.") from error
    if size > MAX_FILE_BYTES:
        raise Invalid(f"{path.name} has {size:,} bytes: split it into files of at most {MAX_FILE_BYTES:,}.")
    for mark, meant in _FILE_SIGNATURES:
        if begin.startswith(mark) and not encoding.startswith("utf-16"):
            told = f"is written in {meant}: say so under source.encoding" if meant else "is packed: unpack it first"
            raise Invalid(f"{path.name} {told}, or save it as CSV in UTF-8.")


def _read_records(path: Path, mapping: ImportMapping) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_CELL_LENGTH)
    try:
        with path.open(encoding=mapping.source.encoding, newline="") as file:
            reader = csv.reader(_read_bounded_lines(file, path), delimiter=mapping.source.delimiter, strict=True)
            for values in reader:
                if len(values) > MAX_COLUMNS:
                    raise Invalid(
                        f"Line {reader.line_num} has more than {MAX_COLUMNS:,} columns: is it the right file?"
                    )
                yield reader.line_num, values
    except UnicodeDecodeError as error:
        raise Invalid(
            f"{path.name} is not written in {mapping.source.encoding.removesuffix('-sig')}: say under source.encoding "
            "how it is, often cp1252, or save it as CSV in UTF-8."
        ) from error
    except csv.Error as error:
        raise Invalid(f"{path.name} is not CSV: {error}. Check source.delimiter, or save it anew.") from error


def _read_bounded_lines(file: Iterator[str], path: Path) -> Iterator[str]:
    # A file without line breaks would otherwise be read into memory whole.
    while line := file.readline(MAX_LINE_LENGTH):  # type: ignore[attr-defined]
        if len(line) >= MAX_LINE_LENGTH:
            raise Invalid(f"{path.name} has a line of more than {MAX_LINE_LENGTH:,} characters: is it the right file?")
        yield line
