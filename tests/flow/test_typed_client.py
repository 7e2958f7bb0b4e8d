"""A TypeScript client whose types are made from the API's description, and a small journey with it."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.flow.api_user import PASSWORD

FILES = Path(__file__).resolve().parents[1] / "typescript"


@pytest.fixture(scope="session")
def npm() -> str:
    """Where npm is. Without Node this is skipped, but never where the change is judged."""
    found = shutil.which("npm") if shutil.which("node") else None
    if found is None:
        told = "No Node found. Install it with npm (Debian: apt-get install nodejs npm) to try the typed client."
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    return found


@pytest.fixture
def folder(npm: str, tmp_path: Path) -> Path:
    """The client's files, with what they need as the lock says."""
    shutil.copytree(FILES, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "dist"))
    run(tmp_path, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    return tmp_path


def run(folder: Path, *command: str) -> str:
    """What a program says; the test fails with it when the program does."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_a_client_made_from_the_description_compiles_strictly_and_does_what_it_says(
    live_server: LiveServer, npm: str, folder: Path
) -> None:
    description = Client().get("/api/schema", headers={"Accept": "application/vnd.oai.openapi+json"})
    (folder / "schema.json").write_text(json.dumps(description.json()))
    run(folder, npm, "run", "--silent", "types")
    run(folder, npm, "run", "--silent", "build")
    alice = User.objects.create_user("alice@example.org", PASSWORD)
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)

    said = run(folder, "node", "dist/journey.js", live_server.url, alice.email, PASSWORD)

    assert said.strip() == "The typed journey is at its end."


def test_the_lock_says_what_each_package_must_be_and_not_where_it_comes_from() -> None:
    packages = json.loads((FILES / "package-lock.json").read_text())["packages"]

    told = {name: package for name, package in packages.items() if name}
    assert [name for name, package in told.items() if not package.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, package in told.items() if "resolved" in package] == []
