"""The pages below a volunteer's profile: details, calendar, being on call, never again, and leaving."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from core.notifications.moments import format_day_with_year
from matching.lifecycle.actions.vetoes import veto_campaign
from matching.models import CalendarFeed, Match, Veto
from matching.rules.states import MatchState
from tests.cast import Cast, sign_in_browser
from tests.match_factory import make_match
from tests.web.volunteers.reading import read_text
from volunteers.models import Volunteer
from web.design.language_fields import SPOKEN_MOST

SAID = {
    "first_name": "Ali",
    "last_name": "",
    "contact": "ali on Signal",
    "max_projects": "2",
    "languages": ["en", "es"],
    "wants_to_lead": "on",
    "may_make_decisions": "yes",
    "job_restricts": "unsaid",
}


def test_the_profile_leads_to_each_part(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    page = client.get("/me/profile/").content.decode()

    addresses = set(re.findall(r'href="(/(?:me|account|my-data)/[-a-z/]*)"', page.partition("<main")[2]))
    assert addresses >= {
        *("/me/skills/", "/me/week/", "/me/time-off/", "/me/about/", "/me/on-call/", "/me/wishes/", "/me/never/"),
        *("/account/letters/", "/me/calendar/", "/account/", "/me/week/pause/", "/me/leave/", "/my-data/"),
    }
    assert all(client.get(address).status_code == 200 for address in addresses)


def test_details_are_shown_as_stored_and_saved(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    answer = client.post("/me/about/", SAID, follow=True)

    shown = read_text(answer)
    assert "Saved." in shown
    assert "Languages that you work in: English, Spanish" in shown
    volunteer = Volunteer.objects.get(user=cast.alice)
    assert (volunteer.first_name, volunteer.contact, volunteer.max_projects) == ("Ali", "ali on Signal", 2)
    assert (volunteer.languages, volunteer.wants_to_lead, volunteer.may_make_decisions) == (["en", "es"], True, "yes")


def test_a_language_is_found_among_those_spoken_most_or_all_others(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    groups = dict(client.get("/me/about/").context["page_form"].language_groups)

    assert [box.data["value"] for box in groups["Spoken most"]] == list(SPOKEN_MOST)
    assert len(groups["All others"]) > 100


@pytest.mark.parametrize(
    "change",
    [{"first_name": ""}, {"max_projects": "6"}, {"languages": []}, {"languages": ["xx"]}, {"contact": "x" * 201}],
)
def test_what_is_wrong_is_shown_with_what_was_typed(client: Client, cast: Cast, change: dict[str, object]) -> None:
    sign_in_browser(client, cast.alice)

    answer = client.post("/me/about/", SAID | change)

    assert answer.status_code == 400
    assert Volunteer.objects.get(user=cast.alice).contact == ""
    if "contact" not in change:
        assert "ali on Signal" in answer.content.decode()


def test_the_calendars_address_is_shown_once_and_works(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    shown = client.post("/me/calendar/")

    found = re.search(r"readonly[^>]*>(http[^<]+\.ics)<", shown.content.decode())
    assert found is not None
    address = urlsplit(found[1]).path
    assert Client().get(address).status_code == 200
    again = read_text(client.get("/me/calendar/"))
    assert "It is open since" in again
    assert ".ics" not in again

    closed = client.post("/me/calendar/", {"close": "1"}, follow=True)

    assert "Closed." in read_text(closed)
    assert Client().get(address).status_code == 404


def test_an_old_session_proves_itself_before_it_opens_a_calendar(client: Client, cast: Cast, now: datetime) -> None:
    sign_in_browser(client, cast.alice)

    with time_machine.travel(now + timedelta(minutes=30), tick=False):
        answer = client.post("/me/calendar/")

    assert (answer.status_code, urlsplit(answer["Location"]).path) == (302, "/accounts/reauthenticate/")
    assert not CalendarFeed.objects.exists()


def test_being_on_call_begins_and_ends(client: Client, cast: Cast) -> None:
    sign_in_browser(client, cast.alice)

    assert "You are on call. Thank you." in read_text(client.post("/me/on-call/", {"begin": "1"}, follow=True))
    assert Volunteer.objects.get(user=cast.alice).on_call
    # A second click on the same button changes nothing.
    client.post("/me/on-call/", {"begin": "1"})
    assert Volunteer.objects.get(user=cast.alice).on_call
    assert "You are off call." in read_text(client.post("/me/on-call/", {"end": "1"}, follow=True))
    assert not Volunteer.objects.get(user=cast.alice).on_call


def test_a_campaign_is_ruled_out_after_the_project_and_let_in_again(client: Client, cast: Cast, now: datetime) -> None:
    match = make_match(cast, now, MatchState.COMPLETED)
    sign_in_browser(client, cast.alice)
    assert "Never this campaign again" in read_text(client.get(f"/me/projects/{match.public_id}/"))

    listed = read_text(client.post(f"/me/projects/{match.public_id}/never/", follow=True))

    veto = Veto.objects.get()
    assert (veto.volunteer.user, veto.campaign, veto.side) == (cast.alice, cast.campaign, "volunteer")
    assert cast.campaign.name in listed
    assert cast.campaign.name in read_text(client.get(f"/me/never/{veto.public_id}/"))

    client.post(f"/me/never/{veto.public_id}/")

    assert not Veto.objects.exists()


@pytest.mark.parametrize("state", [MatchState.OFFERED, MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING])
def test_no_campaign_is_ruled_out_here_while_something_goes_on(
    client: Client, cast: Cast, now: datetime, state: MatchState
) -> None:
    match = make_match(cast, now, state)
    sign_in_browser(client, cast.alice)

    assert client.post(f"/me/projects/{match.public_id}/never/").status_code == 404
    assert not Veto.objects.exists()


def test_a_veto_of_another_volunteer_is_not_there(client: Client, cast: Cast, now: datetime) -> None:
    veto = veto_campaign(actor=cast.alice, match=make_match(cast, now, MatchState.COMPLETED), at=now)
    sign_in_browser(client, cast.dave)

    for answer in (client.get(f"/me/never/{veto.public_id}/"), client.post(f"/me/never/{veto.public_id}/")):
        assert (answer.status_code, answer["Location"]) == (302, "/me/never/")
    assert Veto.objects.exists()


def test_leaving_ends_what_runs(client: Client, cast: Cast, now: datetime) -> None:
    match = make_match(cast, now, MatchState.ACTIVE)
    sign_in_browser(client, cast.alice)

    shown = read_text(client.post("/me/leave/", follow=True))

    assert "You have left. Thank you for what you did." in shown
    assert Volunteer.objects.get(user=cast.alice).state == Volunteer.State.LEFT
    assert Match.objects.get(pk=match.pk).state == MatchState.RELEASED


@pytest.mark.parametrize(
    ("address", "statements"),
    [("/me/profile/", 6), ("/me/about/", 5), ("/me/calendar/", 6), ("/me/never/", 6), ("/me/on-call/", 5)],
)
def test_the_pages_read_so_many_times(
    client: Client,
    cast: Cast,
    now: datetime,
    address: str,
    statements: int,
    django_assert_num_queries: Callable[..., object],
) -> None:
    veto_campaign(actor=cast.alice, match=make_match(cast, now, MatchState.COMPLETED), at=now)
    sign_in_browser(client, cast.alice)
    client.get(address)

    with django_assert_num_queries(statements):  # type: ignore[attr-defined]
        client.get(address)


def test_who_leaves_reads_until_when_the_profile_is_kept_and_thanks_are_for_work(
    client: Client, cast: Cast, now: datetime
) -> None:
    sign_in_browser(client, cast.alice)

    before = read_text(client.get("/me/leave/"))
    after = client.post("/me/leave/", follow=True)

    day = format_day_with_year(now.date() + timedelta(days=365))
    assert f"Your profile is kept until {day}, in case you come back." in before
    assert "You have left. Thank you" not in read_text(after)
    desk = read_text(after)
    assert f"You have left. Your profile is kept until {day}, and we ask you for nothing. Erase it now" in desk
