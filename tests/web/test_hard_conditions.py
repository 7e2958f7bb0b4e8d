"""Every page with long names and wide text on a small screen, by keyboard, and without its scripts."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
from tests.web.opened_pages import EVERY_PAGE

PROBE = Path(__file__).with_name("page_probe.js").read_text()

# The last is the width of a desk at twice its size.
WIDTHS = (320, 390, 640)
DESK = 1280
HEIGHT = 844

LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapit"
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorffvonde Bartholomew of the Long and Winding Way"
LONG_TEXTS = {
    "alice@example.org": f"{LONG_WORD.lower()}@{LONG_WORD.lower()}.example",
    "carol@example.org": f"{LONG_WORD.lower()}@example.org",
    "Doe for Senate": f"{LONG_NAME} for Senate",
    "Kim Doe": LONG_NAME,
    "Alice": LONG_NAME,
    "Website": LONG_WORD,
    "Front end": LONG_WORD,
    "Welcome emails": f"{LONG_WORD} emails",
    "Email marketer": LONG_WORD,
    "swordfish": LONG_WORD,
    "Where is the logo?": LONG_WORD,
    "Message number": f"{LONG_WORD} {LONG_WORD}",
}
"""In place of the names and texts of the cast: 80 characters, and words of 40."""

WRITTEN_BY_SCRIPTS = "[data-zone-clock], [data-zone-words], label.filter"
"""The clock beside the list of zones, which shows the present minute of the zone that is chosen, and the field that
narrows the states down, which only scripts can do."""

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FEW = tuple(EVERY_PAGE)[::2]
"""Every second state of a page, as those of one page stand beside each other; `--thorough` takes all."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Name the states that are opened."""
    if "state" in metafunc.fixturenames:
        metafunc.parametrize("state", EVERY_PAGE if metafunc.config.getoption("--thorough") else FEW)


def test_a_page_keeps_its_order_and_its_words(show: Callable[..., Page], cast: Cast, now: datetime, state: str) -> None:
    reached = EVERY_PAGE[state](cast, now)
    answer = reached.ask()
    html = answer.content.decode()
    for short, long in LONG_TEXTS.items():
        html = html.replace(short, long)
    answer.content = html.encode()
    view = {"width": WIDTHS[0], "height": HEIGHT}
    page = show(reached.client, answer, address=reached.address, viewport=view)
    page.evaluate(PROBE)

    without, with_scripts = page.evaluate(
        "([html, written]) => probe.compareWords(html, written)", [html, WRITTEN_BY_SCRIPTS]
    )
    assert with_scripts == without

    assert page.evaluate("probe.listBrokenWords()") == []

    page.evaluate("probe.spaceText()")
    for _press in range(page.evaluate("probe.beginAtTop()")):
        page.keyboard.press("Tab")
    assert page.evaluate("probe.readWalk()") == {"covered": [], "jumps": [], "missed": []}

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        outside = page.evaluate("probe.listOutside()")
        assert not outside, f"at {width}: {outside}"
    page.set_viewport_size({"width": DESK, "height": HEIGHT})
    assert page.evaluate("probe.listJumpsOfColumns()") == []


def test_the_long_texts_are_as_long_as_they_say() -> None:
    assert len(LONG_NAME) == 80
    assert {len(LONG_WORD), len(LONG_NAME.split()[0])} == {40}
