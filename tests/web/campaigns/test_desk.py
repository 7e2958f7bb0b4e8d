"""The desk of a campaign in each of its states."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.campaign_pauses import pause_campaign
from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, CandidateLink, CandidateStop, Request, Seat
from core.notifications.moments import describe_moment
from matching.lifecycle.actions.messages import write_message
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, create_volunteer, publish_new_request
from tests.match_factory import advance_match, create_match, make_match
from tests.web.campaigns import candidate_states
from tests.web.campaigns.incidents import make_new
from tests.web.campaigns.people import add_member, find_desk, find_page, open_browser


def read_desk(client: Client, campaign: Campaign) -> str:
    answer = client.get(find_desk(campaign))
    assert answer.status_code == 200
    return answer.content.decode()


def make_people(cast: Cast, count: int, state: MatchState, at: datetime) -> list[Match]:
    """So many more people in this state, each in a request of its own."""
    matches = []
    for number in range(count):
        volunteer = create_volunteer(create_user(f"helper{number}{state}"), at)
        request = publish_new_request(cast.carol, cast.campaign, at, roles=[FRONT_END_ROLE], title=f"Project {number}")
        seat = Seat.objects.get(role__request=request)
        matches.append(create_match(state, volunteer=volunteer, seat=seat, at=at))
    return matches


def test_the_day_since_which_a_person_works_is_that_of_the_projects_calendar(
    cast: Cast, carols: Client, now: datetime
) -> None:
    match = make_match(cast, now, MatchState.ACTIVE)
    Request.objects.update(time_zone="America/Los_Angeles")
    Match.objects.filter(pk=match.pk).update(state_changed_at=datetime(2026, 3, 2, 2, tzinfo=UTC))

    assert "At work since 1 March" in read_desk(carols, cast.campaign)


def test_the_day_of_a_candidates_yes_is_that_of_the_campaigns_calendar(cast: Cast, now: datetime) -> None:
    address = candidate_states.make_question(cast, now)
    Request.objects.update(time_zone="America/Los_Angeles")
    CandidateLink.objects.update(consented_at=datetime(2026, 3, 2, 2, tzinfo=UTC))

    assert "You said yes on 1 March." in Client().get(address).content.decode()


def test_one_campaign_is_opened_and_several_are_chosen_from(cast: Cast, carols: Client, now: datetime) -> None:
    assert carols.get(reverse("campaigns")).headers["Location"] == find_desk(cast.campaign)
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    register_campaign(actor=cast.carol, candidacy=candidacy, name="Roe", at=now)

    page = carols.get(reverse("campaigns")).content.decode()
    assert "Which campaign?" in page
    assert "Doe for Senate" in page
    assert open_browser(cast.dave).get(reverse("campaigns")).status_code == 404


def test_before_anything_is_asked_for_it_says_what_will_be_here(cast: Cast, carols: Client) -> None:
    Request.objects.all().delete()
    page = read_desk(carols, cast.campaign)
    assert "Nothing waits for you" in page
    assert "No project yet" in page
    assert "Ask us how to begin" in page


def test_people_who_are_only_asked_are_a_number(cast: Cast, carols: Client, now: datetime) -> None:
    match = make_match(cast, now, MatchState.OFFERED)
    page = read_desk(carols, cast.campaign)
    assert "0 of 1 place taken · 1 person asked" in page
    assert "Alice" not in page
    assert str(match.public_id) not in page


def test_an_unverified_campaign_sees_nobody_and_reads_when_we_call(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)
    client = open_browser(cast.dave)  # without a second factor, which it does not need yet
    page = read_desk(client, campaign)
    assert "Still open: our call (by Tuesday, 3 March, " in page
    assert "the candidate’s yes, and your extra sign-in protection." in page
    Campaign.objects.filter(pk=campaign.pk).update(answer_due_at=now)
    assert "and are late" in read_desk(client, campaign)


def test_a_campaign_that_is_paused_or_over_says_so_first(cast: Cast, carols: Client, now: datetime) -> None:
    make_match(cast, now, MatchState.ACTIVE)
    pause_campaign(campaign=cast.campaign, at=now)
    page = read_desk(carols, cast.campaign)
    assert "We have stopped asking people for you" in page
    assert "Speak with us" in page
    assert "Alice" in page
    Campaign.objects.update(state=Campaign.State.ENDED)
    assert "This campaign is over" in read_desk(carols, cast.campaign)


def test_a_stopped_campaign_reads_that_first_and_is_offered_nothing_that_it_cannot_do(
    cast: Cast, carols: Client, now: datetime
) -> None:
    Request.objects.all().delete()
    candidate_states.make_stopped(cast, now)

    page = read_desk(carols, cast.campaign)

    assert "<h1>Everything has stopped</h1>" in page
    assert "You can publish nothing until we have spoken with them." in page
    for words in ("Nothing waits for you", "called off", "Ask us how to begin", "Invite a colleague"):
        assert words not in page


def test_the_list_of_campaigns_says_which_one_the_candidate_has_stopped(
    cast: Cast, carols: Client, now: datetime
) -> None:
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    register_campaign(actor=cast.carol, candidacy=candidacy, name="Roe", at=now)
    candidate_states.make_stopped(cast, now)

    page = carols.get(reverse("campaigns")).content.decode()

    assert page.count("Stopped by the candidate") == 1


def test_a_silent_campaign_is_warned_before_it_happens(cast: Cast, carols: Client, now: datetime) -> None:
    waited = make_people(cast, 2, MatchState.ACCEPTED, now)
    assert "in vain" not in read_desk(carols, cast.campaign)
    for match in waited:
        advance_match(match, MatchState.RELEASED, at=now)
    Match.objects.filter(state=MatchState.RELEASED).update(reason="campaign_silent")

    page = read_desk(carols, cast.campaign)
    assert "2 people in a row waited for your answer in vain" in page
    assert "If it happens 1 more time, we stop asking people for you" in page


def test_a_treasurer_sees_places_and_no_people(cast: Cast, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)
    page = read_desk(open_browser(add_member(cast.campaign, "erin", "treasurer", now)), cast.campaign)
    assert "You keep the books here" in page
    assert "1 of 1 place taken" in page
    assert "Alice" not in page


def test_at_most_three_things_wait_each_with_its_one_button(cast: Cast, carols: Client, now: datetime) -> None:
    match = make_match(cast, now, MatchState.ACTIVE)
    write_message(actor=cast.alice, match=match, text="Hello", at=now)
    make_people(cast, 2, MatchState.ACCEPTED, now)
    [closing] = make_people(cast, 1, MatchState.CLOSING, now)
    report_problem(actor=cast.carol, match=closing, kind="promise", at=now)

    page = read_desk(carols, cast.campaign)
    assert "5 things wait for you" in page
    assert page.count('class="card lift waiting"') == 3
    assert page.count('class="button"') == 1
    assert "2 more things wait" in page
    assert page.index("said yes to you") < page.index("Alice wrote to you")
    assert "1 new message" in page
    assert "Contact paused" in page
    assert "(New York)" in page  # every clock names its zone


def test_those_who_are_done_stand_at_the_end(cast: Cast, carols: Client, now: datetime) -> None:
    match = make_match(cast, now, MatchState.COMPLETED)
    page = read_desk(carols, cast.campaign)
    assert find_page(match) in page
    assert "Front end, done on 2 March" in page


def test_those_who_left_are_not_on_it(cast: Cast, carols: Client, now: datetime) -> None:
    for state in (MatchState.WITHDRAWN, MatchState.REFUSED, MatchState.RELEASED):
        Match.objects.all().delete()
        make_match(cast, now, state)
        assert "Alice" not in read_desk(carols, cast.campaign)


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_takes_as_many_queries_for_one_person_as_for_three(
    cast: Cast, carols: Client, now: datetime, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for state in (MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED):
        make_people(cast, count, state, now)
    with django_assert_num_queries(24):
        read_desk(carols, cast.campaign)


def test_the_header_leads_staff_to_their_desk_and_nobody_else(cast: Cast, carols: Client) -> None:
    assert f'href="{find_desk(cast.campaign)}" aria-current="page"' in read_desk(carols, cast.campaign)
    assert "My campaign" not in open_browser(cast.alice).get("/account/").content.decode()


def test_a_clock_that_ends_soon_is_marked(cast: Cast, carols: Client, now: datetime) -> None:
    match = make_match(cast, now, MatchState.ACCEPTED)
    assert 'class="clock calm"' in read_desk(carols, cast.campaign)
    Match.objects.filter(pk=match.pk).update(due_at=now + timedelta(hours=1), campaign_asked_at=now - timedelta(days=2))
    assert 'class="clock soon"' in read_desk(carols, cast.campaign)


def test_a_place_is_not_taken_before_the_campaign_has_answered(cast: Cast, carols: Client, now: datetime) -> None:
    make_match(cast, now, MatchState.ACCEPTED)

    assert "0 of 1 place taken · 1 waits for your answer" in read_desk(carols, cast.campaign)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (candidate_states.make_question, "Our letter went out on 2 March. There is no answer yet."),
        (candidate_states.make_agreed, "Said yes on 2 March."),
        (candidate_states.make_going_on, "Our letter went out on 2 March."),
        (candidate_states.make_late_call, "We meant to call the candidate by Sunday, 1 March"),
    ],
)
def test_the_desk_says_where_the_candidate_stands(
    cast: Cast, carols: Client, now: datetime, make: Callable[[Cast, datetime], str], said: str
) -> None:
    make(cast, now)
    assert said in read_desk(carols, cast.campaign)


def test_before_the_letter_to_the_candidate_the_desk_says_when_it_comes(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)
    daves = open_browser(cast.dave)
    assert campaign.answer_due_at is not None
    until = describe_moment(campaign.answer_due_at, "America/New_York")

    assert f"We write to the address in your public filing by {until}." in read_desk(daves, campaign)
    Campaign.objects.filter(pk=campaign.pk).update(answer_due_at=now)
    assert "We write to the address in your public filing when we check you." in read_desk(daves, campaign)


def test_a_verified_campaign_whose_candidate_was_not_written_to_reads_so(cast: Cast, carols: Client) -> None:
    assert "No letter went out yet." in read_desk(carols, cast.campaign)


def test_after_a_no_the_desk_says_what_ended_and_when_we_call(cast: Cast, carols: Client, now: datetime) -> None:
    candidate_states.make_stopped(cast, now)
    page = read_desk(carols, cast.campaign)
    stop = CandidateStop.objects.get()

    assert "<h1>Everything has stopped</h1>" in page
    assert "The candidate said no" in page
    until = describe_moment(stop.answer_due_at, cast.request.time_zone)
    assert f"We speak with the candidate first: we call the number in your public filing by {until}." in page
    assert "I know none of them." not in page
    assert "No project goes on at the moment." in page


def test_what_a_new_campaign_does_stands_among_what_waits(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)
    page = read_desk(open_browser(cast.dave), campaign)

    assert "2 things wait for you" in page
    assert page.index("Tell the candidate that a letter comes") < page.index(
        "Extra sign-in protection (takes 2 minutes)"
    )
    assert reverse("campaign-candidate-told", args=[campaign.public_id]) in page
    assert 'id="candidate"' in page
    assert "#invite" in page


def test_an_open_report_stands_on_top_of_the_desk_and_in_the_list(cast: Cast, carols: Client, now: datetime) -> None:
    address = make_new(cast, now)
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    register_campaign(actor=cast.carol, candidacy=candidacy, name="Roe", at=now)
    page = read_desk(carols, cast.campaign)
    assert "1 thing waits for you" in page
    assert page.index("Your report of a break-in is open") < page.index("Your projects")
    assert "A report of a break-in is open." in carols.get(reverse("campaigns")).content.decode()

    carols.post(f"{address}false-alarm/")
    page = read_desk(carols, cast.campaign)
    assert "Nothing waits for you" in page
    assert address in page.partition("Reports that are over")[2]
    assert "A report of a break-in is open." not in carols.get(reverse("campaigns")).content.decode()


def test_once_our_letter_is_out_the_desk_asks_to_have_it_opened(cast: Cast, carols: Client, now: datetime) -> None:
    Campaign.objects.update(state="unverified", verified_at=None)
    told = reverse("campaign-candidate-told", args=[cast.campaign.public_id])
    assert "A letter comes to the address" in carols.get(told).content.decode()

    candidate_states.send_link(cast, now)

    page = read_desk(carols, cast.campaign)
    assert "Our letter is with the candidate since 2 March: ask them to open it" in page
    assert "Tell the candidate that a letter comes" not in page
    text = carols.get(told).content.decode()
    assert "A letter has gone to the address" in text
    assert "A letter comes to the address" not in text


def test_only_who_registered_tells_the_candidate_that_they_did(cast: Cast, now: datetime) -> None:
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    campaign = register_campaign(actor=cast.dave, candidacy=candidacy, name="Roe", at=now)
    mia = add_member(campaign, "mia", "staff", now + timedelta(hours=1))
    told = reverse("campaign-candidate-told", args=[campaign.public_id])

    assert "Hello, I have registered our campaign" in open_browser(cast.dave).get(told).content.decode()
    assert "Hello, our campaign is registered" in open_browser(mia).get(told).content.decode()
