"""Ask volunteers to confirm their availability before it no longer counts."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from core.models import Notice
from core.notifications.outbox import PendingNotice, enqueue_notices
from volunteers.models import Volunteer
from volunteers.notice_types import VolunteerNotice

_AVAILABILITY_REMINDER_LEAD = timedelta(days=7)
_LONG_SILENT_AFTER = timedelta(days=60)


def ask_to_confirm_availability(*, valid_days: int, at: datetime, limit: int = 500) -> int:
    """Ask volunteers to confirm their availability, a week before it no longer counts.

    An availability counts for `valid_days` after it was confirmed. Each confirmation is followed by one question at
    most. A volunteer who has been silent for long is left alone. Return how many are asked, at most `limit`.
    """
    since = at - timedelta(days=valid_days) + _AVAILABILITY_REMINDER_LEAD
    earlier_question = Notice.objects.filter(
        recipient=OuterRef("user"),
        kind=VolunteerNotice.AVAILABILITY_CHECK,
        created_at__gt=OuterRef("availability_confirmed_at"),
    )
    stale = Volunteer.objects.filter(
        ~Exists(earlier_question),
        state=Volunteer.State.ACTIVE,
        user__is_active=True,
        availability_confirmed_at__lte=since,
        availability_confirmed_at__gt=since - _LONG_SILENT_AFTER,
    )
    notices = [
        PendingNotice(
            volunteer.user,
            VolunteerNotice.AVAILABILITY_CHECK,
            f"{VolunteerNotice.AVAILABILITY_CHECK}:{volunteer.public_id}:{volunteer.availability_confirmed_at:%Y%m%d}",
            {"volunteer": str(volunteer.public_id)},
        )
        for volunteer in stale.select_related("user").order_by("pk")[:limit]
        if volunteer.user is not None
    ]
    enqueue_notices(notices, at=at)
    return len(notices)
