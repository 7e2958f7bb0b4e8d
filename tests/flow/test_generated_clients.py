"""Clients that three generators make from the API's description, and a small journey with each."""

import compileall
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.flow.api_user import PASSWORD
from tests.node import LOCK, make_package_folder, require_node, run_node


@pytest.fixture(scope="module")
def package_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the clients, with what they need as the lock says."""
    require_node()
    return make_package_folder(tmp_path_factory.mktemp("clients"))


@pytest.fixture
def description(live_server: LiveServer) -> Any:
    return Client().get("/api/schema", headers={"Accept": "application/vnd.oai.openapi+json"}).json()


@pytest.fixture
def alice(live_server: LiveServer) -> User:
    user = User.objects.create_user("alice@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_openapi_typescript_makes_types_with_which_a_journey_compiles_strictly(
    live_server: LiveServer, package_folder: Path, description: Any, alice: User
) -> None:
    (package_folder / "schema.json").write_text(json.dumps(description))
    run_node(package_folder, "openapi-typescript", "schema.json", "--output", "schema.d.ts")
    run_node(package_folder, "tsc")

    said = run_node(package_folder, "node", "dist/journey.js", live_server.url, alice.email, PASSWORD)

    assert said.strip() == "The typed journey is at its end."


def test_hey_api_makes_a_client_whose_schemas_accept_every_answer(
    live_server: LiveServer, package_folder: Path, description: Any, alice: User
) -> None:
    (package_folder / "schema.json").write_text(json.dumps(description))
    run_node(package_folder, "openapi-ts")
    run_node(package_folder, "tsc", "--project", "tsconfig.zod.json")

    said = run_node(package_folder, "node", "dist-zod/zod-journey.js", live_server.url, alice.email, PASSWORD)

    assert said.strip() == "The checked journey is at its end."


@pytest.fixture
def python_client(description: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The package that openapi-python-client makes."""
    (tmp_path / "schema.json").write_text(json.dumps(description))
    (tmp_path / "config.yaml").write_text("post_hooks: []\n")
    made = tmp_path / "handraiser_client"
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    command += ["--path", "schema.json", "--config", "config.yaml", "--output-path", str(made)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert compileall.compile_dir(made, quiet=1)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield import_module(made.name)
    for name in [name for name in sys.modules if name.partition(".")[0] == made.name]:
        del sys.modules[name]


def test_openapi_python_client_makes_a_package_that_reads_every_answer(
    live_server: LiveServer, python_client: ModuleType, alice: User
) -> None:
    def call(tag: str, operation: str, client: Any, **arguments: Any) -> Any:
        """The answer of an operation, as an object of its model."""
        response = import_module(f"handraiser_client.api.{tag}.{operation}").sync_detailed(client=client, **arguments)
        return response.status_code, response.parsed

    models = import_module("handraiser_client.models")
    nobody = python_client.Client(base_url=live_server.url)
    status, problem = call("me", "get_my_account", nobody)
    assert (status, problem.code) == (401, "not_authenticated")

    login = f"{live_server.url}/api/v1/auth/app/v1/auth/login"
    answer = requests.post(login, json={"email": alice.email, "password": PASSWORD}, timeout=30).json()
    client = nobody.with_headers({"X-Session-Token": answer["meta"]["session_token"]})
    assert call("me", "get_my_account", client)[1].email == alice.email
    claim = models.SkillClaimRequest(skill="front-end", level=4)
    profile = models.ProfileInputRequest(
        first_name="Alice",
        adult=True,
        max_hours_per_week=4,
        time_zone="America/New_York",
        claims=[claim],
        presets=[models.PresetsEnum.EVENINGS],
    )
    status, stored = call("me", "replace_my_profile", client, body=profile)
    assert (status, stored.claims[0].wants_to_use, stored.state) == (200, True, models.VolunteerStateEnum.ACTIVE)
    status, page = call("me", "list_my_notices", client, page_size=5)
    assert (status, page.next_, page.previous) == (200, None, None)
    status, vocabulary = call("reference", "get_vocabulary", client)
    assert "America/New_York" in {zone.code for zone in vocabulary.time_zones}
    assert call("me", "list_my_matches", client)[1].results == []


def test_the_lock_says_what_each_package_must_be_and_not_where_it_comes_from() -> None:
    packages = json.loads(LOCK.read_text())["packages"]

    told = {name: package for name, package in packages.items() if name}
    assert [name for name, package in told.items() if not package.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, package in told.items() if "resolved" in package] == []
