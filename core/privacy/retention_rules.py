"""How long what is kept: each app registers what is forgotten by itself, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """One kind of what is forgotten when its days are over.

    `forgets` is called with a moment, the present one, and how many rows at most: what was over at the first moment is
    to go. It returns how many went; done again, it goes on with the next ones, and with none in the end.
    """

    kind: str
    days: int
    delete_expired: Callable[[datetime, datetime, int], int]


_retention_rules: dict[str, RetentionRule] = {}


def register_retention_rules(*kinds: RetentionRule) -> None:
    """Adds kinds, each with the days that it is kept unless the setting RETENTION_DAYS says otherwise."""
    for one in kinds:
        if one.kind in _retention_rules:
            raise ValueError(f"{one.kind!r} is forgotten in two ways: one of them has to go.")
        _retention_rules[one.kind] = one


def list_retention_rules() -> Mapping[str, RetentionRule]:
    """Every kind."""
    return _retention_rules
