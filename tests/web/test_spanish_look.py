"""Every page in Spanish, whose words are longer: nothing is cut off on the narrowest phone, and controls stay large.

`--pictures FOLDER` writes a picture of each, at the size of a phone.
"""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page

from tests.web.every_page import ShownPage
from tests.web.test_look import NARROWEST, SMALL_TARGETS, WIDTHS, take_picture

pytestmark = [
    *(pytest.mark.browser, pytest.mark.slow),
    pytest.mark.django_db(databases=["default", "counters"]),
]


def test_spanish_words_fit_on_every_page(
    show: Callable[..., Page], every_spanish_page: list[ShownPage], request: pytest.FixtureRequest
) -> None:
    folder = request.config.getoption("--pictures")
    wrong: dict[str, object] = {}
    client = Client()
    for shown in every_spanish_page:
        answer = HttpResponse(shown.html)
        page = show(client, answer, address=shown.address, viewport={"width": WIDTHS["phone"], "height": 844})
        take_picture(page, folder, f"es-{shown.name}-phone-light")
        small = page.evaluate(SMALL_TARGETS)
        page.set_viewport_size({"width": NARROWEST, "height": 844})
        width = page.evaluate("document.documentElement.scrollWidth")
        if small or width > NARROWEST:
            wrong[shown.name] = (width, small)
        page.context.close()
    assert wrong == {}
