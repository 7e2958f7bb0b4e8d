"""Every page in every state, rendered once for all checks that go over all pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.test import Client, override_settings
from django.urls import resolve
from django.utils import translation

from campaigns.models import Request
from core.models import User
from matching.models import Policy
from tests.cast import Cast, sign_in_browser
from tests.unchecked_rows import drop_checks
from tests.web.campaigns.plan_states import PLAN_STATES, SIGNED_IN_STATES, come_to
from tests.web.page_addresses import PAGES
from tests.web.volunteers.reading import read_main, read_title
from tests.web.volunteers.states import STATES
from volunteers.models import Volunteer

PROMISES = ("due_at", "_until")
LAST_NAME, PHONE = "Quillfeather", "+1 555 0142"
"""What Alice told us beside her first name; the campaign learns of it late, or never."""


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page as its reader got it; `reader` is a first name, empty for a visitor.

    `promised` are the moments that were stored then as dates of answers and of ends.
    """

    name: str
    reader: str
    address: str
    status: int
    html: str
    promised: frozenset[datetime]

    @property
    def main(self) -> str:
        return read_main(self)

    @property
    def title(self) -> str:
        return read_title(self)

    @property
    def content(self) -> bytes:
        return self.html.encode()

    @property
    def route(self) -> str:
        """The name of its address, empty where nothing is."""
        try:
            return resolve(self.address.partition("?")[0]).url_name or ""
        except Exception:  # an address of nothing, or under another root
            return ""


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block writes."""
    with transaction.atomic(), transaction.atomic("counters"):
        caches["here"].clear()
        yield
        transaction.set_rollback(True, "counters")
        transaction.set_rollback(True)


def plant_canaries(cast: Cast) -> None:
    Volunteer.objects.filter(user=cast.alice).update(last_name=LAST_NAME, contact=PHONE)


@dataclass(frozen=True, slots=True)
class ShownPages:
    """Every page in both languages. `statuses_without_zones` says by name what is answered when no zone is known."""

    english: list[ShownPage]
    spanish: list[ShownPage]
    statuses_without_zones: dict[str, int]

    def add(self, name: str, reader: str, address: str, ask: Callable[[], Any]) -> None:
        """Ask for a page in each language, and once more with broken zones. Nothing that one asking writes is left."""
        with undone():
            self.english.append(_take(name, reader, address, ask()))
        with undone(), in_spanish():
            User.objects.update(language="es")
            self.spanish.append(_take(name, reader, address, ask()))
        with undone():
            break_zones()
            self.statuses_without_zones[name] = ask().status_code


@contextmanager
def in_spanish() -> Iterator[None]:
    """Let the site speak Spanish to visitors."""
    with override_settings(LANGUAGE_CODE="es"):
        yield
    translation.deactivate()


def show_every_page(cast: Cast, at: datetime) -> ShownPages:
    """Bring about each state once, and ask for its page in all ways: the states take most of the time."""
    plant_canaries(cast)
    shown = ShownPages([], [], {})
    for judged in PAGES:
        with undone():
            there = deepcopy(cast)
            client = judged.make_client(there, at)
            address = judged.find_address(there, at)
            client.raise_request_exception = False
            ask = (
                partial(client.get, address)
                if judged.typed is None
                else partial(client.post, address, judged.typed, follow=True)
            )
            shown.add(judged.name, judged.reader, address, ask)
    for state in STATES:
        with undone():
            address, client = state.make(deepcopy(cast), at), Client(raise_request_exception=False)
            User.objects.update(language=settings.LANGUAGE_CODE)  # of those who came in with the state, too
            sign_in_browser(client, User.objects.get(email=f"{state.reader}@example.org"))
            shown.add(f"volunteer-{state.name}", state.reader, address, partial(client.get, address))
    for name in PLAN_STATES:
        reader = "dana" if name in SIGNED_IN_STATES else ""
        with undone():
            answer, address = come_to(name, Client(), deepcopy(cast), at)
            shown.english.append(_take(f"plan-{name}", reader, address, answer))
        with undone(), in_spanish():
            User.objects.update(language="es")
            answer, address = come_to(name, Client(), deepcopy(cast), at)
            shown.spanish.append(_take(f"plan-{name}", reader, address, answer))
    return shown


def break_zones() -> None:
    """Let every row with a time zone hold one that is unknown."""
    for model in (Volunteer, Request, Policy):
        drop_checks(model)
        model._default_manager.update(time_zone="Mars/Phobos")


def _take(name: str, reader: str, address: str, answer: Any) -> ShownPage:
    return ShownPage(name, reader, address, answer.status_code, answer.content.decode(), _list_promised_moments())


def _list_promised_moments() -> frozenset[datetime]:
    found: set[datetime] = set()
    for model in apps.get_models():
        for column in (each.name for each in model._meta.concrete_fields if each.name.endswith(PROMISES)):
            found |= set(model._default_manager.exclude(**{column: None}).values_list(column, flat=True))
    return frozenset(moment for moment in found if isinstance(moment, datetime))


class PageReader(HTMLParser):
    """Reads a page's headings, buttons with their classes, and errors; each as words in one line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[tuple[str, str]] = []
        self.buttons: list[tuple[str, str]] = []
        self._open: tuple[str, str, list[str]] | None = None
        self.feed(html.partition("<main")[2].partition("</main>")[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        if tag in ("h1", "h2", "h3") or tag == "button" or (tag == "a" and "button" in classes.split()):
            self._open = (tag, classes, [])

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if self._open and tag == self._open[0]:
            words = " ".join(" ".join(self._open[2]).split())
            if tag.startswith("h"):
                self.headings.append((tag, words))
            else:
                self.buttons.append((words, self._open[1]))
            self._open = None

    @property
    def primary(self) -> list[str]:
        return [words for words, classes in self.buttons if is_primary(classes)]


def is_primary(classes: str) -> bool:
    names = set(classes.split())
    return "button" in names and not names & {"second", "small", "stop"}
