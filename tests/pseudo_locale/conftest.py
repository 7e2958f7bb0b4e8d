"""The pseudo-locale, and the data that pages and letters may show as it is."""

import re
from collections.abc import Iterator
from typing import Protocol

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from matching.lifecycle import explanations
from matching.lifecycle.queries import checklists
from tests.pseudo_locale.translation import (
    LANGUAGE,
    PseudoTranslation,
    compile_data,
    find_text_outside_brackets,
    list_visible_texts,
    read_stored_texts,
)
from web.volunteers.availability_zones import list_zones_by_country

ALLOWED = {
    "Handraiser",  # our name
    "UTC",  # a time zone is named alike everywhere
    "esc",  # django-unfold's name of a key, beside the search
    *("English", "Español"),  # the switch names each language in itself
    # Names of agencies, as they call themselves.
    "Federal Bureau of Investigation (FBI): Internet Crime Complaint Center, ic3.gov",
    "FBI field offices, fbi.gov",
    "Cybersecurity and Infrastructure Security Agency (CISA), cisa.gov",
}


class FindOutside(Protocol):
    def __call__(self, page: str, *, is_html: bool = True) -> list[str]: ...


def list_places_of_zones() -> Iterator[str]:
    """The names of countries and places, as the zone database has them."""
    for country, zones in list_zones_by_country():
        yield country
        yield from (str(label) for _name, label in zones)


@pytest.fixture
def pseudo_locale(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every message in brackets, in place of English."""
    forget_translations()
    monkeypatch.setitem(trans_real._translations, LANGUAGE, PseudoTranslation())  # type: ignore[attr-defined]
    monkeypatch.setattr(trans_real, "_default", None)
    with translation.override(LANGUAGE):
        yield
    forget_translations()


def forget_translations() -> None:
    """Empty what is translated once for each language."""
    explanations.translate_reasons.cache_clear()
    checklists.translate_items.cache_clear()


@pytest.fixture
def find_outside(pseudo_locale: None) -> FindOutside:
    """Finds the visible texts of a page that are neither in brackets nor data. Call it when all rows are there."""
    patterns: list[re.Pattern[str]] = []

    def find(page: str, *, is_html: bool = True) -> list[str]:
        if not patterns:
            patterns.append(
                compile_data([*ALLOWED, *settings.OPERATOR.values(), *list_places_of_zones(), *read_stored_texts()])
            )
        texts = list_visible_texts(page) if is_html else [page]
        return find_text_outside_brackets(texts, patterns[0])

    return find


def explain_outside(outside: dict[str, str]) -> str:
    """Say what was found where, a text a line."""
    return "\n".join(["Visible text that does not go through gettext:", *(f"{outside[one]}: {one}" for one in outside)])
