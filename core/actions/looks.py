"""Writing down who looked at whose contact."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from core.models import Look, User
from core.vocabulary import Capacity, Door

Subject = int | UUID
"""Whose contact it is: an account, or, where there is none, the public id of the row that holds the contact."""


def record(
    looker: User | None, capacity: Capacity, subjects: Iterable[Subject | None], door: Door, *, at: datetime
) -> None:
    """The contacts of these people were shown to somebody: one statement, however many they are.

    One's own is nobody's business, but for asking for everything. `looker` is None for a candidate, who has a link and
    no account.
    """
    pk = looker.pk if looker else None
    seen = {one for one in subjects if one is not None and (one != pk or door == Door.EXPORT)}
    rows = [Look(looker_id=pk, capacity=capacity, door=door, at=at, **_whose(one)) for one in sorted(seen, key=str)]
    if rows:
        Look.objects.bulk_create(rows)


def _whose(subject: Subject) -> dict[str, Any]:
    return {"subject_row" if isinstance(subject, UUID) else "subject_id": subject}
