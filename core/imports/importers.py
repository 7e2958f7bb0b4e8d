"""Importers: each app registers its own in a module `importers`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from django.utils.translation import gettext as _

from core.errors import NotFound
from core.imports.fields import ImportField
from core.registry import Registry


class ImportOutcome(StrEnum):
    """What an import did with a row."""

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
    wants_to_use: bool


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row that the mapping could read.

    `values` has a field only where the file or the mapping gave a value. `assumed_fields` names the fields whose value
    is the mapping's. `is_first` is false when an earlier row of the file, which went in, has the same key;
    `is_first_of_part` when one has the same key and names the same part. What such a row says otherwise than the
    earlier one is refused: else one of the two would be lost.
    """

    line: int
    key: str
    values: dict[str, Any]
    assumed_fields: tuple[str, ...]
    is_first: bool = True
    is_first_of_part: bool = True


def describe_repeated_key() -> str:
    """Say that two rows of one key differ where they must not, and what to do."""
    return _("An earlier row with this key says otherwise. Correct one of them, or give each a key of its own.")


class RowLoader(Protocol):
    """Create or update what the rows describe, in the caller's transaction.

    No value of a row is lost: each is stored, or is stored already, or the row is refused. Raises Invalid, which names
    the field, when a row cannot be loaded; the caller then rolls back and loads each row on its own.
    """

    def __call__(self, *, rows: Sequence[ImportRow], source: str, at: datetime) -> list[ImportOutcome]:
        """Return one outcome for each row, in their order."""
        ...


RowCheck = Callable[[Mapping[str, Any], date], None]


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of row that can be imported.

    `fields` is called once for each import, because the choices of a field may come from the database. `check` judges
    the values of a row on the day of the import, before it is loaded, and raises Invalid. A value that could not be
    read is missing there, so that a row is told all of its mistakes at once. A key that the file repeats is refused,
    unless `may_repeat_key`: then `load` decides what the later rows mean. `part_field` is the field that tells
    the parts of one key from another.
    """

    kind: str
    fields: Callable[[], tuple[ImportField, ...]]
    load: RowLoader
    check: RowCheck | None = None
    takes_skills: bool = False
    may_repeat_key: bool = False
    part_field: str = ""


_importers = Registry[Importer]("importer")


def register_importer(importer: Importer) -> None:
    """Add an importer. Raises ValueError when its kind is taken."""
    _importers.register(importer.kind, importer)


def list_import_kinds() -> list[str]:
    """Return the kinds of row that can be imported, sorted."""
    return sorted(_importers)


def get_importer(kind: str) -> Importer:
    """Return the importer of a kind. Raises NotFound."""
    if kind not in _importers:
        raise NotFound(
            _("There is no import of “%(kind)s”. Choose one of %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(list_import_kinds())}
        )
    return _importers[kind]
