"""What is too long comes back whole, or the import is refused with the number of its line."""

import csv
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Invalid
from core.imports.csv_reader import MAX_CELL_LENGTH, MAX_COLUMNS, MAX_LINE_LENGTH
from core.imports.rejects_file import REASON_COLUMN, escape_formula, unescape_formula
from tests.core.imports.test_file_import import GOOD, HEADER, imported, mapping
from volunteers.models import Volunteer

__all__ = ["mapping"]

JONES = "3,Jones, Jr,jones@example.org,4,East,Code"


def read_rejects(folder: Path) -> list[list[str]]:
    with (folder / "rejects.csv").open(newline="") as file:
        return list(csv.reader(file))


def import_rejects(folder: Path, now: datetime) -> int:
    """Import the file of rejected rows unchanged, and return how many are rejected again."""
    content = (folder / "rejects.csv").read_bytes()
    (folder / "rejects.csv").unlink()
    return imported(folder, content, now).rejected


def test_a_row_with_too_many_cells_comes_back_whole_and_stays_out(
    db: None, tmp_path: Path, mapping: Path, now: datetime
) -> None:
    report = imported(tmp_path, HEADER + GOOD + JONES + "\n", now)
    first = read_rejects(tmp_path)

    assert (report.rejected, Volunteer.objects.count()) == (1, 2)
    assert first[0] == [*HEADER.strip().split(","), REASON_COLUMN]
    [head, row] = first
    assert [*row[: len(head) - 1], *row[len(head) :]] == JONES.split(",")
    assert row[len(head) - 1] == "Line 4: It has 7 cells, but the first row names 6 columns."

    assert import_rejects(tmp_path, now) == 1
    [_head, again] = read_rejects(tmp_path)
    assert again == [cell.replace("Line 4", "Line 2") for cell in row]
    assert import_rejects(tmp_path, now) == 1
    assert read_rejects(tmp_path)[1] == again
    assert Volunteer.objects.count() == 2


CELLS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6) | st.sampled_from(["=1", "'=1", "''@", "a\nb"]),
    min_size=6,
    max_size=9,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cells=CELLS)
def test_every_rejected_cell_comes_back_twice(
    db: None, tmp_path: Path, mapping: Path, now: datetime, cells: list[str]
) -> None:
    sent = [*cells[:4], "Nowhere", *cells[5:]]
    (tmp_path / "rejects.csv").unlink(missing_ok=True)
    with (tmp_path / "sent.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(sent)

    assert imported(tmp_path, HEADER + (tmp_path / "sent.csv").read_bytes().decode(), now).rejected == 1
    for _time in range(2):
        [head, row] = read_rejects(tmp_path)
        assert head[-1] == REASON_COLUMN
        kept = [*row[: len(head) - 1], *row[len(head) :]]
        assert [unescape_formula(cell) for cell in kept] == sent
        assert import_rejects(tmp_path, now) == 1


@given(st.text("'=+-@\ta", max_size=6))
def test_no_escaped_cell_runs_and_each_comes_back(cell: str) -> None:
    assert unescape_formula(escape_formula(cell)) == cell
    assert not escape_formula(cell).startswith(("=", "+", "-", "@", "\t"))


def test_a_cell_that_is_too_long_is_a_rejected_row_and_comes_back_whole(
    db: None, tmp_path: Path, mapping: Path, now: datetime
) -> None:
    long = "x" * (MAX_CELL_LENGTH + 1)

    report = imported(tmp_path, f"{HEADER}3,{long},,4,East,Code\n{GOOD}", now)

    assert (report.rejected, Volunteer.objects.count()) == (1, 2)
    [head, row] = read_rejects(tmp_path)
    assert row[1] == long
    assert row[len(head) - 1] == "Line 2: A cell has 100,001 characters: shorten it to 100,000."


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (b"3,J\xf6rg,,4,East,Code\n", "Line 4 of people.csv is not written in utf-8"),
        (b"x" * (MAX_LINE_LENGTH + 1) + b"\n", "Line 4 of people.csv has more than 1,000,000 characters"),
        (b'3,"Cleo,,4,East,Code\n', "not CSV after line 3"),
        (b"," * MAX_COLUMNS + b"\n3,,,,,\n", "Line 4 has more than 1,000 columns"),
    ],
)
def test_what_stops_an_import_names_its_line_and_nothing_is_stored(
    db: None, tmp_path: Path, mapping: Path, now: datetime, broken: bytes, reason: str
) -> None:
    with pytest.raises(Invalid, match=reason):
        imported(tmp_path, (HEADER + GOOD).encode() + broken, now)

    assert not Volunteer.objects.exists()
    assert not (tmp_path / "rejects.csv").exists()


def test_a_broken_byte_far_down_names_its_own_line(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    rows = "".join(f"{number},Ann,,4,East,Code\n" for number in range(2_000)).encode()

    lines = (HEADER.encode() + rows).splitlines(keepends=True)
    lines[1501] = b"x,J\xf6rg,,4,East,Code\n"

    with pytest.raises(Invalid, match=r"Line 1502 of people\.csv"):
        imported(tmp_path, b"".join(lines), now)


def test_an_address_that_is_too_long_names_its_field_and_bound(
    db: None, tmp_path: Path, mapping: Path, now: datetime
) -> None:
    address = f"{'m' * 243}@example.org"

    report = imported(tmp_path, f"{HEADER}3,Ann,{address},4,East,Code\n{GOOD}", now)

    assert report.rejected == 1
    assert read_rejects(tmp_path)[1][-1].startswith("Line 2: email: This address has 255 characters, and may have 254.")
