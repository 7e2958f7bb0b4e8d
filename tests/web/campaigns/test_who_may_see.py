"""Who may open a page about a person: the table by reader and by state. Everybody else finds nothing there."""

from datetime import datetime

import pytest
from django.test import Client

from campaigns.actions.registration import register_campaign
from campaigns.models import Member
from core.models import User
from matching.models import Match
from matching.rules.states import (
    STATES_BOTH_SIDES_KNOW,
    STATES_REPORTABLE,
    MatchState,
)
from tests.cast import Cast, build_candidacy, create_user, publish_team_request, verify_by_phone
from tests.match_factory import create_match, make_match
from tests.web.campaigns.people import PERSON_PAGES, add_member, find_desk, find_page, open_browser

READERS = ("manager", "staff", "treasurer", "stranger", "other manager", "reviewer", "reviewer with a part", "herself")
SEES_PEOPLE = ("manager", "staff", "reviewer with a part")


def make_reader(cast: Cast, name: str, at: datetime) -> User:
    """A reader; the reviewer with a part is staff of the campaign, and sees what staff see."""
    if name in ("staff", "treasurer"):
        return add_member(cast.campaign, f"erin-{name}", name, at)
    if name == "other manager":
        candidacy = build_candidacy("Lee Roe", at, office="Mayor", level="local", district="")
        oscar = create_user("oscar")
        other = register_campaign(actor=oscar, candidacy=candidacy, name="Roe", at=at)
        verify_by_phone(actor=cast.rita, campaign=other, at=at)
        return oscar
    if name == "reviewer with a part":
        ruth = create_user("ruth", reviewer=True)
        Member.objects.create(campaign=cast.campaign, user=ruth, position=Member.Position.STAFF, since=at)
        return ruth
    return {"manager": cast.carol, "stranger": cast.dave, "reviewer": cast.rita, "herself": cast.alice}[name]


def make_match_in(cast: Cast, state: MatchState, at: datetime) -> Match:
    if state != MatchState.APPROVED:
        return make_match(cast, at, state)
    seat = publish_team_request(cast, at).roles.get(name="Front end").seats.get()  # it waits in a team only
    return create_match(state, volunteer=cast.alice.volunteer, seat=seat, at=at)


@pytest.mark.parametrize("state", list(MatchState))
def test_a_person_is_shown_to_manager_and_staff_and_from_the_yes_to_the_end(
    cast: Cast, now: datetime, state: MatchState
) -> None:
    match = make_match_in(cast, state, now)
    readers = {name: open_browser(make_reader(cast, name, now)) for name in READERS}

    for name, client in readers.items():
        answer = client.get(find_page(match))
        is_seen = name in SEES_PEOPLE and state in STATES_BOTH_SIDES_KNOW
        assert answer.status_code == (200 if is_seen else 404), name
        assert ("Alice" in answer.content.decode()) == is_seen, name
        is_told = name in SEES_PEOPLE and state in STATES_REPORTABLE and not is_seen
        assert ("This is over" in answer.content.decode()) == is_told, name


@pytest.mark.parametrize("address_name", PERSON_PAGES)
def test_nobody_else_opens_or_sends_any_page_about_a_person(cast: Cast, now: datetime, address_name: str) -> None:
    match = make_match(cast, now, MatchState.ACTIVE)
    for name in READERS:
        if name in SEES_PEOPLE:
            continue
        client = open_browser(make_reader(cast, name, now))
        assert client.get(find_page(match, address_name)).status_code == 404, name
        assert client.post(find_page(match, address_name), {}).status_code == 404, name
    assert Match.objects.get().state == MatchState.ACTIVE


def test_a_person_is_not_found_under_another_campaign(cast: Cast, now: datetime, carols: Client) -> None:
    match = make_match(cast, now, MatchState.ACTIVE)
    candidacy = build_candidacy("Lee Roe", now, office="Mayor", level="local", district="")
    other = register_campaign(actor=cast.carol, candidacy=candidacy, name="Roe", at=now)

    address = find_page(match).replace(str(cast.campaign.public_id), str(other.public_id))
    assert carols.get(address).status_code == 404


def test_the_desk_is_for_the_people_of_the_campaign(cast: Cast, now: datetime) -> None:
    make_match(cast, now, MatchState.ACTIVE)
    for name in READERS:
        answer = open_browser(make_reader(cast, name, now)).get(find_desk(cast.campaign))
        is_member = name in (*SEES_PEOPLE, "treasurer")
        assert answer.status_code == (200 if is_member else 404), name
        assert ("Alice" in answer.content.decode()) == (name in SEES_PEOPLE), name


def test_without_a_second_factor_the_reader_is_sent_to_set_it_up(cast: Cast, now: datetime) -> None:
    match = make_match(cast, now, MatchState.ACCEPTED)
    client = Client()
    client.force_login(cast.carol)
    for address in (find_desk(cast.campaign), *(find_page(match, name) for name in PERSON_PAGES)):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/2fa/")


def test_who_is_signed_out_comes_back_to_the_page_of_the_letter(cast: Cast, now: datetime) -> None:
    page = find_page(make_match(cast, now, MatchState.ACCEPTED))
    assert Client().get(page).headers["Location"] == f"/accounts/login/?next={page}"
