"""A spreadsheet's rows, one at a time, within bounds: whatever the file is, it costs little and ends in words."""

import csv
from collections.abc import Iterator
from pathlib import Path

from core.errors import Invalid
from core.imports.mapping import ImportMapping

LARGEST = 100_000_000
MOST_COLUMNS = 1_000
LONGEST_LINE = 1_000_000
LONGEST_CELL = 100_000

Cells = dict[str, str]

_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"PK\x03\x04", ""), (b"\x1f\x8b", ""))


def read_header(path: Path, mapping: ImportMapping) -> list[str]:
    """The names of the columns. Raises Invalid, before anything is read further, when the file cannot be used."""
    _check_file(path, mapping.source.encoding)
    header = [name.strip() for name in next(_records(path, mapping), (0, []))[1]]
    if not any(header):
        raise Invalid(f"{path.name} is empty: its first row must hold the names of the columns.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise Invalid(f"{path.name} has more than one column “{twice[0][:60]}”: give each a name of its own.")
    for column, where in mapping.columns().items():
        if column not in header:
            raise Invalid(
                f"{path.name} has no column “{column}”, which {where} reads. Its columns are "
                f"{', '.join(name[:40] for name in header[:20])}."
            )
    return header


def read_cells(path: Path, mapping: ImportMapping, header: list[str]) -> Iterator[tuple[int, list[str], Cells | str]]:
    """Line, raw values and cells by column of every row but the first; a sentence for cells when the row is broken.

    Rows without any text are passed over.
    """
    rows = _records(path, mapping)
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
    if size > LARGEST:
        raise Invalid(f"{path.name} has {size:,} bytes: split it into files of at most {LARGEST:,}.")
    for mark, meant in _MARKS:
        if begin.startswith(mark) and not encoding.startswith("utf-16"):
            told = f"is written in {meant}: say so under source.encoding" if meant else "is packed: unpack it first"
            raise Invalid(f"{path.name} {told}, or save it as CSV in UTF-8.")


def _records(path: Path, mapping: ImportMapping) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding=mapping.source.encoding, newline="") as file:
            reader = csv.reader(_lines(file, path), delimiter=mapping.source.delimiter, strict=True)
            for values in reader:
                if len(values) > MOST_COLUMNS:
                    raise Invalid(
                        f"Line {reader.line_num} has more than {MOST_COLUMNS:,} columns: is it the right file?"
                    )
                yield reader.line_num, values
    except UnicodeDecodeError as error:
        raise Invalid(
            f"{path.name} is not written in {mapping.source.encoding.removesuffix('-sig')}: say under source.encoding "
            "how it is, often cp1252, or save it as CSV in UTF-8."
        ) from error
    except csv.Error as error:
        raise Invalid(f"{path.name} is not CSV: {error}. Check source.delimiter, or save it anew.") from error


def _lines(file: Iterator[str], path: Path) -> Iterator[str]:
    # A file without line breaks would otherwise be read into memory whole.
    while line := file.readline(LONGEST_LINE):  # type: ignore[attr-defined]
        if len(line) >= LONGEST_LINE:
            raise Invalid(f"{path.name} has a line of more than {LONGEST_LINE:,} characters: is it the right file?")
        yield line
