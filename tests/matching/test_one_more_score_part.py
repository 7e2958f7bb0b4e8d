"""How many files a new part of the score touches: made-up parts are added to a copy of the code, one of each scope."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from matching.rules.score_parts import PARTS, Scope

ROOT = Path(__file__).parents[2]
CODE = ("config", "core", "campaigns", "volunteers", "matching", "ledger", "web", "demo", "local", "benchmarks")
"""What is counted: Python files of these packages, with their migrations. Tests, documents and catalogues are not."""
MAX_FILES = 4
CREATED = ("core/model_label_texts.py", "core/api/field_examples.py")
"""The first is written by `write_reference`; the second holds examples, which may leave parts out."""

DATA = "matching/rules/score_parts.py"
END_OF_PARTS = ')\n"""All parts, in the order'
PART = """    ScorePart(
        name="{name}",
        scope=Scope.{scope},
        cap=4,
        weight_field="weight_{name}",
        default_weight=11,
        weight_help=gettext_noop("Points for each {name}."),
        label=gettext_noop("{name}"),
        reason=gettext_noop("has a {name}"),
        sentence=gettext_noop("You have a {name}."),
    ),
"""
# Of each made-up part: its scope, and what the snapshot needs: a file, a place in it, and what is added there.
MADE_UP = {
    "meadow": (
        Scope.REQUEST,
        "matching/snapshot/request_arrays.py",
        '"priority": columns["priority"],',
        ' "meadow": first,',
    ),
    "heather": (
        Scope.VOLUNTEER,
        "matching/snapshot/volunteer_arrays.py",
        "Scope.VOLUNTEER, len(supply.ids), {",
        '"heather": columns["hours"], ',
    ),
    "bramble": (
        Scope.CLAIM,
        "matching/snapshot/volunteer_arrays.py",
        "Scope.CLAIM, len(group_starts), {",
        '"bramble": skill[group_starts], ',
    ),
    "clover": (
        Scope.PAIR,
        "matching/snapshot/listed_pairs.py",
        '"interest": read_interests',
        ', "clover": read_interests',
    ),
}


def edit(path: Path, place: str, added: str, *, before: bool = False) -> None:
    text = path.read_text()
    assert text.count(place) == 1, f"{path} has {text.count(place)} times {place}"
    path.write_text(text.replace(place, added + place if before else place + added))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the code with the made-up parts."""
    home = tmp_path_factory.mktemp("copy")
    for name in (*CODE, "tests/matching"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    shutil.copy(ROOT / "manage.py", home)
    for name, (scope, path, place, added) in MADE_UP.items():
        edit(home / DATA, END_OF_PARTS, PART.format(name=name, scope=scope.name), before=True)
        edit(home / path, place, added)
    run(home, "manage.py", "makemigrations", "matching", "--name", "weigh_made_up_parts")
    return home


def run(home: Path, *words: str) -> str:
    # Nothing is compiled for the copy: that takes half a minute, and small problems are solved without.
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "HANDRAISER_ENV": "local",
        "SECRET_KEY": "0123456789abcdef" * 4,
        "DATABASE_URL": "postgres://nobody@localhost:1/none",
        "REDIS_URL": "redis://localhost:1",
        "NUMBA_DISABLE_JIT": "1",
        "PYTHONPATH": str(home),
    }
    command = [sys.executable, "-W", "ignore", *words]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def find_files(home: Path, name: str) -> list[str]:
    """Files of the code that hold the name of a part: as a text of its own, or in that of its weight.

    Of its migrations only the first counts: later ones repeat all columns, when they replace a trigger.
    """
    holds = re.compile(rf"\bweight_{name}\b|[\"']{name}[\"']")
    paths = [path for package in CODE for path in sorted((home / package).rglob("*.py"))]
    names = [path.relative_to(home).as_posix() for path in paths if holds.search(path.read_text())]
    migrations = [name for name in names if "/migrations/" in name]
    return [name for name in names if name not in (*CREATED, *migrations[1:])]


def test_the_made_up_parts_count_in_the_policy_the_words_and_the_engine(copy: Path) -> None:
    assert run(copy, "-m", "tests.matching.made_up_parts", *MADE_UP) == f"{len(MADE_UP)}\n"


def test_nothing_is_missing_from_the_migrations(copy: Path) -> None:
    assert "No changes detected" in run(copy, "manage.py", "makemigrations", "--check", "--dry-run")


@pytest.mark.parametrize("name", MADE_UP)
def test_a_made_up_part_touches_four_files_at_most(copy: Path, name: str) -> None:
    files = find_files(copy, name)

    assert DATA in files
    assert len(files) <= MAX_FILES, files


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope != Scope.COMPUTED])
def test_every_scope_has_a_made_up_part(scope: Scope) -> None:
    assert scope in [made_up[0] for made_up in MADE_UP.values()]


def test_the_part_that_was_added_last_touches_four_files_at_most() -> None:
    found = find_files(ROOT, PARTS[-1].name)
    # Pages and the bench of the API speak of the rows of `Interest`, which has the name of the part.
    assert len([name for name in found if not name.startswith(("web/", "benchmarks/"))]) <= MAX_FILES


def test_a_snapshot_without_the_numbers_of_a_part_names_it(copy: Path) -> None:
    told = run(
        copy,
        "-c",
        "from matching.snapshot.score_numbers import stack_part_numbers as s, Scope\n"
        "try: s(Scope.CLAIM, 1, {'wanted': [1]})\nexcept ValueError as error: print(error)",
    )
    assert told == "The snapshot has no numbers for the part bramble.\n"
