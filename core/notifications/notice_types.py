"""Notice types: each app registers its own in a module `notice_texts`."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise

from core.enums import NoticeTopic
from core.models import Notice
from core.registry import Registry

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class RenderedNotice:
    """The text of a notice, as its recipient may see it now. The subject names no campaign, candidate or skill.

    `address` is the page to open next, as a path on this site; empty means the home page. `button` is the verb of the
    link to it, which is that page's own.
    """

    subject: str
    text: str
    address: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The page on which the thing of a notice is done: the name of its URL, and the verb of its button.

    The page belongs to a layer above, so a notice type names it and imports nothing. Names that do not exist are found
    by a test.
    """

    url_name: str
    button: str | Promise

    def link(self, subject: str, text: str, *arguments: object) -> RenderedNotice:
        """Return the rendered notice that leads to the page of these arguments. Raises NoReverseMatch."""
        return RenderedNotice(subject, text, reverse(self.url_name, args=arguments), str(self.button))


FactsLoader = Callable[[Sequence[Notice]], Any]
NoticeRenderer = Callable[[Notice, Any, datetime], RenderedNotice | None]
RenderingResults = dict[int, RenderedNotice | Exception | None]


@dataclass(frozen=True, slots=True)
class NoticeType:
    """How notices of one kind are rendered, what they are about, and whether they skip the daily digest."""

    render: NoticeRenderer
    topic: NoticeTopic
    is_immediate: bool
    load_facts: FactsLoader | None = None
    is_mutable: bool = True
    subjects: tuple[str, ...] = ()


_notice_types = Registry[NoticeType]("notice type")


def register_notice_type(
    kind: str,
    render: NoticeRenderer,
    topic: NoticeTopic,
    *,
    is_immediate: bool = False,
    load_facts: FactsLoader | None = None,
    is_mutable: bool = True,
    subjects: tuple[str, ...] = (),
) -> None:
    """Register how notices of one kind are rendered. Raises ValueError when the kind is taken.

    `render` returns None for a notice that is no longer true; it is then not sent. `is_immediate` is for a notice with
    a deadline of the recipient's, and for its outcome; all others wait for the daily digest. `load_facts` gets all
    notices of one recipient whose types share it, so that rows are read once; its result is the second argument of
    `render`. `is_mutable` is False for a warning about the account, which is mailed even if its topic is muted: who
    took a session over could mute it. `subjects` names what a notice of this kind is about, as the API describes it.
    """
    # `str` turns a member of an enum into the plain word that the database and the API hold.
    _notice_types.register(str(kind), NoticeType(render, topic, is_immediate, load_facts, is_mutable, subjects))


def list_notice_types() -> Mapping[str, NoticeType]:
    """Return the notice types by kind."""
    return _notice_types


def find_notice_topic(notice: Notice) -> NoticeTopic | None:
    """Return the topic of a notice, or None when its kind is not registered: rendering reports that defect."""
    kind = _notice_types.get(notice.kind)
    return kind.topic if kind else None


def is_mutable(notice: Notice) -> bool:
    """Return whether a user who has muted the topic of a notice gets no mail about it."""
    kind = _notice_types.get(notice.kind)
    return kind is None or kind.is_mutable


def is_sent_immediately(kind: str) -> bool:
    """Return whether notices of a kind skip the daily digest. Raises KeyError for an unknown kind."""
    return _notice_types[kind].is_immediate


def render_notices(notices: Sequence[Notice], *, language: str, at: datetime) -> RenderingResults:
    """Render notices of one recipient in a language, as they are true at a moment; the keys are the notices' ids.

    None means that a notice is no longer true. A notice that cannot be rendered gets its error, and the others their
    text.
    """
    rendered: RenderingResults = {}
    with translation.override(language):
        facts = _load_facts(notices)
        for notice in notices:
            try:
                kind = _notice_types[notice.kind]
                rendered[notice.pk] = kind.render(notice, facts.get(kind.load_facts), at)
            except Exception as error:
                log.exception("notice cannot be rendered", notice=str(notice.public_id), kind=notice.kind)
                rendered[notice.pk] = error
    return rendered


def _load_facts(notices: Sequence[Notice]) -> dict[FactsLoader | None, Any]:
    notices_by_loader: dict[FactsLoader, list[Notice]] = defaultdict(list)
    for notice in notices:
        kind = _notice_types.get(notice.kind)
        if kind is not None and kind.load_facts is not None:
            notices_by_loader[kind.load_facts].append(notice)
    return {load: load(group) for load, group in notices_by_loader.items()}
