"""Two types of notices for tests, and how they are enqueued."""

from collections.abc import Callable
from datetime import datetime
from itertools import count

import pytest

from core.enums import NoticeTopic
from core.models import Notice, User
from core.notifications import notice_types
from core.notifications.notice_types import NoticeType, RenderedNotice
from core.notifications.outbox import enqueue_notice

Tell = Callable[..., Notice]


@pytest.fixture
def news_and_gossip(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "News" leaves at once, "gossip" waits for the daily letter; both say what "it" is, and nothing is dropped."""

    def words(notice: Notice, facts: None, at: datetime) -> RenderedNotice | None:
        return None if notice.subjects["it"] == "gone" else RenderedNotice("News", f"About {notice.subjects['it']}.")

    monkeypatch.setitem(notice_types._notice_types, "news", NoticeType(words, NoticeTopic.PROGRESS, True))
    monkeypatch.setitem(notice_types._notice_types, "gossip", NoticeType(words, NoticeTopic.WAITING, False))


@pytest.fixture
def tell(db: None, now: datetime) -> Tell:
    """Owes somebody news, or gossip, of something; a poisonous one has no words."""
    numbers = count()

    def owed(to: User | str, it: str | None = "tea", *, kind: str = "news", at: datetime = now) -> Notice:
        cause = f"{kind}:{next(numbers)}"
        enqueue_notice(to=to, kind=kind, cause=cause, subjects={} if it is None else {"it": it}, at=at)
        return Notice.objects.get(cause=cause)

    return owed
