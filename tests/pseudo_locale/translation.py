"""A pseudo-locale: every message that goes through gettext comes in brackets, and visible text outside them is found.

It takes the place of English, so that nothing has to know another language. Django's, DRF's and allauth's own
messages are in brackets too.
"""

import gettext
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.db.models import Model

OPENING, CLOSING = "⟦", "⟧"
LANGUAGE = "en"
CONTEXT_SEPARATOR = "\x04"


class PseudoTranslation(gettext.NullTranslations):
    """A catalogue that knows every message, and puts it in brackets as it is, with its placeholders."""

    def gettext(self, message: str) -> str:
        return f"{OPENING}{message.rpartition(CONTEXT_SEPARATOR)[2]}{CLOSING}"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)

    def language(self) -> str:
        return LANGUAGE

    to_language = language


WORD = re.compile(r"[^\W\d_]{2,}")
WEB_ADDRESS = re.compile(r"https?://\S+")
NAMED_BY_MACHINES = re.compile(
    r"""
    /[\w./-]*\w/ | [\w.+-]+@[\w.-]+\w         # addresses
    | \b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b          # public ids
    | \b[0-9a-f]{8}\b                                        # and how they begin
    | \b[A-Z0-9]{4}-[A-Z0-9]{4}\b                            # codes that prove an address
    | \b[A-Z2-7]{32}\b                                      # secrets of authenticator apps
    """,
    re.VERBOSE,
)


def find_text_outside_brackets(texts: Iterable[str], data: "re.Pattern[str]") -> list[str]:
    """The texts that hold a word outside brackets that is no data, and those whose brackets do not match.

    A message may reach over several texts, as it does with an element inside.
    """
    offenders, depth = [], 0
    for text in texts:
        outside = ""
        for character in text:
            depth += (character == OPENING) - (character == CLOSING)
            outside += character if depth == 0 else " "
        # Addresses go first: a stored word inside of one would break it.
        outside = data.sub(" ", WEB_ADDRESS.sub(" ", outside))
        if WORD.search(NAMED_BY_MACHINES.sub(" ", outside)):
            offenders.append(" ".join(text.split()))
    return [*offenders, *(["brackets that do not match"] if depth else [])]


def compile_data(words: Iterable[str]) -> "re.Pattern[str]":
    """Matches any of these texts where it stands by itself."""
    longest_first = sorted({word for word in words if WORD.search(word)}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in longest_first) or r"(?!)")


# What these hold is written by machines, or is no text of a person's.
NO_DATA = {"core.ShippedEntry", "contenttypes.ContentType", "auth.Permission", "pghistory.Context"}


def read_stored_texts() -> Iterator[str]:
    """Every text that the database holds: names, titles, codes and what people wrote, but no choices."""
    for model in apps.get_models():
        if model._meta.label not in NO_DATA and model._meta.managed and "event" not in model._meta.model_name:  # type: ignore[operator]
            yield from _read_texts_of(model)


def _read_texts_of(model: type[Model]) -> Iterator[str]:
    names = [field.name for field in model._meta.concrete_fields if not field.choices]
    for row in model._default_manager.values_list(*names) if names else ():
        yield from _walk_texts(row)


def _walk_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in [*value.keys(), *value.values()] if isinstance(value, dict) else value:
            yield from _walk_texts(part)


HIDDEN_ELEMENTS = {"script", "style", "template", "svg"}
EMPTY_ELEMENTS = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN_ATTRIBUTES = ("title", "placeholder", "alt", "aria-label")
ICON_CLASS = "material-symbols-outlined"
BUTTON_TYPES = ("submit", "button", "reset")


class VisibleText(HTMLParser):
    """Collects what a person sees of a page, or hears: texts, and the attributes that are shown or read out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attributes)
        if self._hidden or tag in HIDDEN_ELEMENTS or ICON_CLASS in (given.get("class") or ""):
            if tag not in EMPTY_ELEMENTS:
                self._hidden.append(tag)
            return
        self.texts += [given[name] for name in SPOKEN_ATTRIBUTES if given.get(name)]
        if tag == "input" and given.get("type") in BUTTON_TYPES:
            self.texts.append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag in self._hidden:
            del self._hidden[self._hidden.index(tag) :]

    def handle_data(self, text: str) -> None:
        if text.strip() and not self._hidden:
            self.texts.append(text)


def list_visible_texts(page: str) -> list[str]:
    """What a person sees of an HTML page."""
    parser = VisibleText()
    parser.feed(page)
    parser.close()
    return parser.texts
