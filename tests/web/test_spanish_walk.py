"""A stranger who reads Spanish comes from the first page to their own, on a phone, and gets a Spanish letter."""

import re
from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from playwright.sync_api import Page

from core.models import User
from tests.cast import Cast
from tests.pseudo_locale.translation import list_visible_texts
from tests.translation.english_words import find_english_words
from tests.web.volunteers.start_steps import EVENINGS, read_code

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "timezone_id": "America/Los_Angeles"}
OPTIONS = re.compile(r"<option.*?</option>", re.DOTALL)
WRITTEN_BY_OPERATOR = re.compile(r"^.*(?:Nobody|Your own machine|Never|Invented).*$", re.MULTILINE)


def check_spanish(page: Page) -> None:
    """What stands on the page has no English word, but for the switch, and for names of places in time zones."""
    texts = list_visible_texts(OPTIONS.sub("", page.content()))
    said = WRITTEN_BY_OPERATOR.sub("", "\n".join(texts)).replace("English", "")
    assert find_english_words(said) == set(), page.url
    assert page.evaluate("document.documentElement.lang") == "es"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("locale", ["es-MX", "en-US"], ids=["spanish-browser", "by-the-switch"])
def test_a_stranger_signs_up_in_spanish(
    open_browser: Callable[..., Page], served_cast: Cast, mailoutbox: list[EmailMessage], locale: str
) -> None:
    page = open_browser(locale=locale, **PHONE)
    page.goto("/")
    if locale == "en-US":
        page.get_by_role("button", name="Español").click()
    assert page.get_by_role("heading", level=1).inner_text() == (
        "Dos buenas horas a la semana, donde una campaña las necesita"
    )
    check_spanish(page)

    page.get_by_role("link", name="Ver qué encaja conmigo").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "¿Qué sabes hacer?"
    check_spanish(page)
    page.locator("[name=word]").fill("traducción")
    page.locator("button[name=add]").first.click()
    check_spanish(page)
    page.locator("[name=word]").fill("React")
    page.locator("button[name=add]").first.click()
    check_spanish(page)
    for level in page.locator("[name^=level_][value='3']").all():
        level.check()
    page.locator("main button.button:not(.second):not(.small)").last.click()

    page.wait_for_url("**/start/when/**")
    check_spanish(page)
    page.locator("[name=max_hours_per_week][value='4']").check()
    for code in EVENINGS:
        page.locator(f"[name=windows][value='{code}']").check()
    page.locator("[name=time_zone]").select_option("America/New_York")
    page.locator("main button.button:not(.second):not(.small)").last.click()

    page.wait_for_url("**/start/fits/**")
    check_spanish(page)
    page.locator("[name=email]").fill("maya@gmail.com")
    page.locator("main button.button:not(.second):not(.small)").last.click()

    page.wait_for_url("**/start/code/**")
    check_spanish(page)
    [letter] = mailoutbox
    assert re.fullmatch(r"\d{3} \d{3} es tu código", str(letter.subject))
    assert find_english_words(str(letter.body)) == set()
    page.locator("[name=code]").fill(read_code(letter))
    page.locator("main button.button:not(.second):not(.small)").last.click()

    page.wait_for_url("**/start/you/**")
    check_spanish(page)
    page.locator("[name=first_name]").fill("Maya")
    page.locator("[name=job_restricts][value=no]").check()
    page.locator("[name=adult]").check()
    page.locator("[name=languages][value=es]").check()
    page.locator("main button.button:not(.second):not(.small)").last.click()

    page.wait_for_url("**/me/**")
    check_spanish(page)
    assert "Gracias, Maya" in page.inner_text("main")
    assert re.search(r"a más tardar el (?:lunes|martes|miércoles|jueves|viernes) \d+ de marzo", page.inner_text("main"))
    assert User.objects.get(email="maya@gmail.com").language == "es"
