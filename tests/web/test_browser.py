"""The pages in a real browser: at the size of a phone and of a desk, without a word to the outside."""

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.web.sign_in import sign_in_with_password

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


@pytest.fixture
def rita(live_server: LiveServer) -> User:
    rita = User.objects.create_user("rita@example.org", "correct horse battery", is_staff=True)
    EmailAddress.objects.create(user=rita, email=rita.email, verified=True, primary=True)
    return rita


def with_a_device(page: Page) -> None:
    """Gives the browser a device that keeps passkeys, and somebody who always says yes to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    device = {
        **{"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True},
        **{"isUserVerified": True, "automaticPresenceSimulation": True},
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": device})


def test_a_reviewer_comes_to_the_list_with_a_passkey_and_from_then_on_with_nothing_else(
    page: Page, live_server: LiveServer, rita: User
) -> None:
    with_a_device(page)
    page.goto(live_server.url)
    fits(page)
    page.get_by_role("navigation").get_by_role("link", name="Sign in").click()
    page.get_by_label("Your email address").wait_for()  # a click comes back before the next page has a root to measure
    fits(page)
    sign_in_with_password(page, "rita@example.org")
    page.wait_for_url(f"{live_server.url}/accounts/2fa/")  # nothing of others before a second factor
    fits(page)
    page.get_by_role("link", name="Add a passkey").click()  # the password was typed a moment ago
    page.get_by_label("Name of the passkey").fill("Laptop")
    fits(page)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(f"{live_server.url}/accounts/2fa/recovery-codes/")
    fits(page)
    page.goto(f"{live_server.url}/admin/matching/proposal/")
    assert page.title() == "Select proposal to view | Handraiser"

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{live_server.url}/admin/")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    sign_in_with_password(page, "rita@example.org")
    page.wait_for_url(f"{live_server.url}/accounts/2fa/authenticate/")
    fits(page)
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url(f"{live_server.url}/admin/")


def test_the_picture_for_an_authenticator_app_is_shown(page: Page, live_server: LiveServer, rita: User) -> None:
    page.goto(f"{live_server.url}/accounts/login/?next=/accounts/2fa/totp/activate/")
    sign_in_with_password(page, "rita@example.org")

    picture = page.get_by_role("img")
    assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 0
    fits(page)


def test_somebody_reads_what_goes_and_has_everything_of_theirs_erased(page: Page, live_server: LiveServer) -> None:
    dave = User.objects.create_user("dave@example.org", "correct horse battery")
    EmailAddress.objects.create(user=dave, email=dave.email, verified=True, primary=True)
    page.goto(f"{live_server.url}/accounts/login/?next=/my-data/")
    sign_in_with_password(page, "dave@example.org")
    page.get_by_text("Your account, your settings, and wherever you are signed in.").wait_for()
    fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download everything").click()
    assert download.value.suggested_filename == "my-data.json"

    page.get_by_label("I have read what goes and what stays.").check()
    page.get_by_label("Your password, once more").fill("correct horse battery")
    page.get_by_role("button", name="Erase everything of mine").click()
    page.get_by_text("Everything of yours is erased.").wait_for()

    assert not User.objects.filter(pk=dave.pk).exists()


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


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
    page.goto(f"{live_server.url}/api/docs")

    # The page draws only the operations that are in view, so this is the first one.
    page.get_by_text("Get my account", exact=True).wait_for()
    assert page.get_by_role("link", name="/api/v1/auth/openapi.json").count() == 1
