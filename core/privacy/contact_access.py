"""Record which viewer was shown which person's contact."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from core.enums import AccessPoint, ViewerKind
from core.models import ContactAccess, User
from core.models.contact_access import ContactSubject


def record_contact_access(
    viewer: User | None,
    viewer_kind: ViewerKind,
    subjects: Iterable[ContactSubject | None],
    access_point: AccessPoint,
    *,
    at: datetime,
) -> None:
    """Record in one statement that the contacts of these people were shown.

    A viewer's own contact is recorded only in an export. `viewer` is None for a candidate, who has a link and no
    account.
    """
    viewer_id = viewer.pk if viewer else None
    keeps_own = access_point == AccessPoint.EXPORT
    recorded = {subject for subject in subjects if subject is not None and (subject != viewer_id or keeps_own)}
    rows = [
        ContactAccess(
            viewer_id=viewer_id, viewer_kind=viewer_kind, access_point=access_point, at=at, **_subject_column(subject)
        )
        # Sorted, so that the order of the rows does not depend on the order of a set.
        for subject in sorted(recorded, key=str)
    ]
    if rows:
        ContactAccess.objects.bulk_create(rows)


def _subject_column(subject: ContactSubject) -> dict[str, Any]:
    return {"subject_public_id" if isinstance(subject, UUID) else "subject_id": subject}
