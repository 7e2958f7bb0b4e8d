"""The page of the components is there locally only."""

import os
import subprocess
import sys
from pathlib import Path

from django.test import Client

from tests.example_settings import PRODUCTION

ROOT = Path(__file__).resolve().parents[3]


def test_every_component_is_shown(client: Client) -> None:
    page = client.get("/design/").content.decode()
    folder = ROOT / "web" / "design" / "templates" / "components"

    for style in ("button", "notice", "tag", "clock", "path", "week", "facts", "empty", "summary", "choice", "both"):
        assert f'class="{style}' in page, f"{style}, of {folder}"


def test_production_has_no_such_page() -> None:
    asked = (
        "import django; django.setup();"
        "from django.urls import Resolver404, resolve\n"
        "try: resolve('/design/')\n"
        "except Resolver404: print('nothing')"
    )
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **PRODUCTION}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, timeout=120, check=True
    )

    assert done.stdout.strip() == "nothing"
