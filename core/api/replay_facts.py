"""What a caller may see, as it was when a response was stored: a replay shows no more than a fresh read would.

No view says what its answer depends on. So each app registers, in its module `contest_parts`, facts that answers depend
on. A stored response is sent again only while the rights of that moment are still held, and no new bar has come.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from core.models import User
from core.registry import Registry


@dataclass(frozen=True, slots=True)
class ReplayFact:
    """One kind of facts about a user, and about the rows with the public ids that a request and its answer name.

    Facts are rights, which must all still hold; or, if `is_bar`, what hides things, of which there may be no new one.
    """

    list_facts: Callable[[User, Collection[UUID]], Iterable[str]]
    is_bar: bool = False


_kinds = Registry[ReplayFact]("fact of replays")


def register_replay_fact(name: str, fact: ReplayFact) -> None:
    """Register facts that stored answers depend on. Raises ValueError when the name is taken."""
    _kinds.register(name, fact)


def list_replay_facts(user: User, subjects: Collection[UUID]) -> dict[str, list[str]]:
    """Return all facts as they are now, by the names of their kinds."""
    return {name: sorted(kind.list_facts(user, subjects)) for name, kind in _kinds.items()}


def may_replay(stored: dict[str, list[str]], user: User, subjects: Collection[UUID]) -> bool:
    """Return whether the caller may still see what they saw when these facts were stored."""
    current = list_replay_facts(user, subjects)
    if stored.keys() != current.keys():
        return False
    return all(
        set(current[name]) <= set(stored[name]) if kind.is_bar else set(stored[name]) <= set(current[name])
        for name, kind in _kinds.items()
    )
