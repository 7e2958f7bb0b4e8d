"""Each step of a plan: what it asks before, what it keeps, and what it says when something is wrong."""

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign, Contest, Filing, KeptPlan, Request
from tests.cast import Cast, build_candidacy, sign_in_browser
from tests.web.campaigns.plan_states import come_to
from tests.web.campaigns.plan_steps import (
    OUTCOME,
    WHOSE,
    address_of,
    find_plan,
    import_board,
    path_of,
    say_closest,
    say_outcome,
    say_race,
    say_whose,
    send,
    text_of,
)


def test_a_step_leads_to_the_one_that_is_missing(client: Client, cast: Cast, now: datetime) -> None:
    assert path_of(client.get("/plan/project/?draft=abc")) == "/plan/outcome/"
    say_outcome(client, now)
    assert path_of(client.get("/plan/project/?draft=abc")) == "/plan/closest/"
    say_closest(client)
    assert client.get("/plan/project/?draft=abc").status_code == 200
    assert "/accounts/login/" in client.get("/plan/race/?draft=abc")["Location"]


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "This day is over."), (13, "People need two weeks"), (800, "more than two years ahead")]
)
def test_a_day_must_leave_time(client: Client, cast: Cast, now: datetime, days: int, words: str) -> None:
    answer = say_outcome(client, now, days=days)

    assert answer.context["page_form"].errors
    assert words in text_of(answer)
    assert OUTCOME in answer.content.decode()


def test_an_example_is_one_tap_and_strange_ones_are_none(client: Client, cast: Cast) -> None:
    assert (
        "All of our accounts have a second factor."
        in client.get("/plan/outcome/?draft=a&example=2").context["page_form"]["outcome"].value()
    )
    for strange in ("9", "x", "²", "-1"):
        assert client.get(f"/plan/outcome/?draft=a&example={strange}").context["page_form"]["outcome"].value() == ""


def test_back_shows_what_was_said(danas: Client) -> None:
    say_race(danas)

    outcome = danas.get("/plan/outcome/?draft=abc").context["page_form"]
    assert outcome["outcome"].value() == OUTCOME
    assert danas.get("/plan/closest/?draft=abc").context["page_form"]["playbook"].value() == "website"
    race = danas.get("/plan/race/?draft=abc").context["page_form"]
    assert race["words"].value() == "oregon school board"
    assert race["contest"].value() == race.fields["contest"].choices[0][0]


def test_a_visitor_goes_on_where_they_were(client: Client, cast: Cast, now: datetime) -> None:
    assert path_of(client.get("/plan/")) == "/plan/outcome/"
    say_outcome(client, now)
    assert "/plan/closest/?draft=abc" in client.get("/plan/").content.decode()
    say_closest(client)

    page = client.get("/plan/").content.decode()
    assert "/plan/project/?draft=abc" in page
    assert 'href="/plan/outcome/"' in page


def test_a_plan_that_was_saved_and_not_published_is_found_another_day(danas: Client) -> None:
    say_race(danas)
    say_whose(danas)
    session = danas.session
    del session["web.campaigns.plan_drafts"]
    session.save()

    page = danas.get("/plan/").content.decode()
    assert "saved and not published yet: Website." in page
    assert address_of("campaign-publish", find_plan()) in page


def test_the_plan_says_who_could_help_and_what_is_short(client: Client, cast: Cast, now: datetime) -> None:
    answer, _address = come_to("project", client, cast, now)
    page = text_of(answer)
    assert "1 of 5 roles is hard to fill as it stands." in page
    assert "Under 5 people fit: hard to fill" in page
    assert "This usually takes" not in page

    answer, _address = come_to("own-project", client, cast, now)
    page = text_of(answer)
    assert "This usually takes 8 weeks, and you have 3 weeks." in page
    assert "people fit" not in page


def test_something_else_is_a_role_of_ones_own(danas: Client) -> None:
    assert path_of(say_closest(danas, "other")) == "/plan/role/"
    role = {"skill": "copywriting", "hours_per_week": "2", "seat_count": "3", "weeks": "4"}
    assert path_of(danas.post("/plan/role/?draft=abc", role)) == "/plan/project/"
    say_race(danas)
    say_whose(danas)

    [stored] = find_plan().roles.all()
    assert (stored.skill.code, stored.hours_per_week, stored.seats.count()) == ("copywriting", 2, 3)
    assert find_plan().ends_on - find_plan().starts_on == timedelta(days=27)


def test_a_race_that_is_not_found_is_typed(danas: Client, now: datetime) -> None:
    danas.post("/plan/race/?draft=abc", {"words": "dog catcher"})
    assert "We don’t know this race yet" in text_of(danas.get("/plan/race/?draft=abc"))
    race = {"jurisdiction": "US-VT", "level": "local", "office": "Dog Catcher", "district": "Stowe"}
    gone = send(danas, "/plan/race/typed/?draft=abc", race | {"election_on": "2020-11-03"})
    assert "This election is over." in text_of(gone)

    election_on = str(now.date() + timedelta(days=200))
    assert path_of(danas.post("/plan/race/typed/?draft=abc", race | {"election_on": election_on})) == "/plan/campaign/"
    say_whose(danas)

    contest = find_plan().campaign.candidate.contest
    assert (contest.office, contest.district, contest.jurisdiction.code) == ("Dog Catcher", "Stowe", "US-VT")


def test_a_typed_race_that_is_listed_in_another_spelling_is_that_one(danas: Client, now: datetime) -> None:
    import_board(now)
    [listed] = Contest.objects.filter(office="School Board")
    race = {"jurisdiction": "US-OR", "level": "local", "office": "SCHOOL  BOARD", "district": "salem"}
    address = "/plan/race/typed/?draft=abc"

    wrong = send(danas, address, race | {"election_on": str(listed.election_on + timedelta(days=1))})
    assert "The list of contests has another day for this one." in text_of(wrong)
    assert path_of(danas.post(address, race | {"election_on": str(listed.election_on)})) == "/plan/campaign/"
    assert "School Board, district Salem" in text_of(danas.get("/plan/campaign/?draft=abc"))
    say_whose(danas)

    assert find_plan().campaign.candidate.contest == listed
    assert find_plan().campaign.name == "Dana Rivera for School Board"


def test_a_race_that_is_over_is_not_found(danas: Client, now: datetime) -> None:
    import_board(now, election_on=now.date() - timedelta(days=1), district="Bend")
    danas.post("/plan/race/?draft=abc", {"words": "school board bend"})

    assert "We don’t know this race yet" in text_of(danas.get("/plan/race/?draft=abc"))


def test_all_that_is_wrong_is_said_at_once_and_what_was_typed_stays(danas: Client) -> None:
    say_race(danas)
    answer = say_whose(danas, reference="", callback_phone="call me", safe_phone="12")

    assert [*answer.context["page_form"].errors] == ["reference", "callback_phone", "safe_phone"]
    assert "the number of the filing" in say_whose(danas, reference="?").context["page_form"].errors["reference"][0]
    assert 'value="call me"' in answer.content.decode()
    assert not Campaign.objects.filter(candidate__name=WHOSE["candidate"]).exists()


def test_a_candidate_who_is_here_is_said_at_their_name(danas: Client, cast: Cast, now: datetime) -> None:
    say_race(danas)
    danas.get("/plan/campaign/?draft=abc")
    board = {"jurisdiction": "US-OR", "office": "School Board", "level": "local", "district": "Salem"}
    candidacy = build_candidacy("Dana Rivera", now, **board, election_on=(now + timedelta(weeks=30)).date())
    register_campaign(actor=cast.dave, candidacy=candidacy, name="Rivera", at=now)

    answer = say_whose(danas)

    assert "This candidate has a campaign here already." in answer.context["page_form"].errors["candidate"][0]


def test_what_is_wrong_on_an_earlier_page_leads_there_and_nothing_typed_is_lost(danas: Client, now: datetime) -> None:
    say_race(danas)
    say_outcome(danas, now, days=700)
    say_closest(danas, "other")
    role = {"skill": "copywriting", "hours_per_week": "2", "seat_count": "1", "weeks": "26"}
    danas.post("/plan/role/?draft=abc", role)
    race = {"jurisdiction": "US-VT", "level": "local", "office": "Clerk", "district": "Stowe"}
    race |= {"election_on": str(now.date())}
    danas.post("/plan/race/typed/?draft=abc", race)

    answer = say_whose(danas)
    assert path_of(answer) == "/plan/outcome/"
    page = danas.get(answer["Location"])
    assert "The work ends more than 8 weeks after the election." in text_of(page)

    election_on = str(now.date() + timedelta(days=300))
    back = danas.post("/plan/race/typed/?draft=abc", race | {"election_on": election_on})
    assert danas.get(back["Location"]).context["page_form"]["safe_phone"].value() == WHOSE["safe_phone"]


def test_a_plan_is_registered_once_and_back_leads_on(danas: Client) -> None:
    say_race(danas)
    first = say_whose(danas)
    stored = find_plan()
    assert path_of(first) == address_of("campaign-publish", stored)

    assert path_of(say_whose(danas, candidate="Another Name")) == path_of(first)
    assert path_of(danas.get("/plan/campaign/?draft=abc")) == path_of(first)
    assert path_of(danas.get("/plan/race/?draft=abc")) == path_of(first)
    assert Filing.objects.count() == 1


def test_a_stored_plan_is_changed_by_going_back(danas: Client, now: datetime) -> None:
    say_race(danas)
    say_whose(danas)
    stored = find_plan()

    say_closest(danas, "scoping-session")
    answer = danas.post("/plan/project/?draft=abc")

    stored.refresh_from_db()
    assert path_of(answer) == address_of("campaign-publish", stored)
    assert (stored.title, stored.roles.count(), Request.objects.filter(campaign=stored.campaign).count()) == (
        "One-hour scoping session",
        1,
        1,
    )


def test_a_session_that_ended_loses_nothing_that_is_typed_then(danas: Client) -> None:
    say_race(danas)
    session = danas.session
    del session["web.campaigns.plan_drafts"]
    session.save()
    KeptPlan.objects.all().delete()

    answer = say_whose(danas)
    assert path_of(answer) == "/plan/outcome/"
    assert "kept for a day, and that is over" in text_of(danas.get(answer["Location"]))


@pytest.mark.parametrize(
    ("state", "queries"),
    [
        *(("outcome", 0), ("closest", 3), ("project", 4), ("email", 1)),
        *(("found", 5), ("campaign", 5), ("publish", 15), ("published", 15)),
    ],
)
def test_a_page_reads_in_a_fixed_number_of_queries(
    client: Client,
    cast: Cast,
    now: datetime,
    mailoutbox: list[EmailMessage],
    django_assert_num_queries: DjangoAssertNumQueries,
    state: str,
    queries: int,
) -> None:
    for number in range(3):
        import_board(now, district=f"Salem {number}")
    _answer, address = come_to(state, client, cast, now)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_go_on_later_says_where_the_plan_is_kept_and_leads_back(danas: Client) -> None:
    later = "/plan/?later=1"
    assert f'href="{later}"' in danas.get("/plan/race/?draft=abc").content.decode()

    page = danas.get(later)
    assert "Your plan is kept" in text_of(page)
    assert "with your account for 30 days" in text_of(page)
    assert "/plan/race/?draft=abc" in page.content.decode()


def test_go_on_later_with_nothing_said_leads_home(client: Client, cast: Cast) -> None:
    assert path_of(client.get("/plan/?later=1")) == "/"


def test_a_plan_that_no_account_has_yet_is_found_at_the_desk(client: Client, cast: Cast, now: datetime) -> None:
    sign_in_browser(client, cast.carol)
    desk = reverse("campaign-desk", args=[cast.campaign.public_id])
    assert "that you began in this browser" not in text_of(client.get(desk))
    say_outcome(client, now)

    page = client.get(desk)
    assert "/plan/closest/?draft=abc" in page.content.decode()
    assert "that you began in this browser" in text_of(page)


def test_the_plan_says_what_to_have_at_hand_and_why_these_days(client: Client, cast: Cast, now: datetime) -> None:
    answer, _address = come_to("project", client, cast, now)
    page = text_of(answer)

    assert "Have the number of your public filing at hand" in page
    assert "the clerk of your town or county" in page
    assert "Change the day" in page


def test_the_words_that_found_no_race_stand_in_the_form(danas: Client) -> None:
    danas.post("/plan/race/?draft=abc", {"words": "Vermont dog catcher 2027"})

    form = danas.get("/plan/race/typed/?draft=abc").context["page_form"]
    assert (form["jurisdiction"].value(), form["office"].value()) == ("US-VT", "dog catcher")


@pytest.mark.parametrize(
    ("words", "office", "district"),
    [("oregon state house 12 2027", "state house", "12"), ("Oregon State House District 7", "State House", "7")],
)
def test_the_number_of_a_district_goes_on_to_the_page_on_which_a_race_is_typed(
    danas: Client, words: str, office: str, district: str
) -> None:
    danas.post("/plan/race/?draft=abc", {"words": words})

    form = danas.get("/plan/race/typed/?draft=abc").context["page_form"]

    assert (form["office"].value(), form["district"].value()) == (office, district)


def test_all_that_is_wrong_with_whose_campaign_it_is_is_said_at_once(danas: Client) -> None:
    say_race(danas)
    page = say_whose(danas, candidate="", reference="no number", callback_phone="12")

    assert set(page.context["page_form"].errors) == {"candidate", "reference", "callback_phone"}
    assert "your plan is kept with your account for 30 days" in text_of(page)
