import csv
import os
import tracemalloc
from datetime import datetime
from pathlib import Path

import pytest

from core.errors import Invalid
from core.imports.file_import import ImportReport, import_file
from core.imports.importers import ImportOutcome, get_importer
from core.imports.mapping import load_mapping
from core.week_mask import WINDOW_PRESETS
from tests.cast import create_user
from volunteers.actions.profile import save_profile
from volunteers.models import Volunteer
from volunteers.stated_profile import Profile

MAPPING = """
[source]
name = "sheet"
key = ["id"]

[fields.first_name]
column = "name"

[fields.email]
column = "mail"

[fields.max_hours_per_week]
column = "hours"
default = 2

[fields.time_zone]
column = "zone"
map = { "East" = "America/New_York", "West" = "America/Los_Angeles" }

[fields.availability]
constant = "evenings"

[[skills]]
column = "skills"
split = ";"
level = 3

[skills.values]
"Design" = "ui-design"
"Code" = ["front-end", "back-end"]
"""
HEADER = "id,name,mail,hours,zone,skills\n"
GOOD = "1,Ann,ann@example.org,4,East,Design;Code\n2,Ben,,,West,Code\n"


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    file = tmp_path / "mapping.toml"
    file.write_text(MAPPING)
    return file


def imported(folder: Path, content: str | bytes, now: datetime, *, dry_run: bool = False) -> ImportReport:
    file = folder / "people.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    importer = get_importer("volunteers")
    return import_file(
        file,
        importer=importer,
        mapping=load_mapping(folder / "mapping.toml", importer, now.date()),
        rejects=folder / "rejects.csv",
        at=now,
        dry_run=dry_run,
    )


def rejected(folder: Path) -> list[dict[str, str]]:
    with (folder / "rejects.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_rows_come_in_unclaimed_with_what_was_assumed(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    report = imported(tmp_path, HEADER + GOOD, now)

    assert (dict(report.outcomes), report.rejected) == ({ImportOutcome.CREATED: 2}, 0)
    ann, ben = Volunteer.objects.order_by("source_key")
    assert (ann.first_name, ann.email, ann.max_hours_per_week, ann.time_zone) == (
        "Ann",
        "ann@example.org",
        4,
        "America/New_York",
    )
    assert (ann.user, ann.claimed_at, ann.source, ann.source_key) == (None, None, "sheet", "1")
    assert ann.assumed == ["availability", "skills"]
    assert ben.assumed == ["availability", "max_hours_per_week", "skills"]
    claims = ann.claims.order_by("skill__code").values_list("skill__code", "level")
    assert list(claims) == [("back-end", 3), ("front-end", 3), ("ui-design", 3)]
    assert ann.windows.count() == 5


def test_twice_doubles_nothing_and_changes_are_taken_over(
    db: None, tmp_path: Path, mapping: Path, now: datetime
) -> None:
    imported(tmp_path, HEADER + GOOD, now)

    again = imported(tmp_path, HEADER + GOOD, now)
    changed = imported(tmp_path, HEADER + GOOD.replace("4,East", "5,East"), now)

    assert dict(again.outcomes) == {ImportOutcome.UNCHANGED: 2}
    assert dict(changed.outcomes) == {ImportOutcome.UPDATED: 1, ImportOutcome.UNCHANGED: 1}
    assert Volunteer.objects.count() == 2
    assert Volunteer.objects.get(source_key="1").max_hours_per_week == 5


def test_bad_rows_come_back_with_their_reasons_and_good_ones_go_in(
    db: None, tmp_path: Path, mapping: Path, now: datetime
) -> None:
    bad = "3,Cy,no address,4,East,Code\n4,Di,,four,South,Juggling\n1,Ann again,,4,East,Code\n,Eve,,4,East,Code\n"

    report = imported(tmp_path, HEADER + GOOD + bad, now)

    assert (dict(report.outcomes), report.rejected) == ({ImportOutcome.CREATED: 2}, 4)
    assert [row["why rejected"] for row in rejected(tmp_path)] == [
        "Line 4: email: “no address” is not an email address.",
        "Line 5: max_hours_per_week: “four” is not a whole number from 1 to 60. time_zone: “South” is not in the "
        "mapping: add it under fields.time_zone, or correct the cell. skills: “skills” name no skill that the mapping "
        "knows.",
        "Line 6: An earlier row has the same key: keep one of them, or name more columns as the key.",
        "Line 7: “id” is empty, so the row could not be found again.",
    ]


def test_a_dry_run_counts_and_writes_nothing(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    report = imported(tmp_path, HEADER + GOOD, now, dry_run=True)

    assert dict(report.outcomes) == {ImportOutcome.CREATED: 2}
    assert Volunteer.objects.count() == 0


def test_somebody_who_has_said_yes_is_left_alone(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    imported(tmp_path, HEADER + GOOD, now)
    Volunteer.objects.filter(source_key="1").update(user=create_user("ann"), claimed_at=now, adult=True)

    report = imported(tmp_path, HEADER + GOOD.replace("Ann", "Anna"), now)

    assert dict(report.outcomes) == {ImportOutcome.LEFT_ALONE: 1, ImportOutcome.UNCHANGED: 1}
    assert Volunteer.objects.get(source_key="1").first_name == "Ann"


def test_what_comes_back_holds_no_live_formula(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    imported(tmp_path, HEADER + '=1+1,"=cmd|calc",@x,4,East,Nothing\n', now)

    [row] = rejected(tmp_path)
    assert (row["id"], row["name"], row["mail"]) == ("'=1+1", "'=cmd|calc", "'@x")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        ((HEADER + GOOD).encode("utf-16"), "is written in utf-16"),
        (b"PK\x03\x04" + bytes(100), "is packed"),
        (b"\x1f\x8b\x08" + bytes(100), "is packed"),
        ("id,name,name\n1,a,b\n", "more than one column “name”"),
        ("id,name\n1,Ann\n", "has no column “mail”, which fields.email reads"),
        (HEADER.encode() + "1,Zoë,,4,East,Code\n".encode("cp1252"), "is not written in utf-8"),
        (HEADER + '1,"Ann,,4,East,Code\n', "is not CSV"),
        ("x," * 1_000_000 + "\n", "has more than 1,000,000 characters"),
        ("x," * 2_000 + "\n", "more than 1,000 columns"),
    ],
    ids=["empty", "utf-16", "zip", "gzip", "doubled", "missing", "latin", "quote", "million", "wide"],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_before_anything_is_written(
    db: None, tmp_path: Path, mapping: Path, now: datetime, content: str | bytes, told: str
) -> None:
    with pytest.raises(Invalid, match=told):
        imported(tmp_path, content, now)

    assert Volunteer.objects.count() == 0


def test_a_broken_end_takes_nothing_of_the_beginning(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    with pytest.raises(Invalid, match="is not written in utf-8"):
        imported(tmp_path, HEADER.encode() + GOOD.encode() * 50_000 + b"9,\xff,,4,East,Code\n", now)

    assert Volunteer.objects.count() == 0


def test_a_nul_is_a_broken_row_and_a_mark_at_the_beginning_none(
    db: None, tmp_path: Path, mapping: Path, now: datetime
) -> None:
    report = imported(tmp_path, "\ufeff" + HEADER + GOOD + "3,C\0y,,4,East,Code\n", now)

    assert (dict(report.outcomes), report.rejected) == ({ImportOutcome.CREATED: 2}, 1)
    assert "NUL" in rejected(tmp_path)[0]["why rejected"]


def test_a_huge_line_costs_little_memory(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    (tmp_path / "people.csv").write_bytes(b"x" * 90_000_000)
    importer = get_importer("volunteers")
    read = load_mapping(mapping, importer, now.date())
    tracemalloc.start()
    with pytest.raises(Invalid, match="line of more than"):
        import_file(tmp_path / "people.csv", importer=importer, mapping=read, rejects=tmp_path / "r.csv", at=now)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 50_000_000


def test_profiles_of_the_same_name_are_not_touched(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    mine = Profile(
        first_name="Ann",
        max_hours_per_week=9,
        time_zone="America/New_York",
        adult=True,
        claims=[("copywriting", 2, True)],
        windows=WINDOW_PRESETS["weekends"],
    )
    save_profile(actor=create_user("ann"), profile=mine, at=now)

    imported(tmp_path, HEADER + GOOD, now)

    assert sorted(Volunteer.objects.filter(first_name="Ann").values_list("max_hours_per_week", flat=True)) == [4, 9]


def test_a_pipe_is_no_spreadsheet(db: None, tmp_path: Path, mapping: Path, now: datetime) -> None:
    importer, pipe = get_importer("volunteers"), tmp_path / "pipe"
    os.mkfifo(pipe)
    rules = load_mapping(mapping, importer, now.date())

    with pytest.raises(Invalid, match="no ordinary file"):
        import_file(pipe, importer=importer, mapping=rules, rejects=tmp_path / "rejects.csv", at=now)


def test_a_file_is_not_in_utf_16_because_its_mapping_says_so(db: None, tmp_path: Path, now: datetime) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING.replace('name = "sheet"', 'name = "sheet"\nencoding = "utf-16"'))

    with pytest.raises(Invalid, match="is not written in utf-16"):
        imported(tmp_path, HEADER + GOOD, now)
