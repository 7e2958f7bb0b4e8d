from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications import limited_smtp, notice_types
from core.notifications.delivery import CLAIM_SIZE, deliver_due_notices
from core.notifications.notice_types import NoticeType, RenderedNotice
from core.notifications.outbox import enqueue_notice
from tests.cast import create_user
from tests.core.notifications.mail_server import LETTERS_UNTIL_TIRED, MailServer

PEOPLE = 6
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(db: None, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server, and six people who are owed a letter each."""
    words = RenderedNotice("News", "Tea is ready.")
    monkeypatch.setitem(notice_types._notice_types, "news", NoticeType(lambda *_: words, NoticeTopic.PROGRESS, True))
    monkeypatch.setitem(notice_types._notice_types, "gossip", NoticeType(lambda *_: words, NoticeTopic.PROGRESS, False))
    for number in range(PEOPLE):
        enqueue_notice(to=f"p{number}@example.org", kind="news", cause=f"{number}", subjects={}, at=now)
    with MailServer() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 0.2
        yield running


def states() -> set[tuple[int, bool, bool]]:
    """The attempts of those that are due, whether sent, whether set aside."""
    return {(row.attempts, row.sent_at is not None, row.failed_at is not None) for row in Notice.objects.all()}


def test_a_server_that_is_well_takes_each_letter_once(server: MailServer, now: datetime) -> None:
    assert [deliver_due_notices(at=now), deliver_due_notices(at=now + timedelta(days=1))] == [PEOPLE, 0]

    assert sorted(letter["To"] for letter in server.received) == [f"p{number}@example.org" for number in range(PEOPLE)]
    assert server.connection_count == 1


def test_a_server_that_ends_a_connection_between_letters_is_called_again(server: MailServer, now: datetime) -> None:
    server.behavior = "tire"

    assert deliver_due_notices(at=now) == PEOPLE

    assert server.connection_count == PEOPLE / LETTERS_UNTIL_TIRED
    assert states() == {(1, True, False)}


def test_a_server_that_answers_a_byte_at_a_time_is_left_when_the_time_of_a_letter_is_over(
    server: MailServer, now: datetime, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "core.notifications.limited_smtp.LimitedEmailBackend"
    monkeypatch.setattr(limited_smtp, "MAX_LETTER_SECONDS", 0.3)
    server.behavior = "drip"

    assert deliver_due_notices(at=now) == 0

    assert (server.connection_count, states()) == (1, {(0, False, False)})
    server.behavior = "well"
    assert deliver_due_notices(at=now + timedelta(hours=1)) == PEOPLE


def test_an_urgent_letter_passes_those_that_wait(server: MailServer, now: datetime) -> None:
    for number in range(40):
        enqueue_notice(to=create_user(f"g{number}"), kind="gossip", cause=f"g{number}", subjects={}, at=now)
    clock = iter(range(1000))

    def go_on() -> datetime:
        # After the first claim there is news for one more.
        if next(clock) == 3:
            enqueue_notice(to="urgent@example.org", kind="news", cause="urgent", subjects={}, at=now)
        return now

    deliver_due_notices(at=now, now=go_on)

    places = [letter["To"] for letter in server.received]
    assert places.index("urgent@example.org") < PEOPLE + 3 * CLAIM_SIZE
    assert len(places) == PEOPLE + 41


@pytest.mark.parametrize("mood", ["hang", "refuse"])
def test_while_the_server_is_away_it_is_asked_once_a_round_and_nothing_is_set_aside(
    server: MailServer, now: datetime, mood: str
) -> None:
    server.behavior = mood
    for number in range(8):
        assert deliver_due_notices(at=now + number * timedelta(hours=2)) == 0

    assert (server.connection_count, states()) == (8, {(0, False, False)})

    server.behavior = "well"
    assert deliver_due_notices(at=now + timedelta(days=1)) == PEOPLE
    assert len(server.received) == PEOPLE


def test_workers_do_not_queue_up_in_front_of_a_server_that_hangs(server: MailServer, now: datetime) -> None:
    server.behavior = "hang"
    for second in range(0, 240, 10):
        enqueue_notice(to="late@example.org", kind="news", cause=f"late:{second}", subjects={}, at=now)
        deliver_due_notices(at=now + timedelta(seconds=second))

    assert server.connection_count == 2  # one every two minutes
    server.behavior = "well"
    assert deliver_due_notices(at=now + 4 * MINUTE) == PEOPLE + 24


def test_a_clock_that_was_wrong_keeps_no_server_away(server: MailServer, now: datetime) -> None:
    server.behavior = "refuse"
    deliver_due_notices(at=now + timedelta(days=400))
    server.behavior = "well"

    assert deliver_due_notices(at=now) == PEOPLE


def test_what_found_the_server_away_waits_longer_each_time_and_an_hour_at_most(
    server: MailServer, now: datetime
) -> None:
    server.behavior = "refuse"
    Notice.objects.exclude(cause="0").delete()
    at, waited = now, []
    for _ in range(8):
        deliver_due_notices(at=at)
        next_at = Notice.objects.get().due_at
        waited.append((next_at - at) / MINUTE)
        at = next_at

    assert waited == [2, 2, 4, 8, 16, 32, 60, 60]
    assert Notice.objects.get().last_error.startswith("SMTPConnectError: (554")


def test_a_server_that_dies_once_it_has_taken_a_letter_gets_it_again_no_more_often_than_it_dies(
    server: MailServer, now: datetime
) -> None:
    server.behavior = "die"
    assert deliver_due_notices(at=now) == 0
    deaths = len(server.received)
    assert deaths == 3  # the rest of the round is spared
    server.behavior = "well"

    assert deliver_due_notices(at=now + timedelta(hours=1)) == PEOPLE

    assert len(server.received) == PEOPLE + deaths
    names = [letter["Message-ID"] for letter in server.received]
    assert len(set(names)) == PEOPLE  # a mail program shows the doubles once


def test_a_letter_of_which_the_server_dies_every_time_is_set_aside(server: MailServer, now: datetime) -> None:
    server.behavior = "die"
    Notice.objects.exclude(cause="0").delete()
    for number in range(9):
        deliver_due_notices(at=now + number * timedelta(hours=1))

    assert (len(server.received), states()) == (5, {(5, False, True)})


def test_an_address_that_the_server_does_not_know_holds_up_nobody(server: MailServer, now: datetime) -> None:
    server.rejected_addresses = frozenset({"p0@", "p2@", "p4@"})

    assert deliver_due_notices(at=now) == PEOPLE - 3

    assert states() == {(1, True, False), (1, False, False)}


def test_a_daily_letter_that_was_not_sent_is_still_to_come_that_day(server: MailServer, now: datetime) -> None:
    Notice.objects.all().delete()
    erin = create_user("erin")
    enqueue_notice(to=erin, kind="gossip", cause="1", subjects={}, at=now)
    server.behavior = "hang"
    assert deliver_due_notices(at=now) == 0
    assert User.objects.get(pk=erin.pk).last_digest_at is None

    server.behavior = "well"
    assert deliver_due_notices(at=now + 2 * MINUTE) == 1
