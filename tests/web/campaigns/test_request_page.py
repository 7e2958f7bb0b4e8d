"""The page of a request: places by stage, what is stuck, and the one change that helps."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.requests import draft_request
from campaigns.draft_rules import RequestDraft
from campaigns.models import Campaign, Request
from matching.models import EstimateAnswer, Match
from matching.rules.states import MatchState
from tests.cast import Cast, create_user, create_volunteer
from tests.match_factory import make_match
from tests.web.campaigns.people import add_member, find_desk, find_page, open_browser
from tests.web.campaigns.requests import fill_places, find_request_page, find_role_page, publish_roles
from tests.web.campaigns.test_who_may_see import READERS, make_reader


def read(client: Client, request: Request) -> str:
    answer = client.get(find_request_page(request))
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_each_role_says_how_many_places_are_taken_asked_for_and_open(cast: Cast, carols: Client, now: datetime) -> None:
    request = publish_roles(cast, now, "Pages", seat_count=4)
    fill_places(request, "Pages", [MatchState.ACTIVE, MatchState.OFFERED], now)

    page = read(carols, request)

    assert "1 of 4 places taken · 1 person asked until Wednesday, 4 March · 2 places open" in page
    assert "front end" in page.lower()
    assert "does it on their own · 3 hours a week" in page
    assert "Looking for people" in page
    assert "Who works for you" in page

    Campaign.objects.update(state=Campaign.State.UNVERIFIED)
    Match.objects.all().delete()
    page = read(carols, request)
    assert "Looking for people" not in page
    assert "Waits for our call" in page
    assert "Who would work for you" in page


def test_a_person_who_waits_for_an_answer_is_what_is_stuck(cast: Cast, carols: Client, now: datetime) -> None:
    match = make_match(cast, now, MatchState.ACCEPTED)

    page = read(carols, cast.request)

    assert "Alice said yes and waits for your answer." in page
    assert f'<a class="button" href="{find_page(match)}">Look and answer' in page
    assert "One thing holds this project up." in page


def test_who_could_help_is_asked_by_a_button_for_one_role_and_shown_until_midnight(
    cast: Cast, carols: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = publish_roles(cast, now, "Pages", "Forms")
    role = request.roles.get(name="Pages")
    for number in range(6):
        create_volunteer(create_user(f"short{number}"), now, max_hours_per_week=2)
    assert read(carols, request).count("Check who could help") == 2
    assert EstimateAnswer.objects.count() == 0

    answer = carols.post(find_request_page(request), {"role": str(role.public_id)}, follow=True)

    page = re.sub(r"\s+", " ", answer.content.decode())
    assert EstimateAnswer.objects.count() == 1  # the other role asks the same, so its answer is there too
    assert "Under 5 people fit: hard to fill" in page
    assert "2 hours a week instead of 3: 5 to 9 more would fit." in page
    assert f'href="{find_role_page(request, "Pages")}?hours_per_week=2">Change the hours' in page
    assert "2 of 2 roles are held up." in page
    assert "more roles today" not in page
    monkeypatch.setattr("web.campaigns.publish_supply.LOW_BUDGET_QUESTIONS", 39)
    request.roles.filter(name="Forms").update(hours_per_week=4)
    assert "You can check 39 more roles today." in read(carols, request)


def test_a_budget_that_is_spent_and_a_campaign_that_is_not_verified_say_so(
    cast: Cast, carols: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = {"role": str(cast.request.roles.get().public_id)}
    monkeypatch.setattr("matching.runs.actions.supply_answers.MAX_QUESTIONS_PER_DAY", 0)
    refused = carols.post(find_request_page(cast.request), role)
    assert (refused.status_code, "Ask again tomorrow" in refused.content.decode()) == (429, True)

    Campaign.objects.update(state=Campaign.State.UNVERIFIED)
    assert "Check who could help" not in read(carols, cast.request)
    refused = carols.post(find_request_page(cast.request), role)
    assert (refused.status_code, "is not verified" in refused.content.decode()) == (400, True)
    assert EstimateAnswer.objects.count() == 0


def test_how_long_it_takes_is_told_from_fifty_cases_on(cast: Cast, carols: Client, now: datetime) -> None:
    assert "We can’t tell yet how long it takes: fewer than 50 places" in read(carols, cast.request)
    request = publish_roles(cast, now, "Pages", seat_count=50)
    fill_places(request, "Pages", [MatchState.ACTIVE] * 50, now)
    for days, match in enumerate(Match.objects.order_by("pk")):
        Match.objects.filter(pk=match.pk).update(campaign_asked_at=now + timedelta(days=days))

    assert "Half of the last 50 places had their person 12 to 37 days after they were published." in read(
        carols, cast.request
    )


def test_a_campaign_that_stays_silent_reads_what_will_happen(cast: Cast, carols: Client, now: datetime) -> None:
    [match] = fill_places(publish_roles(cast, now, "Pages"), "Pages", [MatchState.RELEASED], now)
    Match.objects.filter(pk=match.pk).update(reason="campaign_silent")

    page = read(carols, cast.request)

    assert "1 person waited for your answer in vain" in page
    assert "If it happens 2 more times, we stop asking people for you" in page


def test_a_request_that_is_over_says_so_and_offers_no_change(cast: Cast, carols: Client) -> None:
    for state, words in ((Request.State.CLOSED, "Closed: no new people"), (Request.State.CANCELLED, "Called off")):
        Request.objects.update(state=state)
        page = read(carols, cast.request)
        assert words in page
        for link in ("/change/", "/close/", "/cancel/", "/roles/", "Check who could help", "how long it takes"):
            assert link not in page


def test_a_draft_leads_to_the_last_look_before(cast: Cast, carols: Client, now: datetime) -> None:
    draft = RequestDraft(title="Texts", playbook="texting", starts_on=now.date())
    request = draft_request(actor=cast.carol, campaign=cast.campaign, draft=draft, at=now)

    assert carols.get(find_request_page(request)).headers["Location"] == find_request_page(request, "campaign-publish")
    books = open_browser(add_member(cast.campaign, "erin", "treasurer", now))
    assert books.get(find_request_page(request)).status_code == 404
    page = carols.get(find_request_page(request, "campaign-publish")).content.decode()
    assert find_role_page(request, request.roles.earliest("order").name) in page


def test_only_the_people_of_the_campaign_find_it_and_a_treasurer_sees_places(cast: Cast, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)
    for name in READERS:
        client = open_browser(make_reader(cast, name, now))
        answer = client.get(find_request_page(cast.request))
        is_editor = name in ("manager", "staff", "reviewer with a part")
        page = answer.content.decode()
        assert answer.status_code == (200 if is_editor or name == "treasurer" else 404), name
        assert ("Alice" in page) == is_editor, name
        assert ("/change/" in page) == is_editor, name
        if name == "treasurer":
            assert "1 of 1 place taken" in page
        for address in (
            find_request_page(cast.request, "campaign-request-close"),
            find_request_page(cast.request, "campaign-request-cancel"),
            find_role_page(cast.request),
        ):
            assert client.get(address).status_code == (200 if is_editor else 404), name
            assert is_editor or client.post(address, {}).status_code == 404, name
    Request.objects.update(emergency=True)
    assert open_browser(cast.carol).get(find_request_page(cast.request)).status_code == 404


def test_the_desk_leads_to_it_and_shows_first_where_a_person_waits(cast: Cast, carols: Client, now: datetime) -> None:
    second = publish_roles(cast, now, "Pages")
    fill_places(second, "Pages", [MatchState.ACCEPTED], now)

    page = carols.get(find_desk(cast.campaign)).content.decode()

    assert page.index(find_request_page(second)) < page.index(find_request_page(cast.request))
    assert "0 of 1 place taken · 1 place open" in page
    books = open_browser(add_member(cast.campaign, "erin", "treasurer", now)).get(find_desk(cast.campaign))
    assert find_request_page(cast.request) in books.content.decode()


@pytest.mark.parametrize("count", [1, 3, 12])
def test_its_queries_do_not_grow_with_roles_or_places(
    cast: Cast, carols: Client, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    request = publish_roles(cast, now, *(f"Role {number}" for number in range(count)), seat_count=count + 3)
    fill_places(request, "Role 0", [MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE], now)
    role = request.roles.first()
    assert role
    carols.post(find_request_page(request), {"role": str(role.public_id)})
    with django_assert_num_queries(23):
        read(carols, request)


def test_nothing_is_checked_of_a_draft(cast: Cast, carols: Client, now: datetime) -> None:
    draft = draft_request(
        actor=cast.carol,
        campaign=cast.campaign,
        draft=RequestDraft(title="Texts", playbook="texting", starts_on=now.date()),
        at=now,
    )
    address = find_request_page(draft)

    assert carols.post(address, {"role": ""}).status_code == 302
    treasurer = open_browser(add_member(cast.campaign, "tess", "treasurer", now))
    assert treasurer.post(address, {"role": ""}).status_code == 404
