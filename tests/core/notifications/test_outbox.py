from datetime import UTC, datetime, timedelta
from itertools import count
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import transaction

from core.errors import NotAllowed, WrongState
from core.models import Notice, User
from core.notifications.delivery import deliver_due_notices
from core.notifications.inbox import mark_notices_read
from core.notifications.message_ids import build_message_id
from core.notifications.outbox import describe_error, enqueue_notice, retry_notice
from tests.cast import create_user
from tests.core.notifications.conftest import Tell

DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("news_and_gossip")


def test_a_notice_is_owed_once_for_its_cause_and_sent_once(db: None, now: datetime) -> None:
    erin = create_user("erin")
    for _ in range(2):
        enqueue_notice(to=erin, kind="news", cause="news:1", subjects={"it": "tea"}, at=now)

    assert [deliver_due_notices(at=now), deliver_due_notices(at=now)] == [1, 0]

    [letter] = mail.outbox
    assert (letter.subject, letter.body.splitlines()[0], letter.to) == ("News", "About tea.", ["erin@example.org"])


def test_what_was_owed_goes_with_what_owed_it(tell: Tell) -> None:
    erin = create_user("erin")

    def that_fails() -> None:
        with transaction.atomic():
            tell(erin)
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        that_fails()

    assert Notice.objects.count() == 0


def test_a_kind_that_nobody_registered_cannot_be_owed(db: None, now: datetime) -> None:
    with pytest.raises(KeyError):
        enqueue_notice(to="erin@example.org", kind="nonsense", cause="1", subjects={}, at=now)


def test_what_is_no_longer_true_is_dropped(tell: Tell, now: datetime) -> None:
    gone = tell("erin@example.org", "gone")

    assert deliver_due_notices(at=now) == 0

    gone.refresh_from_db()
    assert (gone.obsolete_at, mail.outbox) == (now, [])


def test_nothing_is_sent_to_an_account_that_was_closed(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    tell(erin)
    User.objects.update(is_active=False)

    assert deliver_due_notices(at=now) == 0
    assert Notice.objects.get().obsolete_at == now


def test_a_failing_one_backs_off_and_is_set_aside_the_fifth_time(tell: Tell, now: datetime) -> None:
    poison = tell("erin@example.org", None)
    at, waited = now, []
    for _ in range(10):
        deliver_due_notices(at=at)
        poison.refresh_from_db()
        waited.append(poison.due_at - at)
        at = poison.due_at

    assert waited[:5] == [timedelta(minutes=minutes) for minutes in (2, 4, 8, 16, 32)]
    assert (poison.attempts, poison.sent_at, poison.last_error) == (5, None, "KeyError: 'it'")
    assert poison.failed_at == now + timedelta(minutes=30)


def test_poison_holds_up_nobody_else(tell: Tell, now: datetime) -> None:
    for number in range(5):
        tell(f"poison{number}@example.org", None)
        Notice.objects.create(cause=str(number), kind="forgotten", address="x@example.org", created_at=now, due_at=now)
    tell("fine@example.org")

    assert deliver_due_notices(at=now) == 1
    assert set(Notice.objects.filter(sent_at=None).values_list("attempts", flat=True)) == {1}


def test_a_worker_that_dies_before_sending_leaves_it_to_the_next(tell: Tell, now: datetime) -> None:
    tell("erin@example.org")
    Notice.objects.update(due_at=now + timedelta(minutes=5), attempts=1)  # claimed, and then the power went

    assert deliver_due_notices(at=now + timedelta(minutes=4)) == 0
    assert deliver_due_notices(at=now + timedelta(minutes=5)) == 1


def test_a_slow_server_never_makes_a_round_last_longer_than_its_claim(tell: Tell, now: datetime) -> None:
    for number in range(4):
        tell(f"erin{number}@example.org")
    clock = count(0, 60)

    assert deliver_due_notices(at=now, seconds=lambda: next(clock)) == 2

    left = Notice.objects.filter(sent_at=None)
    assert set(left.values_list("due_at", "attempts")) == {(now, 0)}
    assert deliver_due_notices(at=now) == 2


def test_what_another_worker_has_taken_over_is_left_to_it(tell: Tell, now: datetime) -> None:
    notice = tell("erin@example.org")
    later = now + timedelta(minutes=10)

    def taken_over_meanwhile() -> float:
        Notice.objects.filter(pk=notice.pk).update(due_at=later)
        return 0.0

    assert deliver_due_notices(at=now, seconds=taken_over_meanwhile) == 0
    assert mail.outbox == []


def test_a_notice_is_read_once_and_only_by_whom_it_is_for(tell: Tell, now: datetime) -> None:
    erin, frank = create_user("erin"), create_user("frank")
    mine, theirs = tell(erin), tell(frank)
    names = [str(mine.public_id), str(theirs.public_id)]

    assert [mark_notices_read(actor=erin, notices=names, at=at) for at in (now, now + DAY)] == [1, 0]

    assert dict(Notice.objects.values_list("pk", "read_at")) == {mine.pk: now, theirs.pk: None}


def test_a_reviewer_has_what_was_set_aside_tried_again(tell: Tell, now: datetime) -> None:
    notice, rita = tell("erin@example.org"), create_user("rita", reviewer=True)
    Notice.objects.update(failed_at=now, attempts=5, last_error="KeyError")
    assert deliver_due_notices(at=now) == 0

    with pytest.raises(NotAllowed):
        retry_notice(actor=create_user("erin"), notice=notice, at=now)
    retry_notice(actor=rita, notice=notice, at=now)
    with pytest.raises(WrongState):
        retry_notice(actor=rita, notice=notice, at=now)

    assert deliver_due_notices(at=now) == 1
    with pytest.raises(WrongState):
        retry_notice(actor=rita, notice=notice, at=now)


def test_a_letter_has_one_name_so_that_a_double_can_be_told(tell: Tell, now: datetime) -> None:
    erin = create_user("erin")
    alone = tell(erin)
    tell(erin, kind="gossip")
    tell(erin, kind="gossip")
    deliver_due_notices(at=now)
    first = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    Notice.objects.update(sent_at=None, due_at=now)
    User.objects.update(last_digest_at=None)
    mail.outbox.clear()
    deliver_due_notices(at=now)

    assert [letter.extra_headers["Message-ID"] for letter in mail.outbox] == first
    assert first[0] == build_message_id(alone.public_id, to=erin.email)
    assert len(set(first)) == 2


def test_summer_and_winter_are_the_same_day_long(tell: Tell) -> None:
    erin = create_user("erin")
    before = datetime(2026, 3, 8, 6, tzinfo=UTC)  # an hour before New York's clock changes
    tell(erin, kind="gossip", at=before)
    deliver_due_notices(at=before)
    tell(erin, kind="gossip", at=before)

    assert [deliver_due_notices(at=before + timedelta(hours=hours)) for hours in (23, 24)] == [0, 1]


def test_what_is_logged_of_a_refused_letter_holds_no_address() -> None:
    """A log is not erased with the person."""
    refusal = SMTPRecipientsRefused({"alice@example.org": (550, b"No such user <alice@example.org>")})

    assert describe_error(refusal) == ("SMTPRecipientsRefused: {'(address)': (550, b'No such user <(address)>')}")
