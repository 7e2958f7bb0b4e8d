"""What each app holds about a person, as it registers that with core: the parts of their export and of their erasure.

docs/personal-data.csv says the same of every column there is; a test holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who is erased: an account, if they have one; addresses that are theirs, in lower case; ids of rows without an
    account, by kind. What was written to an address after `until` is somebody else's, or they have come anew.
    """

    user: User | None = None
    addresses: frozenset[str] = frozenset()
    ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    until: datetime


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an erasure means, in sentences: what has to be done first, what goes, and what stays."""

    first: list[str] = field(default_factory=list)
    goes: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)


def _nothing(*_: Any) -> None:
    return None


def _empty(*_: Any) -> list[str]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Eraser:
    """An app's part of an erasure. Everything in it can be done twice.

    `leaves` ends what goes on, by ordinary moves in transactions of their own; `erases` is called after all of them, in
    one transaction, the upper floors first. `ids` are what the journal keeps of rows that are not erased yet, by kind;
    `words`, by which the person is found in what was answered to others; `addresses`, all that the app holds of people
    without an account.
    """

    says: Callable[[Person], Prospect]
    erases: Callable[[Person, datetime], None]
    leaves: Callable[[Person, datetime], None] = _nothing
    ids: Callable[[Person], Mapping[str, Iterable[str]]] = lambda person: {}
    words: Callable[[Person], Iterable[str]] = _empty
    addresses: Callable[[], Iterable[str]] = _empty


_erasers: list[Eraser] = []


def register_eraser(eraser: Eraser) -> None:
    """Adds an app's part; apps register from the lowest floor upwards."""
    _erasers.append(eraser)


def erasers() -> list[Eraser]:
    """Every app's part, the upper floors first."""
    return _erasers[::-1]
