"""The page of a person in each of its states, and what happens when somebody else was faster."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from core.enums import VettingArea
from core.models import ContactAccess, Notice, User
from matching.lifecycle.actions.campaign_answers import confirm_match
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.volunteer_answers import withdraw_from_match
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, publish_team_request
from tests.match_factory import create_match, make_match
from tests.web.campaigns.people import KEY, add_member, find_desk, find_page, read, send
from volunteers.models import Vetting, Volunteer


@pytest.fixture
def accepted(cast: Cast, now: datetime) -> Match:
    return make_match(cast, now, MatchState.ACCEPTED)


def test_at_the_yes_it_shows_what_the_volunteer_was_told_that_it_shows(
    cast: Cast, carols: Client, accepted: Match
) -> None:
    page = read(carols, accepted)
    assert "<h1>Alice said yes to you</h1>" in page
    assert "Front end" in page
    assert "knows it well" in page  # level 4
    assert "Has 4 hours a week for it; the place asks for 4" in page
    assert "Monday to Friday, 6 pm to 10 pm, Eastern time (New York)" in page
    assert "Checked by us" not in page
    assert "None yet: this would be the first" in page
    assert "Answer by Wednesday, 4 March, " in page
    assert "Without an answer we look into it." in page
    assert "Start with Alice" in page
    assert "Not Alice …" in page
    assert "Write to Alice first" in page
    assert page.count('class="button"') == 1
    assert "alice@example.org" not in page
    assert not ContactAccess.objects.exists()


def test_the_vetting_mark_says_what_it_covers(cast: Cast, carols: Client, accepted: Match, now: datetime) -> None:
    accepted.seat.role.vetted_for = VettingArea.VOTER_FILES
    accepted.seat.role.save()
    assert "No call with us yet about: Voter files" in read(carols, accepted)
    Vetting.objects.create(
        volunteer=accepted.volunteer,
        area=VettingArea.VOTER_FILES,
        method="call",
        reviewer=cast.rita,
        created_at=now,
        valid_until=now.date() + timedelta(days=365),
    )
    assert "Voter files, until 2 March 2027" in read(carols, accepted)


def test_a_second_click_starts_once_and_leads_to_the_same_page(cast: Cast, carols: Client, accepted: Match) -> None:
    typed = {"version": accepted.version} | KEY
    answers = [carols.post(find_page(accepted), typed) for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {find_page(accepted)}
    assert Notice.objects.filter(kind="work-started").count() == 1


def test_a_colleague_who_was_faster_is_told_of(cast: Cast, carols: Client, accepted: Match, now: datetime) -> None:
    erin = add_member(cast.campaign, "erin", "staff", now)
    version = accepted.version
    confirm_match(actor=erin, match=accepted, at=now)

    page = send(carols, accepted, version=version)
    assert "A colleague was faster" in page
    assert "Alice is at work for you" in page
    assert "It begins." not in page


def test_a_person_who_left_meanwhile_is_named_no_more(
    cast: Cast, carols: Client, accepted: Match, now: datetime
) -> None:
    version = accepted.version
    withdraw_from_match(actor=cast.alice, match=accepted, at=now)

    answer = carols.post(find_page(accepted), {"version": version}, follow=True)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "It was over before your answer came" in page
    assert "The person had to leave" in page
    assert "Alice" not in page
    assert "Report a problem" in page
    answer = carols.post(find_page(accepted, "campaign-person-decline"), {"reason": "other"})
    assert answer.headers["Location"] == find_desk(cast.campaign)


def test_what_changed_since_the_page_was_opened_is_looked_at_again(cast: Cast, carols: Client, accepted: Match) -> None:
    page = send(carols, accepted, version=accepted.version - 1)
    assert "Something has changed since you opened the page" in page
    assert "Start with Alice" in page
    assert Match.objects.get().state == MatchState.ACCEPTED


def test_a_time_that_is_over_twice_frees_the_person(cast: Cast, carols: Client, accepted: Match, now: datetime) -> None:
    Match.objects.update(escalated_at=now, due_at=now + timedelta(days=2))
    assert "Without an answer Alice is free again." in read(carols, accepted)
    Match.objects.update(state=MatchState.RELEASED, reason="campaign_silent")
    assert "The person waited for your answer, and is free again" in read(carols, accepted, status=404)


def test_a_member_who_has_not_agreed_to_the_code_of_conduct_does_so_once(
    cast: Cast, carols: Client, accepted: Match
) -> None:
    User.objects.filter(pk=cast.carol.pk).update(conduct_accepted_at=None)
    assert "I keep to the code of conduct" in read(carols, accepted)
    answer = carols.post(find_page(accepted), {"version": accepted.version})
    assert answer.status_code == 400
    assert "Please read the code of conduct" in answer.content.decode()
    assert "It begins." in send(carols, accepted, accepts_code_of_conduct="on")


def test_a_team_that_is_not_complete_cannot_start(cast: Cast, carols: Client, now: datetime) -> None:
    seat = publish_team_request(cast, now).roles.get(name="Front end").seats.get()
    match = create_match(MatchState.ACCEPTED, volunteer=cast.alice.volunteer, seat=seat, at=now)
    page = read(carols, match)
    assert "The team begins together" in page
    assert "Start with Alice" not in page
    assert "The team begins together" in send(carols, match)


def test_a_yes_by_phone_waits_for_its_day(cast: Cast, carols: Client, accepted: Match, now: datetime) -> None:
    Match.objects.update(revocable_until=now + timedelta(hours=5))
    assert "can take it back in writing until" in read(carols, accepted)


def test_a_request_that_confirms_by_itself_asks_nothing(cast: Cast, carols: Client, now: datetime) -> None:
    cast.request.auto_confirm = True
    cast.request.save()
    match = make_match(cast, now, MatchState.ACCEPTED)
    page = read(carols, match)
    assert "work begins by itself" in page
    assert "Start with Alice" not in page
    assert "Nothing waits for you" in carols.get(find_desk(cast.campaign)).content.decode()


def test_saying_no_tells_the_reason_to_nobody_but_us(cast: Cast, carols: Client, accepted: Match) -> None:
    page = read(carols, accepted, "campaign-person-decline")
    assert "hears today that nothing comes of it. It does not set them back" in page
    assert "They never read it." in page
    assert "checked" in page[page.index("rather not say") - 400 : page.index("rather not say")]
    page = send(carols, accepted, "campaign-person-decline", reason="level")
    assert "Alice hears it kindly" in page
    assert (Match.objects.get().state, Match.objects.get().reason) == (MatchState.REFUSED, "level")
    assert cast.alice.volunteer.level_questions.count() == 1


@pytest.mark.parametrize(
    ("address_name", "state"),
    [
        ("campaign-person-decline", MatchState.ACTIVE),
        ("campaign-person-done", MatchState.ACCEPTED),
        ("campaign-person-done", MatchState.CLOSING),
        ("campaign-person-release", MatchState.CLOSING),
        ("campaign-person-complete", MatchState.ACTIVE),
        ("campaign-person-complete", MatchState.COMPLETED),
        ("campaign-person-checklist", MatchState.ACTIVE),
    ],
)
def test_a_page_with_nothing_to_do_leads_to_the_person(
    cast: Cast, carols: Client, now: datetime, address_name: str, state: MatchState
) -> None:
    match = make_match(cast, now, state)
    assert carols.get(find_page(match, address_name)).headers["Location"] == find_page(match)


def test_a_report_of_the_other_side_is_not_told(cast: Cast, carols: Client, accepted: Match, now: datetime) -> None:
    report_problem(actor=cast.alice, match=accepted, kind="safety", text="He shouts.", at=now)
    page = read(carols, accepted)
    assert "Contact is paused" in page
    assert "Start with Alice" not in page
    assert "He shouts." not in page + read(carols, accepted, "campaign-person-report")


def test_an_emergency_shows_again_nothing_that_was_typed_in_it(cast: Cast, carols: Client, now: datetime) -> None:
    match = make_match(cast, now, MatchState.ACTIVE)
    cast.request.emergency, cast.request.channel = True, "555-0100"
    cast.request.save()
    page = read(carols, match)
    assert "swordfish" not in page
    assert "555-0100" not in page
    assert "A small site." in page


def test_a_long_name_and_far_zones_are_written_out(cast: Cast, carols: Client, accepted: Match) -> None:
    name = "Maximiliana " * 6 + "Longname"
    Volunteer.objects.filter(pk=accepted.volunteer_id).update(first_name=name)
    cast.request.time_zone = "Asia/Kathmandu"
    cast.request.save()
    page = read(carols, accepted)
    assert f"{name} said yes to you" in page
    assert "Kathmandu time" in page


def test_titles_and_addresses_name_nobody(cast: Cast, carols: Client, accepted: Match) -> None:
    for page in ("campaign-person", "campaign-person-decline", "campaign-person-messages", "campaign-person-report"):
        title = read(carols, accepted, page).partition("<title>")[2].partition("</title>")[0]
        assert not any(word in title for word in ("Alice", "Doe", "Website", "Front end")), title


@pytest.mark.parametrize(
    ("state", "count"),
    [(MatchState.ACCEPTED, 17), (MatchState.ACTIVE, 19), (MatchState.CLOSING, 19), (MatchState.COMPLETED, 16)],
)
def test_the_page_of_a_person_takes_so_many_queries(
    cast: Cast,
    carols: Client,
    now: datetime,
    state: MatchState,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    match = make_match(cast, now, state)
    with django_assert_num_queries(count):
        read(carols, match)
