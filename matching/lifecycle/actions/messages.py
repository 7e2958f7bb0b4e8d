"""Write messages between the two sides of a match, and mark them as read."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from core.daily_limits import check_daily_rows
from core.errors import Invalid
from core.models import User
from core.notifications.inbox import mark_notices_read
from core.notifications.outbox import enqueue_notice
from matching.lifecycle.actions.locking import lock_match
from matching.lifecycle.actions.notifications import may_mail_campaign
from matching.lifecycle.actions.permissions import check_match_side
from matching.lifecycle.queries.matches import contact_of_request
from matching.lifecycle.queries.message_access import check_may_write_message
from matching.lifecycle.queries.policies import get_active_policy
from matching.lifecycle.queries.unread_messages import unread_message_notices
from matching.models import Match, Message
from matching.rules.notice_types import MatchingNotice
from matching.rules.sides import MatchSide
from matching.rules.states import MatchState

MAX_MESSAGES_PER_MATCH_PER_DAY = 100
"""By one side: each is a letter to the other."""


@transaction.atomic
def write_message(*, actor: User, match: Match, text: str, at: datetime) -> Message:
    """Write a message from one side of a match to the other, and notify the other side.

    Raises NotAllowed (no part in the match), WrongState (before the acceptance, after the end, or while a report is
    open; a campaign while an emergency hides it), Invalid (empty text), TooManyRequests.
    """
    side = check_match_side(actor, match)
    match = lock_match(match)
    check_may_write_message(match, side)
    if not text.strip():
        raise Invalid(_("The message is empty. Write something first."), field="text")
    _check_message_count(match, side, at=at)
    message = Message.objects.create(match=match, side=side, author=actor, text=text.strip(), written_at=at)
    if side == MatchSide.CAMPAIGN and match.state == MatchState.ACTIVE:
        Match.objects.filter(pk=match.pk).update(
            remind_at=at + timedelta(days=get_active_policy().campaign_silence_days)
        )
    user_by_side = {MatchSide.VOLUNTEER: match.volunteer.user, MatchSide.CAMPAIGN: contact_of_request(match.request)}
    for recipient_side, user in user_by_side.items():
        if recipient_side != side and user is not None:
            message_id = str(message.public_id)
            subjects = {"match": str(match.public_id), "message": message_id}
            cause = f"{MatchingNotice.MESSAGE}:{message_id}:{recipient_side}"
            is_mailed = recipient_side != MatchSide.CAMPAIGN or may_mail_campaign(match.request)
            enqueue_notice(
                to=user, kind=MatchingNotice.MESSAGE, cause=cause, subjects=subjects, at=at, is_mailed=is_mailed
            )
    return message


def _check_message_count(match: Match, side: MatchSide, *, at: datetime) -> None:
    """Raise TooManyRequests when this side of a locked match wrote as many messages as it may within a day."""
    limit, written = MAX_MESSAGES_PER_MATCH_PER_DAY, Message.objects.filter(match=match, side=side)
    message = _("You write at most %(limit)s messages a day here. Go on tomorrow.") % {"limit": limit}
    check_daily_rows(written, "written_at", limit=limit, message=message, at=at, field="text")


def mark_messages_read(*, actor: User, match: Match, at: datetime) -> int:
    """Mark the messages to a user in a match as read, as their notices; return how many were unread."""
    unread = unread_message_notices(actor).filter(subjects__match=str(match.public_id))
    notices = [str(public_id) for public_id in unread.values_list("public_id", flat=True)]
    return mark_notices_read(actor=actor, notices=notices, at=at) if notices else 0
