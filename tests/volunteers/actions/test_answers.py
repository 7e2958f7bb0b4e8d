"""The answer that a raised hand was promised: it is a row, somebody is told of it, and what is late is escalated."""

from datetime import UTC, datetime, timedelta

from core.models import Notice
from core.notifications.notice_types import RenderedNotice, render_notices
from matching.rules.states import MatchState
from matching.runs.actions.no_match_notices import notify_unmatched_volunteers
from tests.cast import Cast
from tests.match_factory import make_offered_match
from tests.run_execution import execute_full_run
from volunteers.actions.answers import escalate_late_answers
from volunteers.actions.availability import return_to_service, set_paused
from volunteers.models import Volunteer

IN_A_WEEK = datetime(2026, 3, 9, 13, tzinfo=UTC)
"""Seven days after the cast was assembled it is 8:00 in New York, so the clock ends at 9:00."""


def due(user: object) -> datetime | None:
    return Volunteer.objects.get(user=user).answer_due_at  # type: ignore[misc]


def text_of(notice: Notice, at: datetime) -> str | None:
    rendered = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(rendered, Exception)
    return rendered.text if isinstance(rendered, RenderedNotice) else None
