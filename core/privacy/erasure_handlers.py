"""Parts of an erasure: each app registers its own in a module `personal_data`.

docs/personal-data.csv says of every column what an erasure does to it; a test compares the two.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core.models import User
from core.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSubject:
    """The person to erase: their account, if there is one; their addresses; ids of rows without an account, by kind.

    Addresses are in lower case. What was written to an address after `until` is not theirs, or they have signed up
    again: it stays.
    """

    user: User | None = None
    addresses: frozenset[str] = frozenset()
    row_ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    until: datetime


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure does, in sentences: what the user must do first, what goes, and what stays."""

    blockers: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    retained: list[str] = field(default_factory=list)


def _do_nothing(*_: Any) -> None:
    return None


def _return_empty(*_: Any) -> list[str]:
    return []


def _return_no_ids(*_: Any) -> list[UUID]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureHandler:
    """An app's part of an erasure. Every function in it is idempotent.

    `preview` takes the reviewer who reads it, and leaves out what belongs to contests in which they have a part. It
    takes None where the person reads it, or nobody does. `terminate` ends what is in progress, by ordinary actions in
    transactions of their own. `erase` runs after the `terminate` of all apps, in one transaction for all apps.
    `logged_ids` are the ids by which the erasure log names rows, by kind. `subject_ids` are the public ids of all rows
    of or about the person, by which stored responses to others are found; they are read before anything ends.
    `search_terms` are words by which they are found as well. `known_addresses` are all addresses that the app holds of
    people without an account.
    """

    app: str
    preview: Callable[[DataSubject, User | None], ErasurePreview]
    erase: Callable[[DataSubject, datetime], None]
    terminate: Callable[[DataSubject, datetime], None] = _do_nothing
    logged_ids: Callable[[DataSubject], Mapping[str, Iterable[str]]] = lambda person: {}
    subject_ids: Callable[[DataSubject], Iterable[UUID]] = _return_no_ids
    search_terms: Callable[[DataSubject], Iterable[str]] = _return_empty
    known_addresses: Callable[[], Iterable[str]] = _return_empty


_erasure_handlers = Registry[ErasureHandler]("erasure handler of the app")


def register_erasure_handler(handler: ErasureHandler) -> None:
    """Add an app's part. Raises ValueError when the app has one."""
    _erasure_handlers.register(handler.app, handler)


def list_erasure_handlers() -> list[ErasureHandler]:
    """Return the parts of all apps, the upper apps first: their rows refer to rows of the apps below."""
    return list(reversed(_erasure_handlers.values()))
