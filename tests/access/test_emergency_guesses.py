"""Who is asked in an emergency tells nobody on call which campaign it is, before both sides have said yes."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.actions.request_ends import cancel_request
from campaigns.models import Campaign, Member, Request
from campaigns.queries import users_of_unverified_campaigns
from core.conflict_of_interest import check_shares_no_contest
from core.errors import NotAllowed, WrongState
from core.models import User
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.incident_watch import take_incident
from matching.lifecycle.actions.problem_reports import report_problem
from matching.lifecycle.actions.volunteer_answers import accept_offer
from matching.lifecycle.queries.incidents import read_incident_status
from matching.models import Match
from tests.cast import Cast, build_candidacy, create_user, verify_by_phone
from tests.matching.lifecycle.actions.test_offers import incident, responder

Api = Callable[[User | None], APIClient]


def list_asked(cast: Cast, now: datetime) -> set[str]:
    incident(cast, now)
    broadcast_emergencies(at=now)
    return set(Match.objects.values_list("volunteer__first_name", flat=True))


def register(user: User, now: datetime, *, district: str) -> Campaign:
    candidacy = build_candidacy("Pat Roe", now, district=district)
    return register_campaign(actor=user, candidacy=candidacy, name="Roe", at=now)


@pytest.fixture
def erin(cast: Cast, now: datetime) -> User:
    responder("fred", now)
    return responder("erin", now)


@pytest.mark.parametrize("is_opponent", [True, False])
def test_who_registers_a_campaign_is_asked_in_no_emergency(
    cast: Cast, erin: User, now: datetime, is_opponent: bool
) -> None:
    district = cast.campaign.candidate.contest.district if is_opponent else "77"
    campaign = register(erin, now, district=district)
    assert (campaign.candidate.contest_id == cast.campaign.candidate.contest_id) is is_opponent

    assert list_asked(cast, now) == {"Fred"}


@pytest.mark.parametrize("is_opponent", [True, False])
def test_a_verified_campaign_counts_in_its_own_contest(
    cast: Cast, erin: User, now: datetime, is_opponent: bool
) -> None:
    campaign = register(erin, now, district=cast.campaign.candidate.contest.district if is_opponent else "77")
    verify_by_phone(actor=cast.rita, campaign=campaign, at=now)

    assert list_asked(cast, now) == ({"Fred"} if is_opponent else {"Fred", "Erin"})


def test_a_membership_that_ended_counts_for_a_year(cast: Cast, erin: User, now: datetime) -> None:
    register(erin, now, district="77")
    Member.objects.filter(user=erin).delete()
    history = Member.pgh_event_model.objects  # type: ignore[attr-defined]
    ended_at = history.latest("pgh_created_at").pgh_created_at  # by the database's clock

    assert list(users_of_unverified_campaigns(at=ended_at + timedelta(days=364))) == [erin]
    assert list(users_of_unverified_campaigns(at=ended_at + timedelta(days=366))) == []


def test_a_reviewer_of_the_contest_is_not_told_that_a_person_is_asked(cast: Cast, erin: User, now: datetime) -> None:
    ruth = create_user("ruth", reviewer=True)
    Member.objects.create(campaign=cast.campaign, user=ruth, position="treasurer", since=now)
    list_asked(cast, now)

    check_shares_no_contest(ruth, erin)

    accept_offer(actor=erin, match=Match.objects.get(volunteer__user=erin), at=now)
    with pytest.raises(NotAllowed, match="a contest of this person"):
        check_shares_no_contest(ruth, erin)


def test_the_campaign_sees_nothing_of_those_who_are_asked(api: Api, cast: Cast, erin: User, now: datetime) -> None:
    list_asked(cast, now)
    emergency = Request.objects.get(emergency=True)

    def read() -> tuple[list[str], list[str], int]:
        placements = api(cast.carol).get(f"/api/v1/placements?request={emergency.public_id}").json()["results"]
        team = api(cast.carol).get(f"/api/v1/requests/{emergency.public_id}/team").json()
        stored = api(cast.carol).get(f"/api/v1/requests/{emergency.public_id}").json()
        return [row["state"] for row in placements], [row["state"] for row in team["members"]], stored["offered_count"]

    before = read()
    accept_offer(actor=erin, match=Match.objects.get(volunteer__user=erin), at=now)

    assert before == ([], [], 0)
    assert read()[:2] == (["active"], ["active"])


def report_again(cast: Cast, now: datetime) -> tuple[Request, int]:
    details = IncidentDetails(description=f"Our mail at {now:%H:%M}", since="Today", contact="+1 202 555 0133")
    emergency = report_incident(
        actor=cast.carol, campaign=cast.campaign, incident=details, time_zone="America/New_York", at=now
    )
    return emergency, broadcast_emergencies(at=now)


@pytest.mark.parametrize("is_called_off", [True, False])
def test_the_third_report_within_a_day_asks_once_a_reviewer_has_it(
    cast: Cast, erin: User, now: datetime, is_called_off: bool
) -> None:
    for name in ("gina", "hugo", "ivan", "june", "kate", "liam", "mona", "nora", "olga", "pete"):
        responder(name, now)
    asked = []
    for minutes in range(3):
        emergency, count = report_again(cast, now + timedelta(minutes=minutes))
        asked.append(count)
        if is_called_off and minutes < 2:
            cancel_request(actor=cast.carol, request=emergency, at=now + timedelta(minutes=minutes))

    assert asked == [5, 5, 0]
    take_incident(actor=cast.rita, incident=emergency, at=now + timedelta(minutes=4))
    assert broadcast_emergencies(at=now + timedelta(minutes=5)) == (5 if is_called_off else 2)


def test_two_reports_of_the_day_before_hold_nothing(cast: Cast, erin: User, now: datetime) -> None:
    for minutes in range(2):
        emergency, _ = report_again(cast, now + timedelta(minutes=minutes))
        cancel_request(actor=cast.carol, request=emergency, at=now + timedelta(minutes=minutes))

    assert report_again(cast, now + timedelta(days=1, minutes=2))[1] == 2


def test_a_yes_beside_an_open_report_is_refused_and_shows_no_one(
    cast: Cast, erin: User, now: datetime, api: Api
) -> None:
    list_asked(cast, now)
    match = Match.objects.get(volunteer=erin.volunteer)
    report_problem(actor=erin, match=match, kind="other", text="x", at=now)

    with pytest.raises(WrongState, match="You reported a problem with this"):
        accept_offer(actor=erin, match=match, accepts_code_of_conduct=True, at=now)

    match.refresh_from_db()
    assert match.state == "offered"
    assert Match.objects.filter(state="offered").count() == 2, "The other one can still say yes."


def test_a_phoned_yes_shows_the_campaign_no_one_before_it_counts(
    cast: Cast, erin: User, now: datetime, api: Api
) -> None:
    list_asked(cast, now)
    match = Match.objects.get(volunteer=erin.volunteer)
    Match.objects.filter(pk=match.pk).update(state="accepted")
    request = match.request

    status = read_incident_status(request)
    team = api(cast.carol).get(f"/api/v1/requests/{request.public_id}/team").json()

    assert status.helper is None
    assert "Erin" not in str(status)
    assert (team["hours_in_common"], team["windows"]) == (0.0, [])


def test_the_contact_of_an_emergency_stays_and_its_phone_is_in_no_export(cast: Cast, now: datetime, api: Api) -> None:
    reported = incident(cast, now)
    assert reported.channel
    other = Member.objects.create(campaign=cast.campaign, user=create_user("sam"), position="staff", since=now)

    answer = api(cast.carol).patch(f"/api/v1/requests/{reported.public_id}", {"contact": str(other.public_id)})
    export = api(cast.carol).get("/api/v1/me/personal-data")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")
    assert str(reported.public_id) in export.content.decode()
    assert reported.channel not in export.content.decode()
