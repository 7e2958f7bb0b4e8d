"""The file of rejected rows writes over nothing and deletes nothing that the import did not make."""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from core.errors import Invalid
from core.imports.rejects_file import choose_rejects_path, create_rejects_file
from tests.core.imports.test_file_import import GOOD, HEADER, MAPPING
from volunteers.models import Volunteer

BAD = "3,Cleo,cleo@example.org,4,Nowhere,Code\n"


@pytest.fixture
def folder(tmp_path: Path, db: None) -> Path:
    """A folder with a spreadsheet, its mapping, and a file that is somebody's."""
    (tmp_path / "people.csv").write_text(HEADER + GOOD)
    (tmp_path / "mapping.toml").write_text(MAPPING)
    (tmp_path / "precious.txt").write_text("precious")
    return tmp_path


def run_import(folder: Path, *options: str) -> str:
    said = StringIO()
    files = (str(folder / "people.csv"), "--mapping", str(folder / "mapping.toml"))
    call_command("import", "volunteers", *files, *options, stdout=said)
    return said.getvalue()


def read_all(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def name_input(folder: Path) -> Path:
    return folder / "people.csv"


def name_mapping(folder: Path) -> Path:
    return folder / "mapping.toml"


def name_another(folder: Path) -> Path:
    return folder / "precious.txt"


def go_around(folder: Path) -> Path:
    return folder / ".." / folder.name / "people.csv"


def make_link(folder: Path) -> Path:
    (folder / "link.csv").symlink_to(folder / "precious.txt")
    return folder / "link.csv"


def make_link_to_nothing(folder: Path) -> Path:
    (folder / "link.csv").symlink_to(folder / "nothing.csv")
    return folder / "link.csv"


def make_hard_link(folder: Path) -> Path:
    os.link(folder / "people.csv", folder / "hard.csv")
    return folder / "hard.csv"


def make_empty(folder: Path) -> Path:
    (folder / "empty.csv").touch()
    return folder / "empty.csv"


WAYS = [
    *(name_input, name_mapping, name_another, go_around),
    *(make_link, make_link_to_nothing, make_hard_link, make_empty),
]


@pytest.mark.parametrize("dry", [True, False])
@pytest.mark.parametrize("rows", [GOOD, GOOD + BAD], ids=["none-rejected", "one-rejected"])
@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_there_stays(folder: Path, way: Callable[[Path], Path], rows: str, dry: bool) -> None:
    (folder / "people.csv").write_text(HEADER + rows)
    path = way(folder)
    before = read_all(folder) if path.name != "link.csv" else None

    with pytest.raises(CommandError) as refused:
        run_import(folder, "--rejects", str(path), *(["--dry-run"] if dry else []))

    assert str(refused.value) == f"{path} is there already, and is not written over. Name a new file with --rejects."
    assert refused.value.returncode == 1
    assert (folder / "precious.txt").read_text() == "precious"
    if before is not None:
        assert read_all(folder) == before
    assert not Volunteer.objects.filter(source="sheet").exists()


@pytest.mark.parametrize("dry", [True, False])
def test_without_a_rejected_row_there_is_no_file(folder: Path, dry: bool) -> None:
    before = read_all(folder)

    run_import(folder, "--rejects", str(folder / "new.csv"), *(["--dry-run"] if dry else []))

    assert read_all(folder) == before


@pytest.mark.parametrize("dry", [True, False])
def test_a_rejected_row_is_in_the_new_file(folder: Path, dry: bool) -> None:
    (folder / "people.csv").write_text(HEADER + GOOD + BAD)
    before = read_all(folder)

    said = run_import(folder, "--rejects", str(folder / "new.csv"), *(["--dry-run"] if dry else []))

    after = read_all(folder)
    assert b"Cleo" in after.pop("new.csv")
    assert after == before
    assert "1 rejected: see" in said
    assert ("This was a dry run: no row was loaded." in said) == dry


def test_rows_that_are_being_corrected_stay_and_the_next_file_has_a_name_of_its_own(folder: Path) -> None:
    (folder / "people.csv").write_text(HEADER + GOOD + BAD)
    run_import(folder)
    (folder / "people.rejected.csv").write_text("corrected")

    said = run_import(folder)

    assert (folder / "people.rejected.csv").read_text() == "corrected"
    assert "Cleo" in (folder / "people.rejected-2.csv").read_text()
    assert "people.rejected-2.csv" in said


def test_a_file_that_cannot_be_used_leaves_none(folder: Path) -> None:
    (folder / "people.csv").write_text("wrong\n")
    before = read_all(folder)

    with pytest.raises(CommandError, match="has no column"):
        run_import(folder, "--rejects", str(folder / "new.csv"))

    assert read_all(folder) == before


def test_an_error_takes_away_what_was_begun(tmp_path: Path) -> None:
    def fail() -> None:
        with create_rejects_file(tmp_path / "new.csv") as file:
            file.write("begun")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()

    assert list(tmp_path.iterdir()) == []


def test_until_it_is_whole_the_file_is_empty(tmp_path: Path) -> None:
    with create_rejects_file(tmp_path / "new.csv") as file:
        file.write("row")
        file.flush()
        assert (tmp_path / "new.csv").read_text() == ""

    assert (tmp_path / "new.csv").read_text() == "row"
    assert [path.name for path in tmp_path.iterdir()] == ["new.csv"]


def test_names_beside_a_spreadsheet_come_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.imports.rejects_file.MAX_REJECTS_FILES", 2)
    assert choose_rejects_path(tmp_path / "a.csv") == tmp_path / "a.rejected.csv"
    (tmp_path / "a.rejected.csv").touch()
    (tmp_path / "a.rejected-2.csv").touch()

    with pytest.raises(Invalid, match="too many files"):
        choose_rejects_path(tmp_path / "a.csv")


def test_a_folder_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"):
        run_import(folder, "--rejects", str(folder / "nowhere" / "new.csv"))
