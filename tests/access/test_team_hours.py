"""The hours that a team has in common: whom they are computed of, and who sees them."""

from datetime import datetime
from typing import Any

from rest_framework.test import APIClient

from campaigns.draft_rules import RoleDraft
from core.models import User
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast, authenticate_client, create_user, create_volunteer, publish_new_request
from tests.match_factory import create_match
from volunteers.models import AvailabilityWindow

IN_COMMON = 15.0


def asked_team(cast: Cast, now: datetime, *states: MatchState) -> tuple[str, list[Match]]:
    """The address of a team's page, and its people: free in the evenings, the first in Chicago, the others in New York.

    There are as many people as `states`.
    """
    roles = [
        RoleDraft(name=f"Front end {number}", skill="front-end", hours_per_week=4) for number in range(len(states))
    ]
    request = publish_new_request(cast.carol, cast.campaign, now, title="Team", roles=roles, staffing="whole")
    matches = []
    for number, (state, role) in enumerate(zip(states, request.roles.order_by("order"), strict=True)):
        zone = "America/New_York" if number else "America/Chicago"
        volunteer = create_volunteer(create_user(f"mate{number}"), now, time_zone=zone)
        matches.append(create_match(state, volunteer=volunteer, seat=role.seats.get(), at=now))
    return f"/api/v1/requests/{request.public_id}/team", matches


def read_hours(user: User, address: str) -> tuple[float, list[dict[str, Any]]]:
    client = APIClient()
    authenticate_client(client, user)
    team = client.get(address).json()
    return team["hours_in_common"], team["windows"]


def test_a_campaign_is_told_no_hour_of_the_one_person_who_is_asked(cast: Cast, now: datetime) -> None:
    address, [match] = asked_team(cast, now, MatchState.OFFERED)

    assert read_hours(cast.carol, address) == (0.0, [])
    assert "hours_in_common" not in placement_of(cast.carol, match)["volunteer"]


def test_a_campaign_is_told_no_hour_of_two_who_are_asked_either(cast: Cast, now: datetime) -> None:
    """One of them may be a friend who changes their week until it shows that of the other."""
    address, [_friend, stranger] = asked_team(cast, now, MatchState.OFFERED, MatchState.OFFERED)

    before = read_hours(cast.carol, address)
    AvailabilityWindow.objects.filter(volunteer=stranger.volunteer).delete()

    assert read_hours(cast.carol, address) == before == (0.0, [])


def test_a_member_of_the_campaign_who_is_asked_sees_their_own_hours_alone(cast: Cast, now: datetime) -> None:
    address, [own, other] = asked_team(cast, now, MatchState.OFFERED, MatchState.OFFERED)
    own.volunteer.user = cast.carol
    own.volunteer.save()

    before = read_hours(cast.carol, address)
    AvailabilityWindow.objects.filter(volunteer=other.volunteer).delete()

    assert read_hours(cast.carol, address) == before
    assert before[0] == 20.0


def test_one_who_is_asked_is_not_found_by_the_hours_of_those_who_said_yes(cast: Cast, now: datetime) -> None:
    address, [asked_match, _other] = asked_team(cast, now, MatchState.OFFERED, MatchState.ACCEPTED)

    before = read_hours(cast.carol, address)
    assert before[0] == 20.0
    assert {window["starts"] for window in before[1]} == {"18:00"}
    AvailabilityWindow.objects.filter(volunteer=asked_match.volunteer).delete()
    assert read_hours(cast.carol, address) == before


def test_what_a_campaign_is_told_is_of_those_who_said_yes_however_many_are_asked(cast: Cast, now: datetime) -> None:
    address, [first, second, _accepted] = asked_team(
        cast, now, MatchState.OFFERED, MatchState.OFFERED, MatchState.ACCEPTED
    )

    before = read_hours(cast.carol, address)
    AvailabilityWindow.objects.filter(volunteer__in=[first.volunteer, second.volunteer]).delete()

    assert read_hours(cast.carol, address) == before
    assert (before[0], {window["starts"] for window in before[1]}) == (20.0, {"18:00"})


def test_a_reviewer_sees_the_hours_of_everybody(cast: Cast, now: datetime) -> None:
    address, _matches = asked_team(cast, now, MatchState.OFFERED, MatchState.ACCEPTED)

    hours, windows = read_hours(cast.rita, address)

    assert (hours, bool(windows)) == (IN_COMMON, True)


def test_a_reviewer_who_acts_for_the_campaign_sees_what_the_campaign_sees(cast: Cast, now: datetime) -> None:
    address, _matches = asked_team(cast, now, MatchState.OFFERED)
    User.objects.filter(pk=cast.carol.pk).update(is_staff=True)
    cast.carol.refresh_from_db()

    assert read_hours(cast.carol, address) == (0.0, [])


def placement_of(user: User, match: Match) -> dict[str, Any]:
    client = APIClient()
    authenticate_client(client, user)
    placement: dict[str, Any] = client.get(f"/api/v1/placements/{match.public_id}").json()
    return placement
