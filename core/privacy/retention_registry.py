"""The registry of retention rules: each app says in its module `retention_rules` how many days it stores what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from core.registry import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionRule:
    """How many days one kind of data is stored, and how it is deleted then.

    An installation may set other days, from `min_days` on: something else relies on rows of that age.
    `delete_expired` takes a cut-off time, the present time and a maximum of rows. It deletes rows that were over at the
    cut-off and returns how many; called again, it goes on with the next rows.
    """

    kind: str
    days: int
    delete_expired: Callable[[datetime, datetime, int], int]
    min_days: int = 0


_retention_rules = Registry[RetentionRule]("retention rule")


def register_retention_rules(*rules: RetentionRule) -> None:
    """Add rules; the setting RETENTION_DAYS may replace their days. Raises ValueError when a kind is taken."""
    for rule in rules:
        _retention_rules.register(rule.kind, rule)


def list_retention_rules() -> Mapping[str, RetentionRule]:
    """Return the retention rules by kind."""
    return _retention_rules
