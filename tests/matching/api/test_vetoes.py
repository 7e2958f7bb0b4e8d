from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campaigns.actions.registration import register_campaign
from campaigns.models import Seat
from core.models import User
from matching.lifecycle.actions.campaign_answers import refuse_match
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.emergency import IncidentDetails, report_incident
from matching.lifecycle.actions.volunteer_answers import withdraw_from_match
from matching.models import Match, Pin, Veto
from tests.cast import FRONT_END_ROLE, Cast, build_candidacy, create_user, create_volunteer, publish_new_request
from tests.match_factory import make_accepted_match, make_offered_match, make_proposed_match
from tests.matching.lifecycle.actions.test_offers import responder
from volunteers.models import Volunteer

Api = Callable[[User | None], APIClient]
MINE, OURS, ALL, PINS = (f"/api/v1/{name}" for name in ("me/vetoes", "placement-vetoes", "vetoes", "pins"))


def test_a_volunteer_says_never_sees_it_and_takes_it_back(api: Api, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    made = api(cast.alice).post(MINE, {"match": str(match.public_id), "reason": "An ex."})

    assert (made.status_code, made.json()["campaign"], made.json()["reason"]) == (201, "Doe for Senate", "An ex.")
    [mine] = api(cast.alice).get(MINE).json()["results"]
    assert mine == made.json()
    for other in (cast.bob, cast.carol):
        assert api(other).get(MINE).json()["results"] == []
        assert api(other).delete(f"{MINE}/{mine['id']}").status_code == 404
    assert api(cast.alice).delete(f"{MINE}/{mine['id']}").status_code == 204
    assert not Veto.objects.exists()


def test_what_was_only_proposed_cannot_be_named(api: Api, cast: Cast, now: datetime) -> None:
    match = make_proposed_match(cast, now)

    hidden, missing = (api(cast.alice).post(MINE, {"match": str(name)}) for name in (match.public_id, uuid4()))

    assert (hidden.status_code, hidden.content) == (404, missing.content)


def test_a_veto_does_not_name_the_campaign_of_an_emergency(api: Api, cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident = IncidentDetails(description="x", since="x", contact="x")
    report_incident(actor=cast.carol, campaign=cast.campaign, incident=incident, time_zone="America/New_York", at=now)
    broadcast_emergencies(at=now)
    match = Match.objects.get(volunteer__user=erin)

    made = api(erin).post(MINE, {"match": str(match.public_id)})

    assert (made.status_code, [*made.json()["errors"]]) == (400, ["match"])
    assert "Doe" not in api(erin).get(MINE).content.decode()


def test_a_campaign_sees_of_whom_it_ruled_out_what_it_sees_of_them_anyway(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    withdraw_from_match(actor=cast.alice, match=match, at=now)

    made = api(cast.carol).post(OURS, {"match": str(match.public_id), "reason": "Never again."})

    assert made.status_code == 201
    assert set(made.json()) == {
        *("id", "campaign", "first_name", "title", "request", "role", "role_id", "reason", "created_at"),
    }
    assert (made.json()["first_name"], made.json()["title"]) == ("", "Website")  # they have gone
    assert "alice" not in made.content.decode().lower()
    assert api(cast.alice).get(MINE).json()["results"] == []
    assert api(cast.dave).get(OURS).json()["results"] == []
    assert api(cast.carol).delete(f"{OURS}/{made.json()['id']}").status_code == 204


def test_a_refusal_for_ever_stands_in_the_list_too(api: Api, cast: Cast, now: datetime) -> None:
    refuse_match(actor=cast.carol, match=make_accepted_match(cast, now), reason="never", at=now)

    [ours] = api(cast.carol).get(OURS).json()["results"]

    assert (ours["title"], ours["role"]) == ("Website", "Front end")


def test_a_reviewer_rules_out_two_and_pins_two_others(api: Api, cast: Cast, now: datetime) -> None:
    alice, bob = (Volunteer.objects.get(user=user) for user in (cast.alice, cast.bob))
    pair = {"volunteer": str(bob.public_id), "campaign": str(cast.campaign.public_id), "reason": "Kin."}
    veto = api(cast.rita).post(ALL, pair)
    assert (veto.status_code, veto.json()["side"], veto.json()["name"]) == (201, "reviewer", "Bob")
    seat = Seat.objects.get(role__request=cast.request)
    place = {"seat": str(seat.public_id), "reason": "Agreed."}
    refused = api(cast.rita).post(PINS, {"volunteer": str(bob.public_id), **place})
    assert (refused.status_code, refused.json()["errors"]) == (
        400,
        {"volunteer": ["This does not fit: this person does not have the skill. Choose somebody else."]},
    )

    pinned = api(cast.rita).post(PINS, {"volunteer": str(alice.public_id), **place})

    assert (pinned.status_code, pinned.json()["name"], pinned.json()["role"]) == (201, "Alice", "Front end")
    [listed] = api(cast.rita).get(PINS).json()["results"]
    assert listed == pinned.json()
    assert api(cast.rita).delete(f"{PINS}/{listed['id']}").status_code == 204
    assert api(cast.rita).delete(f"{ALL}/{veto.json()['id']}").status_code == 204
    assert (Pin.objects.count(), Veto.objects.count()) == (0, 0)


def test_a_reviewer_with_a_part_in_the_contest_sees_none_of_it(api: Api, cast: Cast, now: datetime) -> None:
    alice = Volunteer.objects.get(user=cast.alice)
    seat = Seat.objects.get(role__request=cast.request)
    Veto.objects.create(volunteer=alice, campaign=cast.campaign, side="reviewer", created_at=now)
    made = Pin.objects.create(volunteer=alice, seat=seat, created_at=now, reason="Agreed.")
    register_campaign(actor=cast.rita, candidacy=build_candidacy("Pat Roe", now), name="Roe", at=now)

    assert [api(cast.rita).get(path).json()["results"] for path in (ALL, PINS)] == [[], []]
    assert api(cast.rita).delete(f"{PINS}/{made.public_id}").status_code == 404


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_take_a_fixed_number_of_queries(api: Api, cast: Cast, now: datetime, people: int) -> None:
    for number in range(people):
        one = create_volunteer(create_user(f"p{number}"), now)
        request = publish_new_request(cast.carol, cast.campaign, now, title=f"T{number}", roles=[FRONT_END_ROLE])
        Pin.objects.create(
            volunteer=one,
            seat=Seat.objects.get(role__request=request),
            created_by=cast.rita,
            created_at=now,
            reason="x",
        )
        Veto.objects.create(volunteer=one, campaign=cast.campaign, side="campaign", created_at=now)
        theirs = register_campaign(
            actor=cast.dave, candidacy=build_candidacy(f"C{number}", now, district="9"), name="C", at=now
        )
        alice = Volunteer.objects.get(user=cast.alice)
        Veto.objects.create(volunteer=alice, campaign=theirs, side="volunteer", created_at=now)

    assert queries(api(cast.alice), MINE, people) == 1
    assert queries(api(cast.carol), OURS, people) == 1
    assert queries(api(cast.rita), ALL, 2 * people) == 2
    assert queries(api(cast.rita), PINS, people) == 2


def queries(client: APIClient, path: str, rows: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert len(answer.json()["results"]) == rows
    return len(captured)
