from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from core import registry
from core.actions.notices import deliver_due, owe
from core.models import Notice
from core.registry import Kind, Letter
from core.vocabulary import Topic
from tests.cast import person


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> str:
    """A kind of notice that is put into these words."""
    monkeypatch.setitem(
        registry._kinds,
        "news",
        Kind(lambda notice: Letter("News", f"About {notice.subjects['it']}."), Topic.PROGRESS, True),
    )
    return "news"


def test_a_notice_is_owed_once_for_its_cause_and_sent_once(db: None, now: datetime, kind: str) -> None:
    erin = person("erin")
    for _ in range(2):
        owe(to=erin, kind=kind, cause="news:1", subjects={"it": "tea"}, at=now)

    assert [deliver_due(at=now), deliver_due(at=now)] == [1, 0]

    [letter] = mail.outbox
    assert (letter.subject, letter.body.splitlines()[0], letter.to) == ("News", "About tea.", ["erin@example.org"])


def test_what_is_no_longer_true_is_dropped(db: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._kinds, "news", Kind(lambda notice: None, Topic.PROGRESS, True))
    owe(to="erin@example.org", kind="news", cause="news:1", subjects={}, at=now)

    assert deliver_due(at=now) == 0

    assert (Notice.objects.get().dropped_at, mail.outbox) == (now, [])


def test_a_failing_one_backs_off_is_set_aside_and_holds_nobody_up(
    db: None, now: datetime, kind: str, settings: Any
) -> None:
    owe(to="poison@example.org", kind=kind, cause="news:1", subjects={}, at=now)
    owe(to="fine@example.org", kind=kind, cause="news:2", subjects={"it": "tea"}, at=now)

    assert deliver_due(at=now) == 1
    poison = Notice.objects.get(cause="news:1")
    assert (poison.attempts, poison.due_at, poison.last_error) == (1, now + timedelta(minutes=2), "KeyError: 'it'")
    at = now
    for _ in range(10):
        at += timedelta(hours=2)
        deliver_due(at=at)

    poison.refresh_from_db()
    assert (poison.attempts, poison.sent_at) == (5, None)
    assert poison.set_aside_at is not None


def test_a_worker_that_dies_before_sending_leaves_it_to_the_next(db: None, now: datetime, kind: str) -> None:
    owe(to="erin@example.org", kind=kind, cause="news:1", subjects={"it": "tea"}, at=now)
    Notice.objects.update(due_at=now + timedelta(minutes=5), attempts=1)  # claimed, and then the power went

    assert deliver_due(at=now + timedelta(minutes=4)) == 0
    assert deliver_due(at=now + timedelta(minutes=5)) == 1
