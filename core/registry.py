"""What the apps above register with core as they start, so that core need not know them."""

from collections.abc import Callable
from dataclasses import dataclass

from core.models import Notice


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice in words, as its recipient may see it now. Subjects stay discreet: no campaign, candidate or skill."""

    subject: str
    text: str


Renderer = Callable[[Notice], Letter | None]

_renderers: dict[str, Renderer] = {}


def register_renderer(kind: str, renderer: Renderer) -> None:
    """Says how notices of one kind are put into words; None means that it is no longer true and is not sent."""
    if kind in _renderers:
        raise ValueError(f"Two renderers for notices of kind {kind!r}: one of them has to go.")
    _renderers[kind] = renderer


def render(notice: Notice) -> Letter | None:
    """The words of a notice. A kind that nobody registered is a defect: KeyError."""
    return _renderers[notice.kind](notice)
