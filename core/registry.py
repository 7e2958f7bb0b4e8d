"""What the apps above register with core as they start, so that core need not know them."""

from collections.abc import Callable
from dataclasses import dataclass

from core.models import Notice
from core.vocabulary import Topic


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice in words, as its recipient may see it now. Subjects stay discreet: no campaign, candidate or skill.

    `address` is where to go next, a path on this site; empty: the first page.
    """

    subject: str
    text: str
    address: str = ""


Renderer = Callable[[Notice], Letter | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """How notices of one kind are put into words, what they are about, and whether they wait for the daily letter."""

    render: Renderer
    topic: Topic
    at_once: bool


_kinds: dict[str, Kind] = {}


def register_renderer(kind: str, renderer: Renderer, topic: Topic, *, at_once: bool = False) -> None:
    """Says how notices of one kind are put into words; None means that it is no longer true and is not sent.

    `at_once` is for what has a clock, or answers something that the person has just done. Everything else waits for
    the one letter a day.
    """
    if kind in _kinds:
        raise ValueError(f"Two renderers for notices of kind {kind!r}: one of them has to go.")
    _kinds[kind] = Kind(renderer, topic, at_once)


def kind_of(notice: Notice) -> Kind:
    """What is registered for a notice. A kind that nobody registered is a defect: KeyError."""
    return _kinds[notice.kind]


def render(notice: Notice) -> Letter | None:
    """The words of a notice."""
    return kind_of(notice).render(notice)


def at_once(kind: str) -> bool:
    """Whether notices of a kind leave without waiting for the daily letter."""
    return _kinds[kind].at_once
