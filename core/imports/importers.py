"""What the apps above register as they start: the kinds of row that can be imported, and the action that takes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from core.errors import NotFound
from core.imports.fields import ImportField


class ImportOutcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    JOINED = "joined an earlier row"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left alone, because its people have taken it over"


@dataclass(frozen=True, slots=True)
class ImportedSkill:
    """A skill by its code, at a level from 1 to 5."""

    skill: str
    level: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row that the mapping could read.

    `values` has a field only where the file or the mapping gave a value. `assumed` names the fields in which that value
    is the mapping's. `first` says that no earlier row of the file has this key.
    """

    line: int
    key: str
    values: dict[str, Any]
    assumed_fields: tuple[str, ...]
    is_first: bool = True


class RowLoader(Protocol):
    """Creates or updates what the rows describe, in the caller's transaction, and says for each what became of it.

    Raises Invalid when a row cannot be taken; the caller then undoes all of them and gives each on its own.
    """

    def __call__(self, *, rows: Sequence[ImportRow], source: str, at: datetime) -> list[ImportOutcome]:
        """One outcome a row, in their order."""
        ...


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of row. `fields` is asked once an import, so that choices which the database holds are today's.

    A key that stands in the file twice is refused, unless rows of one key `may_join`: then `load` says what that means.
    """

    kind: str
    fields: Callable[[], tuple[ImportField, ...]]
    load: RowLoader
    takes_skills: bool = False
    may_repeat_key: bool = False


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Makes a kind of row known by its name."""
    if importer.kind in _importers:
        raise ValueError(f"Two importers of {importer.kind!r}: one of them has to go.")
    _importers[importer.kind] = importer


def list_import_kinds() -> list[str]:
    """The names of what can be imported."""
    return sorted(_importers)


def get_importer(kind: str) -> Importer:
    """The importer of that kind. Raises NotFound."""
    if kind not in _importers:
        raise NotFound(f"There is no import of “{kind}”. Choose one of {', '.join(list_import_kinds())}.")
    return _importers[kind]
