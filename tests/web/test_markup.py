"""The markup of every page, judged by html-validate."""

import json
from datetime import datetime
from pathlib import Path

from tests.cast import Cast
from tests.node import PAGE_JUDGES, install_packages, run_node
from tests.web.every_page import undone
from tests.web.page_addresses import PAGES

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


def test_the_markup_is_clean(cast: Cast, now: datetime, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(install_packages(PAGE_JUDGES))
    (tmp_path / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
    names = []
    for judged in PAGES:
        with undone():
            client, address = judged.make_client(cast), judged.find_address(cast, now)
            answer = client.get(address) if judged.typed is None else client.post(address, judged.typed)
        names.append(f"{judged.name}.html")
        (tmp_path / names[-1]).write_bytes(answer.content)

    run_node(tmp_path, "html-validate", "--formatter", "text", *names)
