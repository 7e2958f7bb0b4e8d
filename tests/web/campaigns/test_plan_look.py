"""The pages of a plan in a browser: axe, targets, and nothing cut off."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from playwright.sync_api import Page

from tests.cast import Cast
from tests.web.campaigns.plan_states import PLAN_STATES, come_to
from tests.web.test_look import NARROWEST, SMALL_TARGETS, axe, find_violations, list_views, take_picture

__all__ = ["axe"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("state", PLAN_STATES)
def test_a_page_of_a_plan_can_be_used_by_everybody(
    show: Callable[..., Page],
    cast: Cast,
    now: datetime,
    mailoutbox: list[EmailMessage],
    axe: str,
    state: str,
    request: pytest.FixtureRequest,
) -> None:
    client = Client()
    answer, address = come_to(state, client, cast, now)
    folder = request.config.getoption("--pictures")
    for size, width, scheme in list_views(folder, state):
        options = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme}
        page = show(client, answer, address=address, **options)
        take_picture(page, folder, f"plan-{state}-{size}-{scheme}")
        assert find_violations(page, axe) == []
        assert page.evaluate(SMALL_TARGETS) == []
    page.set_viewport_size({"width": NARROWEST, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
