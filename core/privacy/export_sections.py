"""Sections of a data export: each app registers its own in a module `personal_data`."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, F, Model, Q, QuerySet, When

from core.models import User
from core.registry import Registry


@dataclass(frozen=True, slots=True)
class ExportSection:
    """Rows of one table that are about a user or written by them, and the columns that the user is given.

    `columns` are paths as `QuerySet.values` takes them: `state`, `skill__code`. `conditions` says of a column in which
    rows it is given; in other rows it is null. `names` has the keys that differ from their columns, and `shapes` the
    components of the API's description by column, where the column's type says too little.
    """

    name: str
    model: type[Model]
    rows: Callable[[User], "QuerySet[Any]"]
    columns: tuple[str, ...]
    conditions: Mapping[str, Q] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    shapes: Mapping[str, str] = field(default_factory=dict)

    def name_column(self, column: str) -> str:
        """Return the key of a column in the rows of the export."""
        return self.names.get(column, column.replace("__", "_"))


_export_sections = Registry[ExportSection]("export section")


def register_export_sections(*sections: ExportSection) -> None:
    """Add sections to every user's export. Raises ValueError when a name is taken."""
    for section in sections:
        _export_sections.register(section.name, section)


def list_export_sections() -> Mapping[str, ExportSection]:
    """Return the sections by name, in the order of an export."""
    return _export_sections


def collect_personal_data(user: User) -> dict[str, list[dict[str, Any]]]:
    """Return all data about a user that may be given to them, by section, oldest rows first."""
    return {section.name: list(_read_section(section, user)) for section in _export_sections.values()}


def _read_section(section: ExportSection, user: User) -> Iterator[dict[str, Any]]:
    aliases = {column: f"given_{column.replace('__', '_')}" for column in section.conditions}
    given = {aliases[column]: Case(When(condition, then=F(column))) for column, condition in section.conditions.items()}
    rows = section.rows(user).order_by("pk").annotate(**given)
    for row in rows.values(*(aliases.get(column, column) for column in section.columns)):
        yield {section.name_column(column): row[aliases.get(column, column)] for column in section.columns}
