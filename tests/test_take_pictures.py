"""`./run pictures`: which tests take the pictures."""

import subprocess
from pathlib import Path

from tests.take_pictures import build_command

ROOT = Path(__file__).resolve().parents[1]


def test_each_room_has_tests_that_take_pictures(tmp_path: Path) -> None:
    """The command leaves out what pytest marks, as the tests of a page in a browser are marked."""
    command = [*build_command(tmp_path, "home or fits or desk"), "-n", "0", "--collect-only", "-q"]

    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    for file in ("test_look.py", "volunteers/test_start_look.py", "volunteers/test_volunteer_look.py"):
        assert f"tests/web/{file}::" in found.stdout, found.stdout + found.stderr
