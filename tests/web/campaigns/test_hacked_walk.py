"""In a real browser, with scripts and without them: help with a break-in takes two screens and three inputs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from campaigns.actions.filings import state_filing
from campaigns.filing_rules import FilingChange
from campaigns.models import Request
from tests.cast import Cast
from tests.conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREENS, INPUTS, TAPS = 2, 3, 3
"""The form and the status; what, since when and the phone; two choices and the button."""


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
def test_to_ask_for_help_takes_two_screens_and_three_inputs(
    open_browser: Callable[..., Page], served_cast: Cast, has_scripts: bool
) -> None:
    change = FilingChange(safe_phone="+1 503 555 0188")
    state_filing(actor=served_cast.carol, campaign=served_cast.campaign, change=change, at=NOW)
    page = open_browser(served_cast.carol, java_script_enabled=has_scripts)
    page.goto(f"/campaigns/{served_cast.campaign.public_id}/")
    page.get_by_role("link", name="We think we’ve been hacked").click()
    screens = [page.get_by_role("heading", level=1).inner_text()]
    assert page.inner_text("main").index("Take another device.") < page.inner_text("main").index("What happened?")
    names = page.locator("main input:not([type=hidden])").evaluate_all("fields => fields.map(field => field.name)")
    assert len({*names}) == INPUTS

    taps = [
        page.locator("label", has_text="Our email"),
        page.locator("label", has_text="Since today"),
        page.get_by_role("button", name="Ask for help now"),
    ]
    for tap in taps:
        tap.click()

    page.get_by_text("The phone that you gave: +1 503 555 0188").wait_for()
    screens.append(page.get_by_role("heading", level=1).inner_text())
    assert (len({*screens}), len(taps)) == (SCREENS, TAPS)
    assert Request.objects.filter(emergency=True, channel="+1 503 555 0188").count() == 1


def test_a_visitor_without_scripts_reads_the_first_step_after_one_click(
    open_browser: Callable[..., Page], served_cast: Cast
) -> None:
    page = open_browser(java_script_enabled=False)
    for address in ("/", "/help/", "/plan/"):
        page.goto(address)
        page.get_by_role("link", name="We think we’ve been hacked").first.click()
        assert page.get_by_text("Take another device.").is_visible()
