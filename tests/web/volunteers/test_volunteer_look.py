"""Each state of a volunteer's pages in a browser: axe finds nothing, targets are large, nothing is cut off.

`--pictures FOLDER` writes a picture of each, at two sizes, light and dark.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
from tests.node import PAGE_JUDGES, install_packages
from tests.web.test_look import NARROWEST, SMALL_TARGETS, find_violations, list_views, take_picture
from tests.web.volunteers.states import STATES, PageState
from tests.web.volunteers.test_states import open_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="session")
def axe() -> str:
    return (install_packages(PAGE_JUDGES) / "axe-core" / "axe.min.js").read_text()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_can_be_used_by_everybody(
    show: Callable[..., Page], cast: Cast, now: datetime, axe: str, state: PageState, request: pytest.FixtureRequest
) -> None:
    client, address = open_page(state, cast, now)
    answer: Any = client.get(address)
    folder = request.config.getoption("--pictures")
    for size, width, scheme in list_views(folder, state.name):
        page = show(client, answer, address=address, viewport={"width": width, "height": 844}, color_scheme=scheme)
        take_picture(page, folder, f"{state.name}-{size}-{scheme}")
        assert find_violations(page, axe) == []
        assert page.evaluate(SMALL_TARGETS) == []
    page.set_viewport_size({"width": NARROWEST, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
