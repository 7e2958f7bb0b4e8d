"""The languages of the interface: English, and each that has a catalogue of ours."""

from collections.abc import Iterable
from pathlib import Path

from django.conf.global_settings import LANGUAGES as DJANGO_LANGUAGES
from django.utils.translation import to_language

ENGLISH = "en"


def list_interface_languages(locale_paths: Iterable[Path]) -> list[tuple[str, str]]:
    """Return the code and the English name of each language with a compiled catalogue below a path, English first.

    A language that Django does not know has its code as its name.
    """
    names = dict(DJANGO_LANGUAGES)
    catalogues = (found for path in locale_paths for found in path.glob("*/LC_MESSAGES/django.mo"))
    codes = sorted({to_language(found.parent.parent.name) for found in catalogues} - {ENGLISH})
    return [(code, str(names.get(code, code))) for code in (ENGLISH, *codes)]
