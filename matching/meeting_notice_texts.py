"""The texts of the reminders before a meeting.

They are made when the letter leaves, from the request as it is then. They name no place: a channel is confidential, and
the project's page has it.
"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.models import Request
from core.models import Notice
from core.notifications.moments import describe_moment, format_moment
from core.notifications.notice_types import NoticePage, RenderedNotice
from matching.lifecycle.queries.meeting_reminders import is_meeting_held
from matching.models import Match
from matching.notice_rows import NoticeRows
from matching.rules.notice_types import MatchingNotice
from matching.rules.states import MatchState

_VOLUNTEER_PROJECT = NoticePage("volunteer-project", gettext_lazy("Open your project"))
_CAMPAIGN_PROJECT = NoticePage("campaign-request", gettext_lazy("Open the project"))


def render_meeting_reminder(notice: Notice, rows: NoticeRows, at: datetime) -> RenderedNotice | None:
    """Render the reminder of a meeting; None if it has begun, was moved or called off, or the reader has left it."""
    request, starts_at = rows.find_request(notice), _read_start(notice)
    if request is None or starts_at is None or at >= starts_at or not _is_still_wanted(notice):
        return None
    if not is_meeting_held(request, starts_at):
        return None
    match = rows.find_attended_match(request)
    if match is not None:
        return _render_for_volunteer(notice, match, starts_at)
    return _render_for_contact(notice, rows, request, starts_at)


def _render_for_volunteer(notice: Notice, match: Match, starts_at: datetime) -> RenderedNotice:
    zone = match.volunteer.time_zone
    values = {"name": match.volunteer.first_name, "moment": describe_moment(starts_at, zone)}
    if match.state == MatchState.ACTIVE:
        text = _(
            "Hello %(name)s,\n\nyou meet on %(moment)s. Your project’s page says where you talk. If you can’t come, "
            "write to them there."
        )
    else:
        text = _(
            "Hello %(name)s,\n\nthe project that you said yes to meets on %(moment)s. They have not answered you yet, "
            "and expect you once they have. Your project’s page says how it stands."
        )
    return _VOLUNTEER_PROJECT.link(_write_subject(notice, starts_at, zone), text % values, match.public_id)


def _render_for_contact(
    notice: Notice, rows: NoticeRows, request: Request, starts_at: datetime
) -> RenderedNotice | None:
    is_contact = request.contact is not None and request.contact.user_id == notice.recipient_id
    if not is_contact or not rows.is_editor_of(request) or not rows.has_people_at_work(request):
        return None
    zone = request.time_zone
    text = _(
        "Hello,\n\nyou meet the people who work for you on %(moment)s. If it has to be moved, change its time on the "
        "project’s page: they hear of it at once."
    ) % {"moment": describe_moment(starts_at, zone)}
    subject = _write_subject(notice, starts_at, zone)
    return _CAMPAIGN_PROJECT.link(subject, text, request.campaign.public_id, request.public_id)


def _write_subject(notice: Notice, starts_at: datetime, zone: str) -> str:
    if notice.kind == MatchingNotice.MEETING_HOUR_BEFORE:
        return _("Your meeting begins soon")
    return _("Your next meeting: %(moment)s") % {"moment": format_moment(starts_at, zone)}


def _read_start(notice: Notice) -> datetime | None:
    stored = notice.subjects.get("starts_at")
    return datetime.fromisoformat(stored) if stored else None


def _is_still_wanted(notice: Notice) -> bool:
    """Return whether the recipient still wants this reminder: they may have unticked it since it was enqueued."""
    if notice.recipient is None:
        return False
    if notice.kind == MatchingNotice.MEETING_HOUR_BEFORE:
        return notice.recipient.is_reminded_an_hour_before
    return notice.recipient.is_reminded_a_day_before
