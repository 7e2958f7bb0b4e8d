"""The markup of every page, judged by html-validate."""

import json
from pathlib import Path

import pytest

from tests.node import PAGE_JUDGES, install_packages, run_node
from tests.web.every_page import ShownPage

RULES = {
    "extends": ["html-validate:recommended"],
    "rules": {
        "no-trailing-whitespace": "off",
        "doctype-style": "off",
        "void-style": "off",
        "tel-non-breaking": ["error", {"ignoreClasses": ["nobreak"]}],
        "form-dup-name": ["error", {"shared": ["radio", "checkbox", "button", "submit"]}],
    },
}


WITH_A_HIDDEN_LIST = {"volunteer-skills-paused"}
"""Hidden fields of one name carry what was ticked before, which the judge cannot be told to allow."""

pytestmark = pytest.mark.django_db(databases=["default", "counters"])


def test_the_markup_is_clean(every_page: list[ShownPage], tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(install_packages(PAGE_JUDGES))
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    judged = [page for page in every_page if page.name not in WITH_A_HIDDEN_LIST]
    for page in judged:
        (tmp_path / f"{page.name}.html").write_bytes(page.content)

    run_node(tmp_path, "html-validate", "--formatter", "text", *[f"{page.name}.html" for page in judged])
