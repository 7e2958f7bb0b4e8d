"""The vocabulary: the codes that the API takes or gives, with their labels in the reader's language.

The kinds of notices are not here, as each notice has its own words, nor are the codes of problems, which are
for programs.

Each app registers its part in a module `vocabulary`. The answer holds nothing but public facts: no row of it depends on
who uses this installation.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from rest_framework.serializers import Serializer

from core.registry import Registry
from core.text_folding import fold_text

Row = dict[str, Any]
Label = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyPart:
    """One list of the vocabulary.

    `read` returns its rows as values that JSON can hold; `row` describes one of them for the API's document.
    """

    description: str
    row: type[Serializer[Any]]
    read: Callable[[], list[Row]]


@dataclass(frozen=True, slots=True)
class VocabularyEnum:
    """The values of one enumeration, with their labels; the values are texts, or all of them are whole numbers."""

    choices: tuple[tuple[str | int, Label], ...]

    @property
    def is_numeric(self) -> bool:
        """Return whether the values are numbers."""
        return all(isinstance(value, int) for value, _label in self.choices)


_parts = Registry[VocabularyPart]("part of the vocabulary")
_enums = Registry[VocabularyEnum]("enumeration of the vocabulary")


def register_vocabulary_part(name: str, part: VocabularyPart) -> None:
    """Add a list. Raises ValueError when the name is taken."""
    _parts.register(name, part)


def register_vocabulary_enums(**enums: Iterable[tuple[str | int, Label]]) -> None:
    """Add enumerations, as pairs of a value and its label; raises ValueError when a name is taken.

    The name is that of the component in the API's document, in lower case and without `Enum`: `match_state` for
    `MatchStateEnum`. A choice that is not made is null in the API, and so no value: the empty text is left out.
    """
    for name, choices in enums.items():
        _enums.register(name, VocabularyEnum(tuple(choice for choice in choices if choice[0] != "")))


def list_vocabulary_parts() -> Mapping[str, VocabularyPart]:
    """Return the lists by name."""
    return _parts


def list_vocabulary_enums() -> Mapping[str, VocabularyEnum]:
    """Return the enumerations by name."""
    return _enums


def sort_by_name(rows: Iterable[Row]) -> list[Row]:
    """Return rows by their names in the active language, without regard to case and accents."""
    return sorted(rows, key=lambda row: fold_text(row["name"]))


def build_vocabulary() -> dict[str, Any]:
    """Return the whole vocabulary in the active language."""
    enums = {
        name: [{"value": value, "label": str(label)} for value, label in enum.choices] for name, enum in _enums.items()
    }
    return {**{name: part.read() for name, part in _parts.items()}, "enums": enums}
