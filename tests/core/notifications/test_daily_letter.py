"""What has no clock is one letter a day, whatever workers and clocks do."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications.delivery import deliver_due_notices
from core.notifications.muted_topics import set_topic_muted
from tests.cast import create_user
from tests.core.notifications.conftest import Tell

pytestmark = pytest.mark.usefixtures("news_and_gossip")

DAY = timedelta(days=1)


def bodies() -> list[str]:
    return [str(letter.body).splitlines()[0] for letter in mail.outbox]


def test_poison_in_a_daily_letter_waits_by_itself(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    poison = tell(erin, None, kind="gossip")
    tell(erin, "tea", kind="gossip")
    tell(erin, "milk", kind="gossip")

    assert [deliver_due_notices(at=now), deliver_due_notices(at=now + timedelta(minutes=2))] == [1, 0]

    [letter] = mail.outbox
    assert letter.subject == "2 things are new"
    poison.refresh_from_db()
    assert (poison.sent_at, poison.due_at) == (None, now + DAY)


def test_a_worker_that_dies_leaves_the_daily_letter_to_the_next_as_well(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    tell(erin, kind="gossip")
    Notice.objects.update(due_at=now + timedelta(minutes=5), attempts=1)
    User.objects.update(last_digest_at=now)

    assert deliver_due_notices(at=now + timedelta(minutes=5)) == 1
    tell(erin, kind="gossip")
    assert deliver_due_notices(at=now + timedelta(hours=23)) == 0


def test_what_says_the_same_stands_in_the_letter_once(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    first = tell(erin, "tea", kind="gossip")
    tell(erin, "milk", kind="gossip")
    again = tell(erin, "tea", kind="gossip")

    assert deliver_due_notices(at=now) == 1

    [letter] = mail.outbox
    assert letter.subject == "2 things are new"
    assert str(letter.body).count("About tea.") == 1
    first.refresh_from_db()
    again.refresh_from_db()
    assert (first.sent_at, first.obsolete_at) == (now, None)
    assert (again.sent_at, again.obsolete_at) == (None, now)


def test_everything_without_a_clock_is_one_letter_a_day(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    for it in ("tea", "milk", "sugar"):
        tell(erin, it, kind="gossip")
    assert deliver_due_notices(at=now) == 1
    tell(erin, "salt", kind="gossip")
    tell(erin, "fire")  # has a clock
    assert [deliver_due_notices(at=now + timedelta(hours=hours)) for hours in (1, 2, 23)] == [1, 0, 0]
    assert deliver_due_notices(at=now + DAY) == 1

    assert [letter.subject for letter in mail.outbox] == ["3 things are new", "News", "News"]
    assert bodies() == ["News", "About fire.", "About salt."]
    assert set(Notice.objects.values_list("attempts", flat=True)) == {1}


def test_a_worker_that_was_down_for_a_week_sends_one_letter(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    for day in range(7):
        tell(erin, f"day {day}", kind="gossip", at=now + day * DAY)

    assert [deliver_due_notices(at=now + 7 * DAY + timedelta(hours=hours)) for hours in range(3)] == [1, 0, 0]

    [letter] = mail.outbox
    assert all(f"About day {day}." in letter.body for day in range(7))


def test_a_person_hears_everything_in_one_letter_however_small_a_round_is(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    for day in range(7):
        tell(erin, f"day {day}", kind="gossip")

    assert deliver_due_notices(at=now, most=2) == 1
    assert mail.outbox[0].subject == "7 things are new"


def test_delivered_twice_and_out_of_order_it_is_one_letter(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    tell(erin)
    tell(erin, kind="gossip")
    moments = [now + timedelta(hours=1), now, now + timedelta(hours=1), now - DAY, now + timedelta(minutes=1)]

    assert [deliver_due_notices(at=at) for at in moments] == [2, 0, 0, 0, 0]


def test_a_clock_that_jumped_ahead_silences_nobody(tell: Tell, now: datetime) -> None:
    erin, wrong = create_user("erin"), now + timedelta(days=400)
    tell(erin, "old", kind="gossip")
    deliver_due_notices(at=wrong)
    tell(erin, "owed while it was wrong", at=wrong)
    tell(erin, "new", kind="gossip")

    assert deliver_due_notices(at=now) == 2
    assert [deliver_due_notices(at=now + timedelta(minutes=minutes)) for minutes in range(3)] == [0, 0, 0]


def test_what_somebody_wants_no_mail_about_is_shown_and_not_sent(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    set_topic_muted(user=erin, topic=NoticeTopic.WAITING)
    quiet = tell(erin, kind="gossip")
    tell(erin)

    assert deliver_due_notices(at=now) == 1
    quiet.refresh_from_db()
    assert (quiet.muted_at, quiet.sent_at) == (now, None)

    set_topic_muted(user=erin, topic=NoticeTopic.WAITING, muted=False)
    tell(erin, kind="gossip")
    assert deliver_due_notices(at=now + DAY) == 1
