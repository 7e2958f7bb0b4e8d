"""Figures of the project that may only move one way."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not (shutil.which("git") and (ROOT / ".git").exists()), reason="needs the history")
def test_the_floor_of_coverage_has_never_fallen() -> None:
    floor = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["coverage-floor"]["lines_and_branches"]
    command = ["git", "log", "--patch", "--format=", "-G^lines_and_branches = ", "--", "pyproject.toml"]
    history = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    earlier = [float(value) for value in re.findall(r"^\+lines_and_branches = ([\d.]+)$", history, re.MULTILINE)]
    assert floor >= max(earlier, default=0)
