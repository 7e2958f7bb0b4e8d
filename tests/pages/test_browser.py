"""The pages in a real browser: at the size of a phone and of a desk, without a word to the outside."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from core.models import User

SWITCHES = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
SIZES: dict[str, ViewportSize] = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}

pytestmark = pytest.mark.browser


@pytest.fixture
def browser(chromium: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    # The browser's driver runs a loop in this thread, in which Django would refuse the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=SWITCHES)
        yield browser
        browser.close()
        connections.close_all()  # those of that loop, which nobody else would close


@pytest.fixture(params=sorted(SIZES))
def page(request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page at each size; the test fails when it asks anybody but us, or complains."""
    page = browser.new_page(viewport=SIZES[request.param])
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.on("console", lambda one: told.append(one.text))
    yield page
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []
    assert told == []


def test_somebody_finds_their_way_from_the_first_page_to_the_review_list(page: Page, live_server: LiveServer) -> None:
    rita = User.objects.create_user("rita@example.org", "correct horse battery", is_staff=True)
    EmailAddress.objects.create(user=rita, email=rita.email, verified=True, primary=True)

    page.goto(live_server.url)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("navigation").get_by_role("link", name="Sign in").click()
    page.get_by_label("Email").wait_for()  # a click comes back before the next page has a root to measure
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("Email").fill("rita@example.org")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{live_server.url}/admin/")
    page.goto(f"{live_server.url}/admin/matching/proposal/")

    assert "Proposals" in page.title() or "proposal" in page.content()


def test_every_control_on_the_first_pages_can_be_reached_and_named(page: Page, live_server: LiveServer) -> None:
    for path in ("/", "/accounts/login/", "/accounts/signup/"):
        page.goto(live_server.url + path)
        assert page.get_by_role("main").count() == 1
        assert page.get_by_role("heading", level=1).count() == 1
        for control in page.locator("input:not([type=hidden]), select, textarea").all():
            name = control.evaluate("field => [...field.labels].map(label => label.textContent.trim()).join()")
            assert name != "", path
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"


def test_the_api_is_shown_from_our_own_files(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/api/docs/")

    page.get_by_text("My matches", exact=True).wait_for()
    assert page.get_by_role("link", name="/api/v1/auth/openapi.json").count() == 1
