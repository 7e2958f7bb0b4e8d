"""Speak reference data in the reader's language: the database holds English, and catalogues translate what we ship.

A text that an operator or a campaign wrote is in no catalogue, so it stays as it was typed. Each kind is a context of
its own, as a short word means several things.
"""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import get_language, pgettext

MOST_TEXTS_KEPT = 2_000
"""How many translated texts a process keeps: more than the skills and playbooks have. The oldest goes first."""


class ReferenceKind(StrEnum):
    """What a text of reference data belongs to. The value is its context in catalogues."""

    SKILL = "skill"
    JURISDICTION = "jurisdiction"
    OFFICE = "office"
    PLAYBOOK = "playbook"
    ROLE = "role of a playbook"
    COUNTRY = "country"
    PLACE = "place of a time zone"


def translate_reference(text: str, *kinds: ReferenceKind) -> str:
    """Return a stored text in the active language, if one of these kinds ships it; else as it is stored."""
    return _translate(get_language(), text, kinds)


@lru_cache(maxsize=MOST_TEXTS_KEPT)
def _translate(language: str | None, text: str, kinds: tuple[ReferenceKind, ...]) -> str:
    """Return the text in the active language, which is `language`. Lists repeat few texts."""
    return next(
        (translated for kind in kinds if (translated := pgettext(kind, text)) != text),
        text,
    )


def translate_references(texts: Iterable[str], *kinds: ReferenceKind) -> list[str]:
    """Return several stored texts, each as `translate_reference` does."""
    return [translate_reference(text, *kinds) for text in texts]
