"""Remind people of the meetings of their projects, a day and an hour before, by their own choice."""

from datetime import datetime

from django.db import transaction

from core.notifications.outbox import PendingNotice, enqueue_notices
from matching.lifecycle.actions.notifications import may_mail_campaign
from matching.lifecycle.queries.meeting_reminders import list_due_meeting_reminders

_BATCH_SIZE = 2000


@transaction.atomic
def remind_of_meetings(*, at: datetime, most: int = _BATCH_SIZE) -> int:
    """Enqueue up to `most` reminders of meetings that are due, each once; return how many.

    The volunteers who said yes are reminded, and the contact of the request once one of them is at work. The contact
    gets no letter about an emergency: it stands in the inbox. A notice holds the moment of the meeting, and is dropped
    if no meeting is held then when it leaves.
    """
    due = list_due_meeting_reminders(at=at, most=most)
    notices = [
        PendingNotice(
            recipient=reminder.user,
            kind=reminder.notice_type,
            cause=reminder.cause,
            subjects={"request": str(reminder.request.public_id), "starts_at": reminder.starts_at.isoformat()},
            is_mailed=not reminder.is_to_campaign or may_mail_campaign(reminder.request),
        )
        for reminder in due
    ]
    enqueue_notices(notices, at=at)
    return len(due)
