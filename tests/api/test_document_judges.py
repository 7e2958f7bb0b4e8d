"""What others' linters say of the API's document: nothing."""

import json
from pathlib import Path

import pytest

from tests.api.document import build_document
from tests.node import make_package_folder, require_node, run_node


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The document, beside the linters."""
    require_node()
    folder = make_package_folder(tmp_path_factory.mktemp("linters"))
    (folder / "schema.json").write_text(json.dumps(build_document()))
    return folder


def test_redocly_recommends_nothing_more(folder: Path) -> None:
    (folder / "redocly.yaml").write_text("extends: [recommended]\n")

    report = json.loads(run_node(folder, "redocly", "lint", "schema.json", "--format=json"))

    assert [f"{problem['ruleId']}: {problem['message']}" for problem in report["problems"]] == []


def test_spectral_finds_nothing(folder: Path) -> None:
    (folder / "rules.yaml").write_text('extends: ["spectral:oas"]\n')

    run_node(folder, "spectral", "lint", "schema.json", "--ruleset", "rules.yaml", "--fail-severity", "hint")
