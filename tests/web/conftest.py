"""A browser whose pages come from Django's test client: the cast is there, and no server is needed."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, Route, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.cast import Cast, assemble_cast, sign_in_browser
from tests.committed_database import use_committed_database
from tests.conftest import NOW
from tests.recorded_rows import RecordedRows
from tests.web.every_page import ShownPage, ShownPages, show_every_page, undone

SITE = "http://testserver"
_static_files: dict[str, dict[str, Any]] = {}
"""By path, what the site answers: each page of each test would ask for the same ones."""
SWITCHES = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@pytest.fixture
def transactional_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Everything is committed, so that a server sees it, and taken away afterwards; the reference data stays."""
    with use_committed_database(django_db_blocker):
        yield


@pytest.fixture
def served_cast(live_server: LiveServer) -> Iterator[Cast]:
    """The cast, on a server for real browsers. The clock begins at NOW, and goes on."""
    with time_machine.travel(NOW, tick=True):
        yield assemble_cast(NOW)


@pytest.fixture
def open_browser(driven_browser: Browser, live_server: LiveServer, served_cast: Cast) -> Iterator[Callable[..., Page]]:
    """Return a function that makes a browser of its own, in which `user` is signed in."""
    contexts = []

    def make_page(user: User | None = None, **options: Any) -> Page:
        context = driven_browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        if user is not None:
            client = Client()
            sign_in_browser(client, user)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield make_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shown_pages(django_db_blocker: Any, recorded_cast: RecordedRows[Cast]) -> ShownPages:
    """Every page in every state, rendered once in a process."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), undone():
        return show_every_page(recorded_cast.restore(), NOW)


@pytest.fixture(scope="session")
def every_page(shown_pages: ShownPages) -> list[ShownPage]:
    return shown_pages.english


@pytest.fixture(scope="session")
def every_spanish_page(shown_pages: ShownPages) -> list[ShownPage]:
    """The same pages as Spanish readers get them."""
    return shown_pages.spanish


@pytest.fixture(scope="module")
def driven_browser(chromium: str) -> Iterator[Browser]:
    """One browser for all pages of a module."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # The browser's driver runs a loop in this thread, in which Django would refuse the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()
        connections.close_all()  # those of that loop, which nobody else would close


@pytest.fixture
def show(driven_browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an answer of the site in the browser."""
    contexts = []

    def show_answer(client: Client, answer: Any, *, address: str, **options: Any) -> Page:
        context = driven_browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.route("**/*", lambda route: _fulfil(route, client, answer, address))
        page.goto(SITE + address)
        return page

    yield show_answer
    for context in contexts:
        context.close()


def _fulfil(route: Route, client: Client, answer: Any, address: str) -> None:
    url = urlsplit(route.request.url)
    assert route.request.url.startswith((SITE, "data:")), f"{route.request.url} is asked of another site"
    path = f"{url.path}?{url.query}" if url.query else url.path
    if path not in _static_files:
        sent = answer if path == address else client.get(path)
        whole: dict[str, Any] = {"status": sent.status_code, "headers": dict(sent.headers), "body": b"".join(sent)}
        if not path.startswith("/static/"):
            route.fulfill(**whole)
            return
        _static_files[path] = whole
    route.fulfill(**_static_files[path])
