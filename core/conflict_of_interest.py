"""The one rule about conflicts of interest, which all entry points share.

A reviewer with a part in a contest neither sees nor decides anything of it, and no reviewer decides about themselves. A
contest is known here by its id only: the apps above register in modules `contest_parts` what counts as a part in one.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.email_addresses import has_own_address, users_with_address
from core.errors import NotAllowed
from core.models import User
from core.registry import Registry
from core.reviewers import list_reviewers


@dataclass(frozen=True, slots=True)
class ContestPart:
    """Rows that each give a user a part in a contest.

    `rows` are the same at all times: the statement is built once for each process. `user` and `contest` are lookup
    paths from a row. The path `contest` leads to the contest's id, the path `user` to the user, or to an address of
    theirs if `is_by_address`.
    """

    rows: Callable[[], QuerySet[Any]]
    user: str
    contest: str
    is_by_address: bool = False


_contests_read: ContextVar[dict[int, set[int]] | None] = ContextVar("contests_read", default=None)
_parts = Registry[ContestPart]("part in a contest")


def register_contest_part(name: str, part: ContestPart) -> None:
    """Register what gives a user a part in a contest. Raises ValueError when the name is taken."""
    _parts.register(name, part)


def no_part_in_contest(user: User, contest: str) -> Q:
    """Return the condition that the user has no part in the contest at the lookup path `contest`.

    Where the path leads to several contests, the user has a part in none of them.
    """
    if _contests_read.get() is None:
        return ~Q(**{f"{contest}__in": _contests_with_part(user)})
    contests = list_contests_of(user)
    # Most reviewers have no part at all. The condition that is always true spares the joins to the contest.
    return ~Q(**{f"{contest}__in": contests}) if contests else ~Q(pk__in=[])


def no_part_of_reader(reader: User | None, contest: str) -> Q:
    """Return `no_part_in_contest` for a reader; without one no row is left out: people read about themselves."""
    return no_part_in_contest(reader, contest) if reader else Q()


@contextmanager
def reading_contests_once() -> Iterator[None]:
    """Within the block, the contests of a user are read once, and conditions hold their ids.

    Else each holds a subquery over all kinds of parts, which takes longer to build and to plan than to execute. For
    reads only: what the block itself changes about parts would not be seen.
    """
    token = _contests_read.set({})
    try:
        yield
    finally:
        _contests_read.reset(token)


def list_impartial_reviewers(contest_id: int) -> QuerySet[User]:
    """Return the active reviewers without a part in the contest."""
    reviewers = list_reviewers()
    for part in _parts.values():
        users = _users_of_part(part, [contest_id])
        reviewers = reviewers.exclude(pk__in=users)
    return reviewers


def is_impartial_reviewer(user: User, contest_id: int) -> bool:
    """Return whether the user is a reviewer without a part in the contest."""
    return user.is_reviewer and contest_id not in list_contests_of(user)


def check_may_review_contest(actor: User, contest_id: int) -> None:
    """Raise NotAllowed unless the user is a reviewer without a part in the contest."""
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers may do this. Ask a reviewer."))
    if not is_impartial_reviewer(actor, contest_id):
        raise NotAllowed(_("You have a part in this contest yourself, so another reviewer decides."))


def check_not_oneself(actor: User, user_id: int | None) -> None:
    """Raise NotAllowed when the user would decide about themselves."""
    if actor.pk == user_id:
        raise NotAllowed(_("Nobody decides about themselves. Ask another reviewer to do it."))


def check_shares_no_contest(actor: User, person: User | None) -> None:
    """Raise NotAllowed when both have a part in one contest: what the user does to the person would decide in it."""
    contest_ids = list_contests_of(actor) if person else set()
    if person and contest_ids and users_with_part(contest_ids).filter(pk=person.pk).exists():
        raise NotAllowed(_("You have a part in a contest of this person, so another reviewer decides."))


def has_any_part(user: User) -> bool:
    """Return whether the user has a part in some contest, so that it is hidden from them as a reviewer."""
    return bool(list_contests_of(user))


def list_contests_of(user: User) -> set[int]:
    """Return the ids of the contests in which the user has a part."""
    read = _contests_read.get()
    if read is not None and user.pk in read:
        return read[user.pk]
    contests = _read_contests_with_part(user)
    if read is not None:
        read[user.pk] = contests
    return contests


def users_with_part(contest_ids: Collection[int]) -> QuerySet[User]:
    """Return the users who have a part in any of these contests."""
    condition = Q(pk__in=[])
    for part in _parts.values():
        condition |= Q(pk__in=_users_of_part(part, contest_ids))
    return User.objects.filter(condition)


def list_reviewers_of_any(contest_ids: Collection[int]) -> list[User]:
    """Return the reviewers without a part in at least one of these contests, by one statement for each reviewer."""
    return [reviewer for reviewer in list_reviewers() if set(contest_ids) - list_contests_of(reviewer)]


def find_contests_without_reviewer(contest_ids: Collection[int]) -> set[int]:
    """Return those of these contests in which every reviewer has a part."""
    remaining = set(contest_ids)
    for reviewer in list_reviewers() if remaining else ():
        remaining &= list_contests_of(reviewer)
        if not remaining:
            break
    return remaining


def _contests_with_part(user: User) -> QuerySet[Any]:
    """Return the ids of the contests in which the user has a part, in one subquery."""
    first, *others = [
        part.rows()
        .filter(has_own_address(user, part.user) if part.is_by_address else Q(**{part.user: user}))
        .order_by()
        .values_list(part.contest)
        for part in _parts.values()
    ]
    return first.union(*others)


_STAND_IN = User(pk=-1, email="nobody@invalid")
"""Stands for the user in the statement that is built once."""


@cache
def _build_contests_statement() -> tuple[str, tuple[Any, ...]]:
    """Return the statement that reads the contests of `_STAND_IN`, and its parameters."""
    return _contests_with_part(_STAND_IN).query.sql_with_params()


def _read_contests_with_part(user: User) -> set[int]:
    # Django takes longer to build this statement than PostgreSQL to execute it, and each GET of a reviewer needs it.
    statement, parameters = _build_contests_statement()
    of_user: dict[Any, Any] = {_STAND_IN.pk: user.pk, _STAND_IN.email: user.email}
    with connection.cursor() as cursor:
        cursor.execute(statement, [of_user.get(parameter, parameter) for parameter in parameters])
        return {contest_id for (contest_id,) in cursor.fetchall()}


def _users_of_part(part: ContestPart, contest_ids: Collection[int]) -> QuerySet[Any]:
    # Without a user a row has NULL there, and NOT IN a list with NULL is never true.
    rows = part.rows().filter(**{f"{part.contest}__in": contest_ids, f"{part.user}__isnull": False})
    values = rows.order_by().values(part.user)
    return users_with_address(values).values("pk") if part.is_by_address else values
