"""From the first page to the first day of work, by keyboard alone, with scripts and without them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page

from campaigns.models import Seat
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.conftest import NOW
from tests.match_factory import create_match
from tests.web.keyboard import Keyboard
from tests.web.volunteers.start_steps import EVENINGS, read_code
from volunteers.models import Volunteer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
ZONE = "Eastern time (New York)"


def raise_hand(page: Page, mailoutbox: list[EmailMessage], *, has_scripts: bool) -> None:
    keys = Keyboard(page)
    page.goto("/")
    keys.follow("See what fits me")
    keys.type("Skill or tool", "React")
    keys.press("Add")
    keys.tick("On my own")
    keys.press("Continue")
    keys.tick(page.get_by_label("4", exact=True))
    for code in EVENINGS:
        keys.tick(page.locator(f"[name=windows][value='{code}']"))
    zone = page.get_by_label("Time zone")
    if has_scripts:
        assert zone.input_value() == "America/New_York"
    else:
        keys.type("Time zone", ZONE)
    keys.press("See what fits")
    assert page.get_by_role("heading", level=1).inner_text() == "1 open place fits you today"
    keys.type("Email address", "maya@gmail.com")
    keys.press("Send me a code")
    keys.type("Six digits", read_code(mailoutbox[-1]))
    keys.press("Continue")
    keys.type("First name", "Maya")
    keys.tick(page.get_by_label("No", exact=True))
    keys.tick("I am 18 or over")
    keys.press("Raise my hand")
    assert "Thank you, Maya. You hear from us by" in page.inner_text("main")


def say_yes(page: Page) -> None:
    keys = Keyboard(page)
    page.goto("/me/")
    keys.follow("Look at it and answer")
    keys.type("A line to them, if you like (optional)", "Glad to help.")
    agreed = page.get_by_label("I keep to the code of conduct")
    if agreed.count():
        keys.tick(agreed)
    keys.press("Yes, I’ll do it")
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you, Maya. Now it is their turn."


def start_with_maya(page: Page) -> None:
    keys = Keyboard(page)
    page.goto("/campaigns/")
    keys.follow("Look and answer")
    assert "Glad to help." in page.inner_text("main")
    keys.press("Start with Maya")
    assert "It begins. Maya hears it now" in page.inner_text("main")
    keys.press("Tick")


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_stranger_comes_to_the_first_day_of_work_by_keyboard(
    open_browser: Callable[..., Page], served_cast: Cast, mailoutbox: list[EmailMessage], has_scripts: bool
) -> None:
    options: dict[str, Any] = {"java_script_enabled": has_scripts, "timezone_id": "America/New_York"}
    mayas = open_browser(**options, **PHONE)
    raise_hand(mayas, mailoutbox, has_scripts=has_scripts)

    maya = Volunteer.objects.get(first_name="Maya")
    seat = Seat.objects.get(role__request=served_cast.request)
    create_match(MatchState.OFFERED, volunteer=maya, seat=seat, at=NOW)
    say_yes(mayas)
    start_with_maya(open_browser(served_cast.carol, **options))

    assert Match.objects.get().state == MatchState.ACTIVE
