"""An id stands beside each name of what has an address; while an emergency hides a campaign, its id is hidden too."""

from collections.abc import Callable
from datetime import datetime

from rest_framework.test import APIClient

from core.models import User
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.models import Match
from matching.rules.states import MatchState
from tests.cast import Cast
from tests.match_factory import make_active_match
from tests.matching.lifecycle.actions.test_offers import responder

Api = Callable[[User | None], APIClient]


def test_a_volunteer_reaches_her_team_from_her_match(api: Api, cast: Cast, now: datetime) -> None:
    make_active_match(cast, now)
    client = api(cast.alice)

    [match] = client.get("/api/v1/me/matches").json()["results"]
    team = client.get(f"/api/v1/requests/{match['request']['id']}/team").json()

    assert match["request"]["campaign_id"] == str(cast.campaign.public_id)
    assert [member["role_id"] for member in team["members"]] == [match["role_id"]]


def test_a_reviewer_goes_on_from_a_match_without_a_search(api: Api, cast: Cast, now: datetime) -> None:
    make_active_match(cast, now)
    client = api(cast.rita)

    [match] = client.get("/api/v1/matches").json()["results"]
    role = client.get(f"/api/v1/roles/{match['role_id']}").json()

    assert (role["name"], role["request"]) == (match["role"], match["request"])
    assert match["seat_id"] in [seat["id"] for seat in role["seats"]]
    assert client.get(f"/api/v1/campaigns/{match['campaign_id']}").json()["name"] == match["campaign"]


def test_the_id_of_a_campaign_is_hidden_like_its_name(api: Api, cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident = IncidentDetails(description="Odd mail", since="Monday", contact="+1 555 0100")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="UTC", at=now)
    broadcast_emergencies(at=now)
    address, campaign_id = "/api/v1/me/matches", str(cast.campaign.public_id)

    assert campaign_id not in api(erin).get(address).content.decode()
    Match.objects.filter(volunteer__user=erin).update(state=MatchState.ACTIVE)
    assert api(erin).get(address).json()["results"][0]["request"]["campaign_id"] == campaign_id


def test_who_reported_a_problem_reads_until_when_it_is_answered(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    client, address = api(cast.alice), f"/api/v1/me/matches/{match.public_id}"
    made = client.post(f"{address}/report-problem", {"kind": "other"}).json()

    assert client.get(f"{address}/problem-reports").json()["results"] == [made]
    assert made["answer_due_at"] == "2026-03-03T14:00:00Z"
    assert api(cast.carol).get(f"/api/v1/placements/{match.public_id}/problem-reports").json()["results"] == []
