"""A plan that is kept with the account, and form errors that a redirect shows."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.actions.filings import record_candidate_told
from campaigns.actions.kept_plans import keep_plan
from campaigns.kept_plan_queries import find_kept_plan
from campaigns.models import Campaign, Filing, KeptPlan
from campaigns.models.kept_plan import MAX_KEPT_PLAN_LENGTH
from core.errors import NotAllowed
from core.models import User
from tests.cast import Cast, sign_in_browser
from tests.web.campaigns.plan_steps import (
    come_to_race,
    import_board,
    say_closest,
    say_outcome,
    say_race,
    say_whose,
    text_of,
)
from web.campaigns.plan_pages import MAX_TYPED_CHARACTERS
from web.design.visit_drafts import MAX_NEW_VISITS_PER_MINUTE


def test_a_plan_is_kept_with_the_account_and_goes_on_in_another_browser(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage], now: datetime
) -> None:
    import_board(now)
    come_to_race(client, mailoutbox, now)
    say_race(client)
    planner = KeptPlan.objects.get().user
    desktop = Client()
    sign_in_browser(desktop, planner)

    home = desktop.get("/")
    assert "Go on with your plan" in text_of(home)
    assert "Open my page" not in text_of(home)
    assert "Go on with your plan" in text_of(desktop.get("/me/"))
    offered = desktop.get(reverse("plan"))
    assert "It is kept with your account for 30 days." in text_of(offered)
    whose = desktop.get(offered.context["way_on"], follow=True)
    assert "Whose campaign, and how do we check?" in text_of(whose)

    say_whose(client)
    assert not KeptPlan.objects.exists()
    assert "Go on with your plan" not in text_of(desktop.get("/"))


def test_a_kept_plan_is_bounded_and_ends(cast: Cast, now: datetime) -> None:
    assert not keep_plan(actor=cast.bob, draft_id="abc", content="x" * (MAX_KEPT_PLAN_LENGTH + 1), at=now)
    assert not keep_plan(actor=cast.bob, draft_id="a" * 33, content="{}", at=now)
    assert keep_plan(actor=cast.bob, draft_id="abc", content="{}", at=now)
    assert keep_plan(actor=cast.bob, draft_id="xyz", content="{}", at=now)

    [kept] = KeptPlan.objects.all()
    assert (kept.user, kept.draft_id) == (cast.bob, "xyz")
    assert find_kept_plan(cast.bob, at=now + timedelta(days=29)) == kept
    assert find_kept_plan(cast.bob, at=now + timedelta(days=30)) is None
    assert find_kept_plan(cast.alice, at=now) is None


def test_a_wrong_form_is_shown_by_a_redirect_in_its_tab_only(client: Client, cast: Cast) -> None:
    wrong = client.post("/plan/outcome/?draft=abc", {"outcome": "A website"})

    assert wrong.status_code == 303
    page = client.get(wrong["Location"])
    assert "Give the day by which you need it." in text_of(page)
    assert 'value="A website"' in page.content.decode()
    assert "Or begin with an example" in text_of(page)
    other_tab = client.get("/plan/outcome/?draft=xyz")
    assert "Give the day" not in text_of(other_tab)
    assert "A website" not in other_tab.content.decode()


def test_a_code_is_not_kept(client: Client, cast: Cast) -> None:
    client.post("/plan/code/?draft=abc", {"code": "123456"})

    assert "123456" not in str(dict(client.session))


def test_the_campaign_says_that_its_candidate_knows(cast: Cast, now: datetime) -> None:
    Campaign.objects.update(state="unverified")
    carols, address = Client(), reverse("campaign-candidate-told", args=[cast.campaign.public_id])
    sign_in_browser(carols, cast.carol)
    desk = reverse("campaign-desk", args=[cast.campaign.public_id])
    assert "Tell the candidate that a letter comes" in text_of(carols.get(desk))
    assert "Please check who acts for you" in text_of(carols.get(address))

    assert carols.post(address)["Location"] == desk
    assert "Tell the candidate that a letter comes" not in text_of(carols.get(desk))
    told_at = Filing.objects.get(campaign=cast.campaign).candidate_told_at
    record_candidate_told(actor=cast.carol, campaign=cast.campaign, at=timezone.now() + timedelta(days=1))
    assert Filing.objects.get(campaign=cast.campaign).candidate_told_at == told_at
    with pytest.raises(NotAllowed):
        record_candidate_told(actor=User.objects.get(pk=cast.bob.pk), campaign=cast.campaign, at=now)


def test_go_on_later_keeps_what_stands_in_the_form(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage], now: datetime
) -> None:
    import_board(now)
    come_to_race(client, mailoutbox, now)
    say_race(client)
    typed = {"candidate": "Dana Rivera", "party": "", "reference": "", "later": "1"}

    client.post("/plan/campaign/?draft=abc", typed)
    desktop = Client()
    sign_in_browser(desktop, KeptPlan.objects.get().user)
    page = desktop.get(desktop.get(reverse("plan")).context["way_on"])
    assert 'value="Dana Rivera"' in page.content.decode()
    assert "This is what you wrote. Nothing was sent yet." in text_of(page)
    assert not page.context["page_form"].errors


def test_an_empty_form_that_is_left_is_not_called_written(
    client: Client, cast: Cast, mailoutbox: list[EmailMessage], now: datetime
) -> None:
    import_board(now)
    come_to_race(client, mailoutbox, now)
    say_race(client)
    client.post("/plan/campaign/?draft=abc", {"candidate": " ", "later": "1"})

    assert "This is what you wrote" not in text_of(client.get("/plan/campaign/?draft=abc", follow=True))


@pytest.mark.parametrize(("address", "is_asked"), [("dana@gmial.com", True), ("dana@gmail.com", False)])
def test_a_misspelt_domain_is_asked_about(
    client: Client, cast: Cast, now: datetime, address: str, is_asked: bool
) -> None:
    say_outcome(client, now)
    say_closest(client)
    client.post("/plan/email/?draft=abc", {"email": address})

    assert ("Did you mean gmail.com?" in text_of(client.get("/plan/code/?draft=abc"))) is is_asked


def test_one_visit_too_many_keeps_what_was_typed(cast: Cast) -> None:
    later = {"outcome": "A website", "later": "1"}
    for _visit in range(MAX_NEW_VISITS_PER_MINUTE):
        assert Client().post("/plan/outcome/?draft=abc", later).status_code == 302

    page = Client().post("/plan/outcome/?draft=abc", later)

    assert page.status_code == 429
    assert "Many visits have begun from your network." in text_of(page)
    assert b"A website" in page.content


def test_what_is_too_long_to_keep_is_said_and_stays_in_the_form(client: Client, cast: Cast) -> None:
    typed = "A website " * (MAX_TYPED_CHARACTERS // 10 + 1)
    page = client.post("/plan/outcome/?draft=abc", {"outcome": typed, "later": "1"})

    assert page.status_code == 400
    assert f"has more than {MAX_TYPED_CHARACTERS} characters" in text_of(page)
    assert typed.strip() in page.content.decode()


def test_a_plan_of_a_browser_is_not_called_kept_with_the_account(client: Client, cast: Cast, now: datetime) -> None:
    say_outcome(client, now)
    say_closest(client)
    sign_in_browser(client, cast.dave)
    assert "kept with your account" not in text_of(client.get("/plan/"))
    assert not KeptPlan.objects.exists()

    client.post("/plan/outcome/?draft=abc", {"later": "1"})
    assert "kept with your account for 30 days" in text_of(client.get("/plan/?later=1"))
    assert KeptPlan.objects.get().user == cast.dave


def test_home_leads_on_to_the_step_of_a_plan_that_only_this_browser_has(
    client: Client, cast: Cast, now: datetime
) -> None:
    assert "Go on with your plan" not in text_of(client.get("/"))
    say_outcome(client, now)
    assert 'href="/plan/closest/?draft=abc">Go on with your plan' in client.get("/").content.decode()

    say_closest(client)

    assert 'href="/plan/project/?draft=abc">Go on with your plan' in client.get("/").content.decode()
    assert "Go on with your plan" not in text_of(Client().get("/"))
