"""The file of rejected rows writes over nothing and deletes nothing that the import did not make."""

import csv
import json
import os
import signal
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


def test_until_it_is_whole_there_is_no_file_of_that_name(tmp_path: Path) -> None:
    with create_rejects_file(tmp_path / "new.csv") as file:
        file.write("row")
        file.flush()
        assert not (tmp_path / "new.csv").exists()

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


def replace_meanwhile(path: Path) -> None:
    with create_rejects_file(path) as file:
        file.write("row")
        path.write_text("precious")


def test_a_name_that_another_took_meanwhile_is_theirs(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="there already"):
        replace_meanwhile(tmp_path / "new.csv")

    assert read_all(tmp_path) == {"new.csv": b"precious"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_an_error_takes_away_nothing_of_another(tmp_path: Path, error: type[BaseException]) -> None:
    def fail() -> None:
        with create_rejects_file(tmp_path / "new.csv") as file:
            file.write("begun")
            (tmp_path / "new.csv").write_text("precious")
            raise error

    with pytest.raises(error):
        fail()

    assert read_all(tmp_path) == {"new.csv": b"precious"}


def test_a_name_that_is_taken_meanwhile_keeps_the_rows_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "people.csv").write_text(HEADER + GOOD + BAD)
    link = os.link

    def link_late(source: Path, target: Path) -> None:
        target.write_text("precious")
        link(source, target)

    monkeypatch.setattr("os.link", link_late)

    with pytest.raises(CommandError, match="there already"):
        run_import(folder, "--rejects", str(folder / "new.csv"))

    assert (folder / "new.csv").read_text() == "precious"
    assert not Volunteer.objects.filter(source="sheet").exists()


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    with create_rejects_file(tmp_path / "new.csv") as file:
        file.write("row")
    assert read_all(tmp_path) == {"new.csv": b"row"}

    with pytest.raises(Invalid, match="there already"):
        replace_meanwhile(tmp_path / "other.csv")
    assert read_all(tmp_path) == {"new.csv": b"row", "other.csv": b"precious"}


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch, ending: signal.Signals
) -> None:
    (folder / "people.csv").write_text(HEADER + BAD + GOOD)
    before = read_all(folder)
    former = signal.getsignal(ending)

    def end(*_about: object) -> None:
        assert len(list(folder.glob(".people.rejected.csv.*"))) == 1
        os.kill(os.getpid(), ending)

    monkeypatch.setattr("core.imports.file_import._load_batch", end)
    with pytest.raises(SystemExit) as ended:
        run_import(folder)

    assert ended.value.code == 128 + ending
    assert read_all(folder) == before
    assert signal.getsignal(ending) == former


def test_ctrl_c_says_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "people.csv").write_text(HEADER + BAD + GOOD)
    before = read_all(folder)

    def interrupt(*_about: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("core.imports.file_import._load_batch", interrupt)
    with pytest.raises(CommandError, match="was interrupted: no row was loaded") as ended:
        run_import(folder)

    assert ended.value.returncode == 130
    assert read_all(folder) == before


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("cp1252", ";"), ("iso-8859-1", "\t"), ("utf-16", "|"), ("utf-8", ";")]
)
def test_a_file_of_rejected_rows_can_be_imported_again_and_again(folder: Path, encoding: str, delimiter: str) -> None:
    rows = HEADER.replace("id,", "reason,id,", 1) + "because,3,Zoë,zoe@example.org,4,Nowhere,Code\n"
    rows += '=why,4,"-Ü, J",ulla@example.org,4,Nowhere,Code\n'
    (folder / "people.csv").write_text(rows.replace(", J", " J").replace(",", delimiter), encoding=encoding)
    source = f'[source]\nencoding = "{encoding}"\ndelimiter = {json.dumps(delimiter)}'
    (folder / "mapping.toml").write_text(MAPPING.replace("[source]", source))
    wrong = folder / "people.csv"
    for number in range(3):
        rejects = folder / f"round-{number}.csv"
        call_command(
            *("import", "volunteers", str(wrong), "--mapping", str(folder / "mapping.toml")),
            *("--rejects", str(rejects)),
            stdout=StringIO(),
        )
        with rejects.open(encoding=encoding, newline="") as file:
            found = list(csv.DictReader(file, delimiter=delimiter))
        assert list(found[0]) == ["reason", *HEADER.strip().split(","), "why rejected"]
        assert [row["reason"] for row in found] == ["because", "'=why"]
        assert [row["name"] for row in found] == ["Zoë", "'-Ü J"]
        assert found[0]["why rejected"].startswith("Line 2: ")
        wrong = rejects
    wrong.write_text(wrong.read_text(encoding=encoding).replace("Nowhere", "East"), encoding=encoding)

    call_command("import", "volunteers", str(wrong), "--mapping", str(folder / "mapping.toml"), stdout=StringIO())

    assert sorted(Volunteer.objects.filter(source="sheet").values_list("first_name", flat=True)) == ["-Ü J", "Zoë"]
