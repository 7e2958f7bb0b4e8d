"""Two workers at once, each with a connection of its own."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from pytest_django import DjangoDbBlocker

from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications import notice_types
from core.notifications.delivery import deliver_due_notices
from core.notifications.notice_types import NoticeType, RenderedNotice
from core.notifications.outbox import enqueue_notice
from tests.cast import create_user

WORKERS = 4


@pytest.fixture(autouse=True)
def _really_committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Rows that other connections see; taken away again one by one, which is quicker than a flush."""
    with django_db_blocker.unblock():
        yield
        Notice.objects.all().delete()
        User.objects.all().delete()


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    words = RenderedNotice("News", "Tea is ready.")
    monkeypatch.setitem(notice_types._notice_types, "news", NoticeType(lambda *_: words, NoticeTopic.PROGRESS, True))
    monkeypatch.setitem(notice_types._notice_types, "gossip", NoticeType(lambda *_: words, NoticeTopic.WAITING, False))


def together(work: Callable[[int], int]) -> list[int]:
    """What some workers return who all begin at the same moment."""
    start = threading.Barrier(WORKERS)

    def begin(number: int) -> int:
        start.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(begin, range(WORKERS)))


def test_workers_at_once_send_each_letter_once(now: datetime) -> None:
    people = [create_user(f"p{number}") for number in range(5)]
    for number, one in enumerate(people):
        for kind in ("news", "gossip", "gossip"):
            enqueue_notice(to=one, kind=kind, cause=f"{kind}:{number}:{Notice.objects.count()}", subjects={}, at=now)

    rounds = [sum(together(lambda number: deliver_due_notices(at=now + timedelta(seconds=number)))) for _ in range(2)]

    assert rounds[1] == 0
    assert rounds[0] == len(mail.outbox) == 2 * len(people)
    assert Notice.objects.filter(sent_at=None, obsolete_at=None).count() == 0


def test_a_daily_letter_goes_out_once_even_when_more_is_owed_meanwhile(now: datetime) -> None:
    erin = create_user("erin")
    enqueue_notice(to=erin, kind="gossip", cause="first", subjects={}, at=now)

    def owe_and_deliver(number: int) -> int:
        enqueue_notice(to=erin, kind="gossip", cause=str(number), subjects={}, at=now)
        return deliver_due_notices(at=now + timedelta(seconds=number))

    assert sum(together(owe_and_deliver)) == len(mail.outbox) == 1
    assert deliver_due_notices(at=now + timedelta(hours=23)) == 0
    deliver_due_notices(at=now + timedelta(days=1, seconds=WORKERS))
    assert Notice.objects.filter(sent_at=None, obsolete_at=None).count() == 0


def test_the_same_cause_owed_by_all_at_once_is_one_notice(now: datetime) -> None:
    erin = create_user("erin")

    def owed(number: int) -> int:
        enqueue_notice(to=erin, kind="news", cause="one", subjects={}, at=now)
        return 0

    together(owed)

    assert Notice.objects.count() == 1
