"""Promise an answer to a raised hand, record that it was given, and escalate one that is late."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from core.notifications.outbox import PendingNotice, enqueue_notice, enqueue_notices
from core.reviewers import list_administrators, list_reviewers
from volunteers.models import Volunteer
from volunteers.notice_types import VolunteerNotice
from volunteers.queries import hands_past_their_date
from volunteers.signals import find_answer_deadline

NO_PROMISE: dict[str, None] = {"answer_due_at": None, "answer_escalated_at": None}
"""The columns of a volunteer who waits for no answer."""


def promise_answer(volunteer: Volunteer, *, at: datetime) -> None:
    """Promise an active volunteer an answer to the hand that they raise now: an offer, or why there is none yet.

    The caller has locked or created the row. They get a notice with the date.
    """
    assert volunteer.user is not None
    volunteer.answer_due_at = find_answer_deadline(volunteer.time_zone, at=at)
    Volunteer.objects.filter(pk=volunteer.pk).update(answer_due_at=volunteer.answer_due_at, answer_escalated_at=None)
    cause = f"{VolunteerNotice.HAND_RAISED}:{volunteer.public_id}:{at:%Y%m%d%H%M}"
    subjects = {"volunteer": str(volunteer.public_id)}
    enqueue_notice(to=volunteer.user, kind=VolunteerNotice.HAND_RAISED, cause=cause, subjects=subjects, at=at)


def record_answers(volunteer_ids: Collection[int]) -> None:
    """Record that these volunteers got the answer that they were promised."""
    Volunteer.objects.filter(pk__in=volunteer_ids, answer_due_at__isnull=False).update(**NO_PROMISE)


@transaction.atomic
def escalate_late_answers(*, at: datetime) -> int:
    """Notify the reviewers of hands whose answer is past its date, once for each hand; return how many are new.

    Without a reviewer the administrators are notified.
    """
    late = hands_past_their_date(at).filter(answer_escalated_at=None).order_by("pk")
    locked = late.select_for_update(no_key=True, skip_locked=True, of=("self",))
    volunteer_ids = list(locked.values_list("pk", flat=True))
    if not volunteer_ids:
        return 0
    Volunteer.objects.filter(pk__in=volunteer_ids).update(answer_escalated_at=at)
    notices = [
        PendingNotice(
            user,
            VolunteerNotice.HAND_ANSWERS_OVERDUE,
            f"{VolunteerNotice.HAND_ANSWERS_OVERDUE}:{user.pk}:{at:%Y%m%d}",
            {},
        )
        for user in list(list_reviewers()) or list(list_administrators())
    ]
    enqueue_notices(notices, at=at)
    return len(volunteer_ids)
