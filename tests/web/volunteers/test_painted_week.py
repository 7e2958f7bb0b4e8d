"""What is painted with a mouse or by keys is what the boxes and the rows of exact times would have said."""

import random
from collections.abc import Callable, Iterable
from datetime import datetime, time

import pytest
from django.http import QueryDict
from django.test import Client
from playwright.sync_api import Page

from core.week_mask import Window
from tests.cast import Cast, sign_in_browser
from volunteers.models import AvailabilityWindow, Volunteer
from web.volunteers.availability_forms import WeekForm

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK = {"viewport": {"width": 1280, "height": 1400}}
FIRST, LAST, HALVES = 12, 48, 48
READ_FORM = "new URLSearchParams(new FormData(document.querySelector('[data-week]'))).toString()"


def open_week(show: Callable[..., Page], cast: Cast, windows: Iterable[Window] = (), **options: object) -> Page:
    volunteer = Volunteer.objects.get(user=cast.alice)
    volunteer.windows.all().delete()
    AvailabilityWindow.objects.bulk_create(
        AvailabilityWindow(volunteer=volunteer, weekday=each.weekday, starts=each.starts, ends=each.ends)
        for each in windows
    )
    client = Client()
    sign_in_browser(client, cast.alice)
    return show(client, client.get("/me/week/"), address="/me/week/", **(DESK | options))


def open_grid(page: Page) -> None:
    page.get_by_text("Paint half-hours with the mouse").click()


def drag(page: Page, first: int, last: int) -> None:
    page.locator(f"[data-half='{first}']").hover()
    page.mouse.down()
    page.locator(f"[data-half='{last}']").hover()
    page.mouse.up()


def read_halves(page: Page, now: datetime) -> set[int]:
    """Return the half-hours of the week that the form would send."""
    form = WeekForm(QueryDict(page.evaluate(READ_FORM)), at=now)
    form.is_valid()
    free = set()
    for window in form.cleaned_data["windows"]:
        starts = window.weekday * HALVES + window.starts.hour * 2 + window.starts.minute // 30
        length = (window.ends.hour * 2 + window.ends.minute // 30 - starts % HALVES) % HALVES
        free |= {half % (7 * HALVES) for half in range(starts, starts + length)}
    return free


def list_shown(page: Page) -> set[int]:
    return set(page.eval_on_selector_all("[aria-selected='true']", "cells => cells.map(cell => +cell.dataset.half)"))


@pytest.mark.parametrize("seed", range(3))
def test_any_strokes_say_in_the_form_what_is_seen(
    show: Callable[..., Page], cast: Cast, now: datetime, seed: int
) -> None:
    rng = random.Random(seed)
    page = open_week(show, cast)
    open_grid(page)
    expected: set[int] = set()
    for _stroke in range(6):
        days, halves = (sorted(rng.choices(range(*span), k=2)) for span in ((0, 7), (FIRST, LAST)))
        first = days[0] * HALVES + halves[0]
        area = {day * HALVES + half for day in range(days[0], days[1] + 1) for half in range(halves[0], halves[1] + 1)}
        expected = expected - area if first in expected else expected | area
        drag(page, first, days[1] * HALVES + halves[1])

        assert list_shown(page) == expected
        assert read_halves(page, now) == expected


def test_the_stored_week_is_shown_and_saved_as_it_was_painted(
    show: Callable[..., Page], cast: Cast, now: datetime
) -> None:
    page = open_week(show, cast, [Window(0, time(9), time(17)), Window(5, time(23), time(1))])
    open_grid(page)
    nine_to_five = set(range(18, 34))
    assert list_shown(page) == nine_to_five | {5 * HALVES + 46, 5 * HALVES + 47}

    page.locator("[data-half='18']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.get_by_role("status").last.inner_text() == "Monday, 9:30 am to 10:00 am: not free."

    # The hour past midnight is not in the picture, and stays.
    late = {5 * HALVES + 46, 5 * HALVES + 47, 6 * HALVES, 6 * HALVES + 1}
    assert read_halves(page, now) == (nine_to_five - {18, 19}) | late


def test_escape_takes_a_stroke_back_and_shift_paints_a_range(
    show: Callable[..., Page], cast: Cast, now: datetime
) -> None:
    page = open_week(show, cast)
    open_grid(page)
    page.locator("[data-half='20']").hover()
    page.mouse.down()
    page.locator("[data-half='30']").hover()
    page.keyboard.press("Escape")
    page.mouse.up()
    assert list_shown(page) == read_halves(page, now) == set()

    page.locator("[data-half='20']").click()
    page.locator("[data-half='25']").click(modifiers=["Shift"])

    assert list_shown(page) == read_halves(page, now) == set(range(20, 26))


def test_a_box_that_is_ticked_is_painted(show: Callable[..., Page], cast: Cast) -> None:
    page = open_week(show, cast)
    open_grid(page)

    page.locator("[name='windows'][value='2-evening']").check()

    assert list_shown(page) == set(range(2 * HALVES + 34, 2 * HALVES + 44))


@pytest.mark.parametrize(
    ("options", "starts"), [({"viewport": {"width": 390, "height": 844}}, 9), ({}, 9.25)], ids=["phone", "quarter"]
)
def test_who_cannot_paint_sees_no_grid(
    show: Callable[..., Page], cast: Cast, options: dict[str, object], starts: float
) -> None:
    window = Window(0, time(int(starts), round(starts % 1 * 60)), time(12))
    page = open_week(show, cast, [window], **options)

    assert page.locator("[data-paint]").is_hidden()
    assert page.locator(".halves").count() == 0
