"""Writing down who looked at whose contact."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from core.enums import AccessPoint, ViewerKind
from core.models import ContactAccess, User
from core.models.contact_access import ContactSubject


def record_contact_access(
    looker: User | None,
    capacity: ViewerKind,
    subjects: Iterable[ContactSubject | None],
    door: AccessPoint,
    *,
    at: datetime,
) -> None:
    """Record in one statement that the contacts of these people were shown.

    A viewer's own contact is recorded only in an export. `looker` is None for a candidate, who has a link and no
    account.
    """
    pk = looker.pk if looker else None
    seen = {one for one in subjects if one is not None and (one != pk or door == AccessPoint.EXPORT)}
    rows = [
        ContactAccess(viewer_id=pk, capacity=capacity, door=door, at=at, **_subject_column(one))
        for one in sorted(seen, key=str)
    ]
    if rows:
        ContactAccess.objects.bulk_create(rows)


def _subject_column(subject: ContactSubject) -> dict[str, Any]:
    return {"subject_public_id" if isinstance(subject, UUID) else "subject_id": subject}
