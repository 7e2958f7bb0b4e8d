"""What the apps above register with core as they start, so that core need not know them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.utils import translation

from core.enums import NoticeTopic
from core.models import Notice

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RenderedNotice:
    """A notice in words, as its recipient may see it now. Subjects stay discreet: no campaign, candidate or skill.

    `address` is where to go next, a path on this site; empty: the first page.
    """

    subject: str
    text: str
    address: str = ""


FactsLoader = Callable[[Sequence[Notice]], Any]
NoticeRenderer = Callable[[Notice, Any, datetime], RenderedNotice | None]


@dataclass(frozen=True, slots=True)
class NoticeType:
    """How notices of one kind are put into words, what they are about, and whether they wait for the daily letter."""

    render: NoticeRenderer
    topic: NoticeTopic
    is_immediate: bool
    load_facts: FactsLoader | None = None


_notice_types: dict[str, NoticeType] = {}


def register_notice_type(
    kind: str, renderer: NoticeRenderer, topic: NoticeTopic, *, at_once: bool = False, read: FactsLoader | None = None
) -> None:
    """Says how notices of one kind are put into words; None means that it is no longer true and is not sent.

    `is_sent_immediately` is for what has a clock of the reader's, and for how it ended; everything else waits for the one letter a
    day. `read` is given all notices that are put into words together, of one recipient and of every kind that names the
    same `read`; what it returns is the renderer's second argument, so rows are read once for all.
    """
    if kind in _notice_types:
        raise ValueError(f"Two renderers for notices of kind {kind!r}: one of them has to go.")
    _notice_types[kind] = NoticeType(renderer, topic, at_once, read)


def list_notice_types() -> Mapping[str, NoticeType]:
    """Every kind of notice that there is."""
    return _notice_types


def find_notice_topic(notice: Notice) -> NoticeTopic | None:
    """What a notice is about; None for a kind that nobody registered, which is a defect that is told elsewhere."""
    kind = _notice_types.get(notice.kind)
    return kind.topic if kind else None


def is_sent_immediately(kind: str) -> bool:
    """Whether notices of a kind leave without waiting for the daily letter."""
    return _notice_types[kind].is_immediate


def render_notices(
    notices: Sequence[Notice], *, language: str, at: datetime
) -> dict[int, RenderedNotice | Exception | None]:
    """The words of one recipient's notices in a language, by the notices' ids, as they are true at a moment.

    None: no longer true. One that cannot be put into words gets its error instead, and spoils no other.
    """
    told: dict[int, RenderedNotice | Exception | None] = {}
    with translation.override(language):
        facts = _load_facts(notices)
        for notice in notices:
            try:
                kind = _notice_types[notice.kind]
                told[notice.pk] = kind.render(notice, facts.get(kind.load_facts), at)
            except Exception as error:
                log.exception("a notice has no words", notice=str(notice.public_id), kind=notice.kind)
                told[notice.pk] = error
    return told


def _load_facts(notices: Sequence[Notice]) -> dict[FactsLoader | None, Any]:
    together: dict[FactsLoader, list[Notice]] = defaultdict(list)
    for notice in notices:
        kind = _notice_types.get(notice.kind)
        if kind is not None and kind.load_facts is not None:
            together[kind.load_facts].append(notice)
    return {read: read(theirs) for read, theirs in together.items()}
