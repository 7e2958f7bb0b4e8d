"""The drills, each with its guard and without: a drill that cannot fail proves nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from drills.__main__ import DRILLS

ROOT = Path(__file__).parents[1]
VARIABLES_OF_TESTS = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")


def run_drill(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in VARIABLES_OF_TESTS}
    command = [sys.executable, "-m", "drills", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)


# One after the other: each takes the port and the servers of the drills.
@pytest.mark.slow
def test_a_drill_holds_and_fails_without_its_guard(request: pytest.FixtureRequest) -> None:
    is_thorough = request.config.getoption("--thorough")
    for name in DRILLS if is_thorough else ("database-away",):
        guarded = run_drill(name)
        assert guarded.returncode == 0, guarded.stdout + guarded.stderr
        if is_thorough:  # for minutes it waits for what does not come
            unguarded = run_drill(name, "--without-guard")
            assert unguarded.returncode == 1, unguarded.stdout + unguarded.stderr
            assert "BROKE" in unguarded.stdout


@pytest.mark.parametrize("name", DRILLS)
def test_each_drill_is_explained(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs" / "explanation" / "background-work.md").read_text()


def test_an_unknown_drill_is_one_sentence() -> None:
    done = run_drill("earthquake")

    assert done.returncode == 2
    assert "invalid choice: 'earthquake'" in done.stderr
