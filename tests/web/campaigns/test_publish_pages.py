"""The last look at a plan, its publishing, and what happens then."""

from datetime import datetime

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from campaigns.models import Member, Role
from core.models import ContactAccess, Skill
from matching.models import EstimateAnswer
from tests.cast import Cast, sign_in_browser
from tests.web.campaigns.plan_states import come_to
from tests.web.campaigns.plan_steps import (
    address_of,
    find_plan,
    path_of,
    say_closest,
    say_outcome,
    say_race,
    say_whose,
    text_of,
)


def test_published_it_says_what_happens_and_when_and_the_draft_is_gone(danas: Client) -> None:
    say_race(danas)
    say_whose(danas)
    stored = find_plan()
    refused = danas.post(address_of("campaign-publish", stored), {}, follow=True)
    assert "Please read the code of conduct" in text_of(refused)

    answer = danas.post(address_of("campaign-publish", stored), {"accepts_code_of_conduct": "on"}, follow=True)

    page = text_of(answer)
    for words in (
        "We call you By",
        "Pacific time",
        "The candidate agrees",
        "You can’t answer for them",
        "your phone or an app",
        "You set up extra sign-in protection",
        "48 hours",
    ):
        assert words in page
    assert "web.campaigns.plan_drafts" not in danas.session
    assert path_of(danas.get(address_of("campaign-publish", stored))) == address_of("campaign-published", stored)


def test_who_acts_for_a_campaign_plans_for_it_and_chooses_who_answers(
    client: Client, cast: Cast, now: datetime
) -> None:
    dave = Member.objects.create(campaign=cast.campaign, user=cast.dave, position="staff", since=now)
    sign_in_browser(client, cast.carol)
    say_outcome(client, now)
    say_closest(client)
    assert path_of(client.post("/plan/project/?draft=abc")) == "/plan/choice/"
    assert path_of(client.get("/plan/race/?draft=abc")) == "/plan/choice/"
    client.post("/plan/choice/?draft=abc", {"campaign": str(cast.campaign.public_id)})
    stored = find_plan()
    assert (stored.campaign, stored.state) == (cast.campaign, "draft")

    ContactAccess.objects.all().delete()
    page = client.get(address_of("campaign-publish", stored))
    assert "dave@example.org (Staff)" in page.content.decode()
    assert ContactAccess.objects.get().subject_id == cast.dave.pk
    answer = client.post(address_of("campaign-publish", stored), {"contact": str(dave.public_id)}, follow=True)

    stored.refresh_from_db()
    assert stored.contact == dave
    assert "We look for people" in text_of(answer)
    assert "We call you" not in text_of(answer)


def test_who_could_help_is_asked_by_a_button_and_only_of_what_changed(
    client: Client, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, address = come_to("own-publish", client, cast, now)
    assert EstimateAnswer.objects.count() == 0
    assert "Check who could help" in text_of(answer)

    page = text_of(client.post(address, {"check": "1"}))
    assert EstimateAnswer.objects.count() == 5
    assert page.count("Under 5 people fit: hard to fill") == 5
    assert "more roles today" not in page
    client.post(address, {"check": "1"})
    client.get(address)
    assert EstimateAnswer.objects.count() == 5

    monkeypatch.setattr("web.campaigns.publish_supply.LOW_BUDGET_QUESTIONS", 35)
    assert "You can check 35 more roles today." in text_of(client.post(address, {"check": "1"}))
    monkeypatch.setattr("matching.runs.actions.supply_answers.MAX_QUESTIONS_PER_DAY", 4)
    EstimateAnswer.objects.all().delete()
    refused = client.post(address, {"check": "1"})
    assert (refused.status_code, "Ask again tomorrow" in text_of(refused)) == (400, True)
    assert find_plan().state == "draft"


def test_a_campaign_that_is_not_verified_sees_the_playbooks_figure_only(
    client: Client, cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    answer, address = come_to("publish", client, cast, now)
    assert "Check who could help" not in text_of(answer)
    assert "25 or more people fit" in text_of(answer)

    assert "This campaign is not verified" in text_of(client.post(address, {"check": "1"}))
    assert EstimateAnswer.objects.count() == 0


def test_who_acts_for_a_campaign_may_plan_for_another_one(client: Client, cast: Cast, now: datetime) -> None:
    sign_in_browser(client, cast.carol)
    say_outcome(client, now)
    say_closest(client)

    assert path_of(client.post("/plan/choice/?draft=abc", {"campaign": "another"})) == "/plan/race/"
    assert client.get("/plan/race/?draft=abc").status_code == 200


def test_a_plan_is_only_for_those_who_may_publish_it(danas: Client, cast: Cast, now: datetime) -> None:
    say_race(danas)
    say_whose(danas)
    stored = find_plan()
    Member.objects.create(campaign=stored.campaign, user=cast.bob, position="treasurer", since=now)

    for user in (cast.alice, cast.bob, cast.carol, cast.rita):
        client = Client()
        sign_in_browser(client, user)
        for page in ("campaign-publish", "campaign-published"):
            assert client.get(address_of(page, stored)).status_code == 404
        assert client.post(address_of("campaign-publish", stored), {}).status_code == 404


def test_a_campaign_keeps_its_project_off_the_board_by_a_tick(client: Client, cast: Cast, now: datetime) -> None:
    _answer, address = come_to("own-publish", client, cast, now)
    page = text_of(client.get(address))
    assert "Keep this project off our board of open places" in page

    published = text_of(client.post(address, {"keeps_off_board": "on"}, follow=True))

    stored = find_plan()
    assert (stored.state, stored.is_on_board) == ("published", False)
    assert "You keep it off our board of open places. Only people whom we ask hear of it." in published


def test_without_the_tick_everyone_finds_its_open_places(client: Client, cast: Cast, now: datetime) -> None:
    _answer, address = come_to("own-publish", client, cast, now)

    published = text_of(client.post(address, {}, follow=True))

    assert find_plan().is_on_board
    assert "Everyone can find its open places on our board, without your name." in published


def test_a_new_campaign_reads_that_the_board_waits_until_we_know_it(
    client: Client, cast: Cast, now: datetime, mailoutbox: list[EmailMessage]
) -> None:
    answer, _address = come_to("published", client, cast, now)

    assert "Once we know who you are, everyone can find its open places on our board" in text_of(answer)


def test_work_that_is_never_on_the_board_has_no_tick_and_says_so(client: Client, cast: Cast, now: datetime) -> None:
    _answer, address = come_to("own-publish", client, cast, now)
    Role.objects.filter(request=find_plan()).update(skill=Skill.objects.get(code="site-security"))

    page = text_of(client.get(address))

    assert "This work is never on our board of open places." in page
    assert "Keep this project off" not in page
    assert client.post(address, {"keeps_off_board": "on"}).status_code == 302
    assert find_plan().is_on_board  # there was no tick, so nothing was said
