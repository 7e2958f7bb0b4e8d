"""Parts of a data export, as each app registers them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from core.models import User


@dataclass(frozen=True, slots=True)
class ExportSection:
    """Rows of one table that are about a person, or that they wrote, and what of them the person is given.

    `columns` are the row's own, or are reached from one of its own (`skill__code`), in the way of `QuerySet.values`.
    """

    name: str
    model: type[Model]
    rows: Callable[[User], "QuerySet[Any]"]
    columns: tuple[str, ...]


_export_sections: dict[str, ExportSection] = {}


def register_export_sections(*parts: ExportSection) -> None:
    """Adds parts to everybody's export, each under a name of its own."""
    for part in parts:
        if part.name in _export_sections:
            raise ValueError(f"Two parts of the export are called {part.name!r}: one of them has to go.")
        _export_sections[part.name] = part


def list_export_sections() -> Mapping[str, ExportSection]:
    """Every part of an export."""
    return _export_sections


def collect_personal_data(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything that is held about a person and may be given to them, part by part, oldest rows first."""
    return {part.name: list(_read_section(part, user)) for part in _export_sections.values()}


def _read_section(part: ExportSection, user: User) -> Iterator[dict[str, Any]]:
    for row in part.rows(user).order_by("pk").values(*part.columns):
        yield {column.replace("__", "_"): value for column, value in row.items()}
