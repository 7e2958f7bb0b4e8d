import pytest
from django.conf import settings
from django.utils import translation

from core.management.commands.write_reference import build_generated_files, fill_blocks
from core.management.settings_reference import EnvironmentReader


@pytest.mark.parametrize("language", ["en", "de"])
def test_generated_files_are_fresh_whatever_the_language(language: str) -> None:
    with translation.override(language):
        stale = [path.name for path, text in build_generated_files().items() if path.read_text() != text]

    assert stale == [], "Run `./run manage write_reference`."


def test_a_variable_has_the_default_and_the_meaning_that_the_settings_give() -> None:
    source = """
#: Days.
DAYS = env.int("DAYS", 1 if PRODUCTION else 0)
if PRODUCTION:
    #: A
    #: key.
    KEY = env.str("KEY")
"""

    reader = EnvironmentReader(source)

    assert reader.variables == {"DAYS": ["`1`", "`0`", "Days."], "KEY": ["none: required", "not read", "A key."]}


def test_a_variable_without_a_meaning_is_named() -> None:
    reader = EnvironmentReader('DAYS = env.int("DAYS", 1)\n')

    assert reader.names - reader.variables.keys() == {"DAYS"}


def test_a_page_without_its_block_is_refused() -> None:
    with pytest.raises(ValueError, match="has no block 'limits'"):
        fill_blocks("No comments here.", {"limits": ""})


def test_the_settings_are_found() -> None:
    assert "SECRET_KEY" in EnvironmentReader((settings.BASE_DIR / "config" / "settings.py").read_text()).variables
