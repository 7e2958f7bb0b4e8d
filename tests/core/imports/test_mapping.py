import os
from datetime import date
from pathlib import Path

import pytest

from core.errors import Invalid
from core.imports.importers import get_importer
from core.imports.mapping import load_mapping

SOUND = """
[source]
name = "sheet"
key = ["id"]
[fields.max_hours_per_week]
column = "hours"
[fields.time_zone]
constant = "America/New_York"
[fields.availability]
constant = "evenings"
[[skills]]
column = "skill"
level = 3
values = { "Design" = "ui-design" }
"""


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('name = "sheet"', "", "source.name is missing"),
        ('key = ["id"]', "", "source.key is missing"),
        ('key = ["id"]', 'key = ["id"]\nencoding = "klingon"', "source.encoding is “klingon”"),
        ("[fields.max_hours_per_week]", "[fields.ours]", "fields.ours is not a field. Fields are"),
        ('column = "hours"', 'column = "hours"\nconstant = 3', "must say exactly one of column, columns, constant"),
        (
            'column = "hours"',
            "constant = 300",
            "fields.max_hours_per_week.constant: “300” is not a whole number from 1 to 60",
        ),
        ('column = "hours"', 'colum = "hours"', "must say exactly one of"),
        ('column = "hours"', 'column = "hours"\nspilt = ";"', "fields.max_hours_per_week.spilt is not known here"),
        ('"America/New_York"', '"Nowhere"', "“Nowhere” is not known here"),
        ('"ui-design"', '"juggling"', "“juggling” is not known here"),
        ("level = 3", "level = 9", "level must be a whole number from 1 to 5"),
        ('[fields.availability]\nconstant = "evenings"', "", "fields.availability is missing"),
        ('name = "sheet"', "name = sheet", "is not TOML"),
    ],
)
def test_every_mistake_is_a_sentence_that_names_its_place(
    db: None, tmp_path: Path, wrong: str, right: str, told: str
) -> None:
    assert wrong in SOUND
    file = tmp_path / "mapping.toml"
    file.write_text(SOUND.replace(wrong, right))

    with pytest.raises(Invalid, match=told):
        load_mapping(file, get_importer("volunteers"), date(2026, 3, 2))


def test_a_sound_one_names_the_columns_that_it_reads(db: None, tmp_path: Path) -> None:
    file = tmp_path / "mapping.toml"
    file.write_text(SOUND)

    mapping = load_mapping(file, get_importer("volunteers"), date(2026, 3, 2))

    assert mapping.columns_read() == {
        "id": "source.key",
        "hours": "fields.max_hours_per_week",
        "skill": "skills[1]",
    }


def test_a_mapping_that_is_not_there_says_how_to_name_it(db: None, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Name the mapping's file after --mapping"):
        load_mapping(tmp_path / "none.toml", get_importer("volunteers"), date(2026, 3, 2))


def test_a_device_or_a_pipe_is_no_mapping(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for endless in (Path("/dev/zero"), tmp_path / "pipe"):
        with pytest.raises(Invalid, match="no ordinary file"):
            load_mapping(endless, get_importer("volunteers"), date(2026, 3, 2))


def test_a_mapping_has_a_largest_size(tmp_path: Path) -> None:
    (tmp_path / "large.toml").write_text("#" * 2_000_000)
    with pytest.raises(Invalid, match="that is not a mapping"):
        load_mapping(tmp_path / "large.toml", get_importer("volunteers"), date(2026, 3, 2))
