"""The answer that a raised hand was promised: it is a row, somebody is told of it, and what is late is escalated."""

from datetime import UTC, datetime, timedelta

from core.models import Notice, User
from core.notifications.notice_types import RenderedNotice, render_notices
from tests.cast import Cast
from tests.match_factory import make_offered_match
from tests.run_execution import execute_full_run
from volunteers.actions.answers import escalate_late_answers
from volunteers.actions.availability import return_to_service, set_paused
from volunteers.models import Volunteer

IN_A_WEEK = datetime(2026, 3, 9, 13, tzinfo=UTC)
"""Seven days after the cast was assembled it is 8:00 in New York, so the clock ends at 9:00."""


def due(user: User) -> datetime | None:
    return Volunteer.objects.get(user=user).answer_due_at


def text_of(notice: Notice, at: datetime) -> str | None:
    rendered = render_notices([notice], language="en", at=at)[notice.pk]
    assert not isinstance(rendered, Exception)
    return rendered.text if isinstance(rendered, RenderedNotice) else None


def test_who_raises_a_hand_is_told_until_when_they_hear(cast: Cast, now: datetime) -> None:
    Volunteer.objects.filter(user=cast.alice).update(state="left", answer_due_at=None)

    return_to_service(actor=cast.alice, at=now)

    assert due(cast.alice) == IN_A_WEEK
    [letter] = Notice.objects.filter(recipient=cast.alice)
    assert "by Monday, 9 March, 9 am (your time)" in (text_of(letter, now) or "")
    assert text_of(letter, IN_A_WEEK) is None


def test_an_offer_is_an_answer(cast: Cast, now: datetime) -> None:
    make_offered_match(cast, now)

    assert (due(cast.alice), due(cast.bob)) == (None, IN_A_WEEK)


def test_why_there_is_nothing_yet_is_an_answer_and_a_proposal_is_none(cast: Cast, now: datetime) -> None:
    execute_full_run(now)  # it proposes Alice, and has nothing for Bob

    assert (due(cast.alice), due(cast.bob)) == (IN_A_WEEK, None)
    assert set(Notice.objects.filter(kind="no-match-yet").values_list("recipient", flat=True)) == {cast.bob.pk}


def test_who_comes_back_soon_is_answered_again(cast: Cast, now: datetime) -> None:
    execute_full_run(now)
    later = now + timedelta(days=2)
    set_paused(actor=cast.bob, is_paused=True, at=later)
    assert due(cast.bob) is None
    set_paused(actor=cast.bob, is_paused=False, at=later)
    assert due(cast.bob) is not None

    execute_full_run(later)

    assert due(cast.bob) is None
    assert Notice.objects.filter(kind="no-match-yet", recipient=cast.bob).count() == 2


def test_a_late_answer_is_escalated_once(cast: Cast, now: datetime) -> None:
    assert escalate_late_answers(at=IN_A_WEEK - timedelta(minutes=1)) == 0
    assert escalate_late_answers(at=IN_A_WEEK) == 2
    assert escalate_late_answers(at=IN_A_WEEK + timedelta(days=1)) == 0

    [letter] = Notice.objects.filter(kind="hand-answers-overdue")
    assert letter.recipient == cast.rita
    assert "2 people who raised a hand" in (text_of(letter, IN_A_WEEK) or "")
