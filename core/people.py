"""What each app holds about a person, as it registers that with core: the parts of their export.

docs/personal-data.csv says the same of every column there is; a test holds the two together.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from core.models import User


@dataclass(frozen=True, slots=True)
class Held:
    """Rows of one table that are about a person, or that they wrote, and what of them the person is given.

    `columns` are the row's own, or are reached from one of its own (`skill__code`), in the way of `QuerySet.values`.
    """

    name: str
    model: type[Model]
    rows: Callable[[User], "QuerySet[Any]"]
    columns: tuple[str, ...]


_held: dict[str, Held] = {}


def register_held(*parts: Held) -> None:
    """Adds parts to everybody's export, each under a name of its own."""
    for part in parts:
        if part.name in _held:
            raise ValueError(f"Two parts of the export are called {part.name!r}: one of them has to go.")
        _held[part.name] = part


def parts() -> Mapping[str, Held]:
    """Every part of an export."""
    return _held


def held_about(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything that is held about a person and may be given to them, part by part, oldest rows first."""
    return {part.name: list(_told(part, user)) for part in _held.values()}


def _told(part: Held, user: User) -> Iterator[dict[str, Any]]:
    for row in part.rows(user).order_by("pk").values(*part.columns):
        yield {column.replace("__", "_"): value for column, value in row.items()}
