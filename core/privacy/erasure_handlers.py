"""What each app holds about a person, as it registers that with core: the parts of their export and of their erasure.

docs/personal-data.csv says the same of every column there is; a test holds the two together.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSubject:
    """Who is erased: an account, if they have one; addresses that are theirs, in lower case; ids of rows without an
    account, by kind. What was written to an address after `until` is somebody else's, or they have come anew.
    """

    user: User | None = None
    addresses: frozenset[str] = frozenset()
    row_ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    until: datetime


@dataclass(frozen=True, slots=True)
class ErasurePreview:
    """What an erasure means, in sentences: what has to be done first, what goes, and what stays."""

    first: list[str] = field(default_factory=list)
    goes: list[str] = field(default_factory=list)
    stays: list[str] = field(default_factory=list)


def _do_nothing(*_: Any) -> None:
    return None


def _return_empty(*_: Any) -> list[str]:
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureHandler:
    """An app's part of an erasure. Everything in it can be done twice.

    `leaves` ends what goes on, by ordinary moves in transactions of their own; `erases` is called after all of them, in
    one transaction, the upper floors first. `ids` are what the journal keeps of rows that are not erased yet, by kind;
    `words`, by which the person is found in what was answered to others; `addresses`, all that the app holds of people
    without an account.
    """

    preview: Callable[[DataSubject], ErasurePreview]
    erase: Callable[[DataSubject, datetime], None]
    terminate: Callable[[DataSubject, datetime], None] = _do_nothing
    logged_ids: Callable[[DataSubject], Mapping[str, Iterable[str]]] = lambda person: {}
    search_terms: Callable[[DataSubject], Iterable[str]] = _return_empty
    known_addresses: Callable[[], Iterable[str]] = _return_empty


_erasure_handlers: list[ErasureHandler] = []


def register_erasure_handler(eraser: ErasureHandler) -> None:
    """Adds an app's part; apps register from the lowest floor upwards."""
    _erasure_handlers.append(eraser)


def list_erasure_handlers() -> list[ErasureHandler]:
    """Every app's part, the upper floors first."""
    return _erasure_handlers[::-1]
