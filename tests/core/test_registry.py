"""Apps register with core by modules of fixed names."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test.utils import override_settings

from core.registry import REGISTRATION_MODULES, Registry, discover_registrations

ROOT = Path(settings.BASE_DIR)


def test_a_registry_keeps_the_order_and_refuses_a_name_that_is_taken() -> None:
    registry = Registry[int]("number")
    registry.register("two", 2)
    registry.register("one", 1)

    with pytest.raises(ValueError, match="two registrations of the number 'two'"):
        registry.register("two", 3)

    assert list(registry.items()) == [("two", 2), ("one", 1)]


def test_modules_are_found_by_their_name_in_every_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for app in ("lower_app", "upper_app"):
        (tmp_path / app).mkdir()
        (tmp_path / app / "__init__.py").touch()
        (tmp_path / app / "importers.py").write_text("from lower_app import __name__ as lower\n")
    monkeypatch.syspath_prepend(tmp_path)

    with override_settings(INSTALLED_APPS=["lower_app", "upper_app"]):
        discover_registrations()

    assert [name for name in sys.modules if name.endswith("_app.importers")] == [
        "lower_app.importers",
        "upper_app.importers",
    ]


def test_an_error_in_a_module_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_app").mkdir()
    (tmp_path / "broken_app" / "__init__.py").touch()
    (tmp_path / "broken_app" / "notice_texts.py").write_text("import no_such_module\n")
    monkeypatch.syspath_prepend(tmp_path)

    with (
        override_settings(INSTALLED_APPS=["broken_app"]),
        pytest.raises(ModuleNotFoundError, match="no_such_module"),
    ):
        discover_registrations()


def test_no_other_module_of_our_apps_registers_anything() -> None:
    """A registration elsewhere would hang on who imports it first."""
    call = re.compile(
        r"^\s*_?register_"
        r"(reference_data|notice_type|export_sections|erasure_handler|retention_rules|importer|mfa_role|contest_part"
        r"|vocabulary_part|vocabulary_enums|boot_part|waiting_work)\(",
        re.MULTILINE,
    )
    ours = [config for config in apps.get_app_configs() if Path(config.path).parent == ROOT]
    modules = [path for config in ours for path in Path(config.path).rglob("*.py")]
    callers = {path.relative_to(ROOT) for path in modules if call.search(path.read_text())}

    assert len(callers) >= 15
    assert [path for path in callers if path.stem not in REGISTRATION_MODULES or len(path.parts) != 2] == []


def test_starting_imports_no_compiled_kernel() -> None:
    code = (
        "import sys, django; django.setup(); "
        "print([name for name in sys.modules if name == 'numba' or name.startswith('matching.engine.kernels')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert (done.stdout.strip(), done.stderr) == ("[]", "")
