"""The back button, two tabs, and a session that ends while its owner writes, in a real browser."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Page, expect

from matching.models import Match, Message
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.conftest import NOW
from tests.match_factory import make_active_match, make_offered_match
from tests.web.campaigns.people import find_page
from tests.web.sign_in import sign_in_with_password
from tests.web.volunteers.offer_states import offer_of
from tests.web.volunteers.project_states import project_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

YES = "Yes, I’ll do it"
NO = "No, not this one"


def press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).click()


def read_heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_what_was_said_is_there_when_its_writer_comes_back(
    open_browser: Callable[..., Page], served_cast: Cast
) -> None:
    page = open_browser()
    page.goto("/start/")
    page.get_by_label("Skill or tool").fill("React")
    press(page, "Add")
    page.get_by_label("On my own").check()
    press(page, "Continue")
    page.get_by_label("4", exact=True).check()
    evening = page.locator("[name=windows][value='1-evening']")
    evening.check()
    page.get_by_label("Time zone").select_option("America/New_York")
    press(page, "See what fits")
    assert read_heading(page).endswith("you today")

    page.go_back()
    assert (page.get_by_label("4", exact=True).is_checked(), evening.is_checked()) == (True, True)
    page.go_back()
    page.get_by_text("Front end", exact=True).click()
    assert page.get_by_label("On my own").is_checked()
    press(page, "Continue")
    assert read_heading(page).endswith("you today")


def test_back_and_forward_after_a_wrong_form_of_a_plan_lead_to_pages(
    open_browser: Callable[..., Page], served_cast: Cast
) -> None:
    page = open_browser()
    page.goto("/plan/outcome/")
    page.get_by_label("What do you need?").fill("A website")
    press(page, "Continue")
    assert page.title().startswith("Error: ")
    assert page.get_by_label("What do you need?").input_value() == "A website"
    page.goto("/about/")

    page.go_back()
    assert (read_heading(page), page.title()[:7]) == ("What should be done, and by when?", "Error: ")
    assert page.get_by_label("What do you need?").input_value() == "A website"
    page.go_back()
    assert (read_heading(page), page.title()[:7]) == ("What should be done, and by when?", "What sh")
    page.go_forward()
    page.go_forward()
    assert page.url.endswith("/about/")


def test_an_answered_offer_leads_to_its_project_from_the_back_button_and_from_another_tab(
    open_browser: Callable[..., Page], served_cast: Cast
) -> None:
    match = make_offered_match(served_cast, NOW)
    first = open_browser(served_cast.alice)
    first.goto(offer_of(match))
    tabs = [first.context.new_page() for _tab in range(2)]
    for tab in tabs:
        tab.goto(offer_of(match))
    tabs[1].get_by_role("link", name=NO).click()
    tabs[0].get_by_label("A line to them").fill("The second yes")

    press(first, YES)
    assert read_heading(first) == "Thank you, Alice. Now it is their turn."
    first.go_back()
    assert read_heading(first) == "Thank you, Alice. Now it is their turn."
    press(tabs[0], YES)
    assert read_heading(tabs[0]) == "Thank you, Alice. Now it is their turn."
    press(tabs[1], NO)
    assert "You said yes to it already." in tabs[1].inner_text("main")

    assert Match.objects.get().state == MatchState.ACCEPTED
    assert Message.objects.count() == 0


def test_a_message_is_not_sent_again_by_the_back_button(open_browser: Callable[..., Page], served_cast: Cast) -> None:
    match = make_active_match(served_cast, NOW)
    page = open_browser(served_cast.carol)
    page.goto(find_page(match))
    page.get_by_role("link", name="Write to Alice").click()
    page.get_by_label("Your message").fill("Hello!")
    press(page, "Send")
    assert Message.objects.count() == 1

    page.go_back()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "Error" not in page.title()
    assert Message.objects.count() == 1


def test_what_was_typed_outlives_the_session(open_browser: Callable[..., Page], served_cast: Cast) -> None:
    alice = served_cast.alice
    EmailAddress.objects.create(user=alice, email=alice.email, verified=True, primary=True)
    match = make_active_match(served_cast, NOW)
    page = open_browser(alice)
    page.goto(f"{project_of(match)}messages/")
    page.get_by_label("Your message").fill("A long letter")
    page.context.clear_cookies()

    press(page, "Send it")
    expect(page.get_by_text("You were signed out while you wrote. Sign in, and it is still there.")).to_be_visible()
    sign_in_with_password(page, alice.email)
    expect(page.get_by_text("This is what you wrote. Nothing was sent yet.")).to_be_visible()
    assert page.get_by_label("Your message").input_value() == "A long letter"
    assert Message.objects.count() == 0
    press(page, "Send it")
    assert list(Message.objects.values_list("text", flat=True)) == ["A long letter"]
