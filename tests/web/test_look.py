"""Every page at the size of a phone or of a desk, light or dark: axe finds nothing, and nothing is cut off.

`--pictures FOLDER` writes a picture of each; `./run pictures` does so for all rooms.
"""

import base64
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
from tests.node import PAGE_JUDGES, install_packages
from tests.web.page_addresses import PAGES, JudgedPage
from tests.web.tour_pages import TOUR_PICTURES

WIDTHS = {"phone": 390, "desk": 1280}
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Only what is wrong comes back: all that is right would take longer than the judging.
FIND_VIOLATIONS = "rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"
NARROWEST = 320

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# A control is its own target, or its label is. Links inside a sentence are none.
# The 28 boxes of a week are 36 wide on a phone: the one exception.
SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
  .filter(control => control.offsetParent !== null && control.type !== 'hidden' && !control.closest('.skip, .parts'))
  .filter(control => control.closest('nav, .links') || !control.matches('p a, dd a, li a'))
  .map(control => [control, (control.closest('label') || control).getBoundingClientRect()])
  .filter(([control, box]) => box.width < 44 || box.height < 44)
  .map(([control, box]) => `${control.outerHTML.slice(0, 90)} ${box.width}x${box.height}`)"""


@pytest.fixture(scope="session")
def axe() -> str:
    return (install_packages(PAGE_JUDGES) / "axe-core" / "axe.min.js").read_text()


def find_violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found: list[Any] = page.evaluate(FIND_VIOLATIONS, AXE_RULES)
    return [f"{one['id']}: {node['html']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def list_views(folder: Path | None, name: str) -> list[tuple[str, int, str]]:
    """Each size with its width and a scheme: all of them for pictures, else one, which half of the pages get each."""
    schemes = {"phone": ("light", "dark"), "desk": ("dark", "light")}
    if folder is None:
        size = sorted(WIDTHS)[crc32(name.encode()) % 2]
        return [(size, WIDTHS[size], schemes[size][0])]
    return [(size, width, scheme) for size, width in WIDTHS.items() for scheme in schemes[size]]


@pytest.mark.parametrize("judged", PAGES, ids=lambda judged: judged.name)
def test_a_page_can_be_used_by_everybody(
    show: Callable[..., Page], cast: Cast, now: datetime, axe: str, judged: JudgedPage, request: pytest.FixtureRequest
) -> None:
    client, address = judged.make_client(cast, now), judged.find_address(cast, now)
    answer = client.get(address) if judged.typed is None else client.post(address, judged.typed, follow=True)
    assert answer.status_code == judged.status
    folder = request.config.getoption("--pictures")
    for size, width, scheme in list_views(folder, judged.name):
        options = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
        page = show(client, answer, address=address, **options)
        take_picture(page, folder, f"{judged.name}-{size}-{scheme}")
        assert find_violations(page, axe) == []
        assert page.evaluate(SMALL_TARGETS) == []
    page.set_viewport_size({"width": NARROWEST, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


def take_picture(page: Page, folder: Path | None, name: str) -> None:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
        if name in TOUR_PICTURES:
            (folder / f"{name}.webp").write_bytes(take_sharp_picture(page))


def take_sharp_picture(page: Page) -> bytes:
    """Return what is in view without scrolling, as WebP, with two dots for each pixel of the page."""
    size = page.viewport_size
    assert size is not None
    session = page.context.new_cdp_session(page)
    view = {"x": 0, "y": 0, **size, "scale": 2}
    taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 80, "clip": view})
    return base64.b64decode(taken["data"])
