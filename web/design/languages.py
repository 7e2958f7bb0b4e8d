"""The languages that a page offers at its foot, each by its own name."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info

NEXT_FIELD = "next"
"""The hidden field with the address of the page, to which the switch leads back."""


@dataclass(frozen=True, slots=True)
class OfferedLanguage:
    """A language of ours. `name` is what its speakers call it."""

    code: str
    name: str


def list_offered_languages() -> list[OfferedLanguage]:
    """Return the languages of this site by their codes; none where English is the only one."""
    if len(settings.LANGUAGES) == 1:
        return []
    return [OfferedLanguage(code, _name_by_speakers(code, str(name))) for code, name in settings.LANGUAGES]


def _name_by_speakers(code: str, name: str) -> str:
    try:
        return capfirst(str(get_language_info(code)["name_local"]))
    except KeyError:
        return name
