"""The pages of a first visit that need answers before them, in a browser: axe, targets, and nothing cut off."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from playwright.sync_api import Page

from tests.cast import Cast
from tests.web.test_look import NARROWEST, SMALL_TARGETS, axe, find_violations, list_views, take_picture
from tests.web.volunteers.start_steps import WEEK, say_address, say_skills, say_week, type_code

__all__ = ["axe"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STATES = [
    *("skills-said", "unknown-word", "no-such-word", "several-meanings", "when-said", "exact", "fits", "nothing-fits"),
    *("code", "you"),
]


def come_to(state: str, client: Client, mailoutbox: list[EmailMessage]) -> tuple[Any, str]:
    unknown = {"unknown-word": "Zapplier", "no-such-word": "nurse", "several-meanings": "Python"}
    if state in unknown:
        client.post("/start/skills/?draft=abc", {"word": unknown[state], "add": "1"})
        return client.get("/start/skills/?draft=abc"), "/start/skills/?draft=abc"
    say_skills(client, "front-end")
    if state == "exact":
        sent = WEEK | {"from_4_0": "17:00", "to_4_0": "19:00", "more_4": "1"}
        return client.post("/start/when/?draft=abc", sent, follow=True), "/start/when/?draft=abc"
    if state not in ("skills-said", "when-said"):
        say_week(client, windows=["6-late", "5-late"] if state == "nothing-fits" else WEEK["windows"])
    if state in ("code", "you"):
        say_address(client)
    if state == "you":
        type_code(client, mailoutbox[-1])
    step = "fits" if state == "nothing-fits" else state.removesuffix("-said")
    address = f"/start/{step}/?draft=abc"
    return client.get(address), address


@pytest.mark.parametrize("state", STATES)
def test_a_page_of_the_first_visit_can_be_used_by_everybody(
    show: Callable[..., Page],
    cast: Cast,
    mailoutbox: list[EmailMessage],
    axe: str,
    state: str,
    request: pytest.FixtureRequest,
) -> None:
    client = Client()
    answer, address = come_to(state, client, mailoutbox)
    folder = request.config.getoption("--pictures")
    for size, width, scheme in list_views(folder, state):
        options = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
        page = show(client, answer, address=address, **options)
        take_picture(page, folder, f"start-{state}-{size}-{scheme}")
        assert find_violations(page, axe) == []
        assert page.evaluate(SMALL_TARGETS) == []
    page.set_viewport_size({"width": NARROWEST, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST


@pytest.mark.parametrize(("known_as", "zone"), [("Asia/Tokyo", "Asia/Tokyo"), ("Asia/Calcutta", "Asia/Kolkata")])
def test_the_time_zone_is_guessed_by_the_browser_and_stays_changeable(
    show: Callable[..., Page], cast: Cast, known_as: str, zone: str
) -> None:
    client = Client()
    answer, address = come_to("when-said", client, [])
    page = show(client, answer, address=address, timezone_id=known_as, locale="en-US")

    page.wait_for_function("document.forms[0].elements.time_zone.value !== ''")
    assert page.get_by_label("Time zone").input_value() == zone
    boxes = page.locator(".cell").all()
    assert len(boxes) == 28
    box = boxes[0].bounding_box()
    assert box is not None
    assert box["height"] >= 44
