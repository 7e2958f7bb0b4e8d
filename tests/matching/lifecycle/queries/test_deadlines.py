"""Nobody's time to answer runs while we cannot write to them."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from core.enums import NoticeTopic
from core.models import Notice
from core.notifications.delivery import deliver_due_notices
from core.notifications.muted_topics import set_topic_muted
from matching.lifecycle.actions.clocks import process_due_matches, send_due_reminders
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_accepted_match, make_offered_match, make_proposed_match
from tests.notices import list_notified_names

HOUR = timedelta(hours=1)


@pytest.fixture
def asked(cast: Cast, now: datetime) -> Match:
    """Alice was asked, and no letter has left."""
    match = approve_match(actor=cast.rita, match=make_proposed_match(cast, now), at=now)
    assert match.due_at == now + 50 * HOUR  # 48, and then until a morning
    return match


def letters(to: str) -> list[str]:
    """What was sent to somebody."""
    return [str(letter.body) for letter in mail.outbox if letter.to == [f"{to}@example.org"]]


def test_an_offer_of_which_no_word_has_left_does_not_end(asked: Match, now: datetime) -> None:
    for day in (3, 6, 9):
        process_due_matches(at=now + timedelta(days=day))
        send_due_reminders(at=now + timedelta(days=day, hours=1))

    asked.refresh_from_db()
    assert (asked.state, list_notified_names("offer-expired"), list_notified_names("offer-reminder")) == (
        MatchState.OFFERED,
        set(),
        set(),
    )
    assert asked.due_at == now + timedelta(days=9) + 49 * HOUR  # the clocks are put forward in between


def test_an_offer_that_leaves_late_says_so_much_the_later_an_end_and_keeps_to_it(
    cast: Cast, asked: Match, now: datetime
) -> None:
    late = now + 49 * HOUR
    deliver_due_notices(at=late)
    [letter] = letters("alice")
    assert "by Friday, 6 March, 9 am (your time)" in letter

    end = now + 98 * HOUR
    assert [process_due_matches(at=at) for at in (now + 50 * HOUR, end - HOUR)] == [1, 0]
    asked.refresh_from_db()
    assert (asked.state, asked.due_at) == (MatchState.OFFERED, end)
    process_due_matches(at=end)
    asked.refresh_from_db()
    assert asked.state == MatchState.EXPIRED


def test_a_yes_is_in_time_although_no_sweep_has_put_the_clock_off(cast: Cast, asked: Match, now: datetime) -> None:
    deliver_due_notices(at=now + 49 * HOUR)

    assert accept_offer(actor=cast.alice, match=asked, at=now + 60 * HOUR).state == MatchState.ACCEPTED


def test_who_wants_no_mail_or_cannot_be_reached_holds_no_place_up(cast: Cast, asked: Match, now: datetime) -> None:
    set_topic_muted(user=cast.alice, topic=NoticeTopic.OFFERS)
    deliver_due_notices(at=now + 49 * HOUR)
    assert Notice.objects.get(kind="offer").muted_at is not None

    process_due_matches(at=now + 50 * HOUR)

    asked.refresh_from_db()
    assert asked.state == MatchState.EXPIRED


def test_a_campaign_that_was_not_told_of_a_yes_is_not_silent(cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    Notice.objects.filter(kind="offer-accepted").update(sent_at=None)

    process_due_matches(at=now + 50 * HOUR)
    match.refresh_from_db()
    assert (match.escalated_at, list_notified_names("answer-overdue"), match.due_at) == (None, set(), now + 98 * HOUR)
    deliver_due_notices(at=now + 51 * HOUR)

    [letter] = letters("carol")
    assert "answer by" in letter
    assert send_due_reminders(at=now + 98 * HOUR) == 0
    process_due_matches(at=now + 99 * HOUR + HOUR)
    match.refresh_from_db()
    assert (match.state, match.escalated_at) == (MatchState.ACCEPTED, now + 100 * HOUR)


def test_an_answer_that_is_asked_for_in_time_is_waited_for_no_longer(cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    process_due_matches(at=now + 50 * HOUR)

    match.refresh_from_db()
    assert match.state == MatchState.EXPIRED
