"""Writing down who looked at whose contact."""

from collections.abc import Iterable
from datetime import datetime

from core.models import Look, User
from core.vocabulary import Capacity, Door


def record(
    looker: User | None, capacity: Capacity, subjects: Iterable[int | None], door: Door, *, at: datetime
) -> None:
    """The contacts of these accounts were shown to somebody: one statement, however many they are.

    One's own is nobody's business, but for asking for everything. `looker` is None for a candidate, who has a link and
    no account.
    """
    pk = looker.pk if looker else None
    seen = {one for one in subjects if one is not None and (one != pk or door == Door.EXPORT)}
    rows = [Look(looker_id=pk, capacity=capacity, subject_id=one, door=door, at=at) for one in sorted(seen)]
    if rows:
        Look.objects.bulk_create(rows)
