"""On a slow link and an old phone: nothing moves while a page comes, and an impatient second press does no harm."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from matching.models import Message
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.conftest import NOW
from tests.match_factory import make_active_match, make_match
from tests.web.campaigns.people import find_desk
from tests.web.volunteers.offer_states import offer_of
from tests.web.volunteers.project_states import project_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}}
BYTES_PER_SECOND = 50_000  # 400 kb/s
MILLISECONDS_TO_ANSWER = 400
TIMES_AS_SLOW = 6
MAX_SHIFT = 0.02

READ_SHIFT = """() => new Promise((tell) => {
  let shift = 0;
  const add = (entries) => { for (const entry of entries) shift += entry.value; };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: 'layout-shift', buffered: true });
  // What was buffered is handed over after the next frame.
  requestAnimationFrame(() => setTimeout(() => { add(observer.takeRecords()); tell(shift); }));
})"""

COUNT_BUSY_BUTTONS = """addEventListener('pagehide', () => {
  sessionStorage.busy = document.querySelectorAll('button[aria-busy=true]').length;
})"""
SEND_UNSEEN = """() => {
  const form = document.querySelector('main form');
  return fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' }).then(() => null);
}"""
"""As a first press whose answer has not come yet."""


def slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    link = {"downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND}
    session.send("Network.emulateNetworkConditions", {"offline": False, "latency": MILLISECONDS_TO_ANSWER, **link})
    session.send("Emulation.setCPUThrottlingRate", {"rate": TIMES_AS_SLOW})


def test_nothing_moves_while_a_page_comes(open_browser: Callable[..., Page], served_cast: Cast) -> None:
    cast = served_cast
    match = make_match(cast, NOW, MatchState.OFFERED)
    pages = {
        None: ["/", "/start/"],
        cast.alice: ["/me/", offer_of(match)],
        cast.carol: [find_desk(cast.campaign)],
    }
    shifts = {}
    for reader, addresses in pages.items():
        page = open_browser(reader, **PHONE)
        slow_down(page)
        for address in addresses:
            page.goto(address)
            shifts[address] = page.evaluate(READ_SHIFT)
    assert {address: shift for address, shift in shifts.items() if shift >= MAX_SHIFT} == {}

    page.evaluate("document.body.prepend(Object.assign(document.createElement('p'), { style: 'height: 400px' }))")
    assert page.evaluate(READ_SHIFT) >= MAX_SHIFT, "a move is noticed"


def test_a_pressed_button_shows_that_it_works_and_an_impatient_press_writes_nothing_more(
    open_browser: Callable[..., Page], served_cast: Cast
) -> None:
    match = make_active_match(served_cast, NOW)
    page = open_browser(served_cast.alice, **PHONE)
    page.add_init_script(COUNT_BUSY_BUTTONS)
    page.goto(f"{project_of(match)}messages/")
    page.get_by_label("Your message").fill("Hello!")
    page.evaluate(SEND_UNSEEN)
    assert Message.objects.count() == 1

    page.get_by_role("button", name="Send it").click()

    expect(page.get_by_text("Sent. They get a letter that says so.")).to_be_visible()
    assert Message.objects.count() == 1
    assert page.evaluate("sessionStorage.busy") == "1"
    assert page.locator("[aria-busy]").count() == 0


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_double_click_writes_once(open_browser: Callable[..., Page], served_cast: Cast, has_scripts: bool) -> None:
    match = make_active_match(served_cast, NOW)
    page = open_browser(served_cast.alice, java_script_enabled=has_scripts, **PHONE)
    page.goto(f"{project_of(match)}messages/")
    page.get_by_label("Your message").fill("Hello!")

    page.get_by_role("button", name="Send it").dblclick()

    # Not “Sent.”: where the browser drops the answer to the first press, that word goes with it.
    expect(page.get_by_text("Hello!", exact=True)).to_be_visible()
    expect(page.get_by_label("Your message")).to_have_value("")
    assert Message.objects.count() == 1
