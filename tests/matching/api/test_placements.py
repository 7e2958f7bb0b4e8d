"""What each side sees of the other, stage by stage, and what it may say."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campaigns.models import Request
from core.models import User
from matching.lifecycle.actions.campaign_answers import refuse_match
from matching.lifecycle.actions.clocks import broadcast_emergencies
from matching.lifecycle.actions.review import approve_match
from matching.lifecycle.actions.volunteer_answers import accept_offer, withdraw_from_match
from matching.models import Match, ProblemReport
from matching.rules.states import MatchState
from tests.cast import FRONT_END_ROLE, Cast, create_user, create_volunteer, publish_new_request
from tests.match_factory import MAKER_BY_STATE, make_accepted_match, make_active_match, make_offered_match
from tests.matching.lifecycle.actions.test_offers import responder
from tests.run_execution import execute_full_run

Api = Callable[[User | None], APIClient]

UNNAMED = {"skills"}
PERSON = UNNAMED | {"hours_in_common", "first_name", "vetted_until", "completed"}
PLACEMENT = {
    *("id", "state", "version", "request", "title", "role", "hours_per_week", "answer_due_at", "volunteer", "contact"),
    *("contact_paused", "available_actions", "role_id", "seat_id", "campaign_id"),
}


@pytest.mark.parametrize("state", list(MAKER_BY_STATE))
def test_a_campaign_sees_this_of_a_person_stage_by_stage_and_no_more(
    api: Api, cast: Cast, now: datetime, state: MatchState
) -> None:
    match = MAKER_BY_STATE[state](cast, now)

    seen = api(cast.carol).get("/api/v1/placements").json()["results"]

    if state == MatchState.PROPOSED:
        assert seen == []
        assert api(cast.carol).get(f"/api/v1/placements/{match.public_id}").status_code == 404
        return
    [placement] = seen
    assert set(placement) == PLACEMENT
    assert set(placement["volunteer"]) == (UNNAMED if state == MatchState.OFFERED else PERSON)
    assert placement["contact"] == ("alice@example.org" if state in (MatchState.ACTIVE, MatchState.CLOSING) else "")
    told = api(cast.carol).get(f"/api/v1/placements/{match.public_id}").content.decode().lower()
    assert ("alice" in told) == (state != MatchState.OFFERED)


@pytest.mark.parametrize("state", list(MAKER_BY_STATE))
def test_a_volunteer_sees_this_of_a_request_stage_by_stage_and_no_more(
    api: Api, cast: Cast, now: datetime, state: MatchState
) -> None:
    MAKER_BY_STATE[state](cast, now)

    told = api(cast.alice).get("/api/v1/me/matches")

    if state == MatchState.PROPOSED:
        assert told.json()["results"] == []
        return
    [mine] = told.json()["results"]
    assert set(mine["request"]) == {
        *("title", "summary", "campaign", "candidate", "party", "contest", "starts_on", "ends_on", "time_zone"),
        *("meetings", "id", "campaign_id"),
    }
    working = state in (MatchState.ACTIVE, MatchState.CLOSING)
    assert (mine["kick_off"] is not None, "swordfish" in told.content.decode()) == (working, working)
    assert ("carol@example.org" in told.content.decode()) == working
    if working:
        shared = {"scope", "out_of_scope", "owner", "owner_first_name", "channel", "first_meeting", "meetings"}
        assert set(mine["kick_off"]) == shared | {"checklists"}


def test_what_an_open_report_blocks_is_not_offered(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    mine = f"/api/v1/me/matches/{match.public_id}"

    def list_actions() -> list[list[str]]:
        paths = ((cast.carol, f"/api/v1/placements/{match.public_id}"), (cast.alice, mine))
        return [api(user).get(path).json()["available_actions"] for user, path in paths]

    assert list_actions() == [["confirm", "refuse"], ["withdraw"]]
    assert api(cast.alice).post(f"{mine}/report-problem", {"kind": "safety"}).status_code == 201
    assert list_actions() == [["refuse"], ["withdraw"]]


def test_the_contact_is_gone_at_once_when_somebody_leaves_or_reports(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    path = f"/api/v1/placements/{match.public_id}"
    assert api(cast.carol).get(path).json()["contact"] == "alice@example.org"

    report = api(cast.alice).post(f"/api/v1/me/matches/{match.public_id}/report-problem", {"kind": "safety"})
    assert report.status_code == 201
    placement = api(cast.carol).get(path).json()
    assert (placement["contact"], placement["contact_paused"]) == ("", True)
    mine = api(cast.alice).get(f"/api/v1/me/matches/{match.public_id}").json()
    assert (mine["kick_off"]["owner"], mine["kick_off"]["channel"], mine["contact_paused"]) == ("", "", True)

    withdraw_from_match(actor=cast.alice, match=match, at=now)
    assert api(cast.carol).get(path).status_code == 404


def test_other_campaigns_see_nobody_of_this_one(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)

    assert api(cast.dave).get("/api/v1/placements").json()["results"] == []
    assert api(cast.dave).get(f"/api/v1/placements/{match.public_id}").status_code == 404
    assert api(cast.dave).get(f"/api/v1/requests/{match.request.public_id}/team").status_code == 404


def test_an_emergency_names_no_campaign_before_both_have_said_yes(api: Api, cast: Cast, now: datetime) -> None:
    erin = responder("erin", now)
    incident = {"description": "Strange sign-ins", "since": "today", "contact": "+1 555 0100"}
    told = api(cast.carol).post(f"/api/v1/campaigns/{cast.campaign.public_id}/incidents", incident)
    assert told.status_code == 201
    assert told.json()["first_steps"][0].startswith("Do not switch anything off")
    broadcast_emergencies(at=now)

    [offer] = api(erin).get("/api/v1/me/matches").json()["results"]
    names = ("campaign", "candidate", "party", "contest")
    assert [offer["request"][name] for name in names] == [""] * 4
    assert "Doe" not in api(erin).get("/api/v1/me/matches").content.decode()
    api(erin).post(f"/api/v1/me/matches/{offer['id']}/accept", {})

    begun = api(erin).get(f"/api/v1/me/matches/{offer['id']}").json()
    assert (begun["state"], begun["request"]["candidate"]) == ("active", "Kim Doe")
    assert "Strange sign-ins" in begun["kick_off"]["scope"]
    assert begun["kick_off"]["channel"] == "+1 555 0100"


def test_a_stranger_cannot_page_the_reviewers(api: Api, cast: Cast, db: None) -> None:
    incident = {"description": "x", "since": "x", "contact": "x"}

    for user in (cast.alice, cast.dave):
        answer = api(user).post(f"/api/v1/campaigns/{cast.campaign.public_id}/incidents", incident)
        assert answer.status_code == 404


def test_both_sides_exchange_messages_before_contact(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    mine, theirs = f"/api/v1/me/matches/{match.public_id}", f"/api/v1/placements/{match.public_id}"

    assert api(cast.carol).post(f"{theirs}/messages", {"text": "When can we talk?"}).status_code == 201
    assert api(cast.alice).post(f"{mine}/messages", {"text": "Tonight."}).status_code == 201

    for client, path in ((api(cast.alice), mine), (api(cast.carol), theirs)):
        told = client.get(f"{path}/messages").json()["results"]
        assert [(one["side"], one["text"]) for one in told] == [
            ("volunteer", "Tonight."),
            ("campaign", "When can we talk?"),
        ]
        first = client.get(f"{path}/messages", {"page_size": 1}).json()
        older = client.get(first["next"]).json()
        assert [one["text"] for page in (first, older) for one in page["results"]] == ["Tonight.", "When can we talk?"]
        assert older["next"] is None
    assert api(cast.bob).get(f"{mine}/messages").status_code == 404
    assert api(cast.alice).post(f"{mine}/messages", {"text": ""}).status_code == 400


def test_a_reviewer_reads_and_closes_reports(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    api(cast.alice).post(f"/api/v1/me/matches/{match.public_id}/report-problem", {"kind": "conduct", "text": "Rude."})

    [report] = api(cast.rita).get("/api/v1/problem-reports").json()["results"]
    assert (report["kind"], report["text"], report["handled_at"]) == ("conduct", "Rude.", None)
    closed = api(cast.rita).post(f"/api/v1/problem-reports/{report['id']}/close", {"outcome": "Spoke with both."})

    assert (closed.status_code, closed.json()["outcome"]) == (200, "Spoke with both.")
    for other in (cast.alice, cast.carol):
        assert api(other).get("/api/v1/problem-reports").status_code == 403


def test_the_team_page_says_who_is_there_who_is_missing_and_when_all_can(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    path = f"/api/v1/requests/{match.request.public_id}/team"

    team = api(cast.alice).get(path).json()

    role = {"role": "Front end", "role_id": str(match.seat.role.public_id)}
    alice = role | {"level": 3, "state": "active", "first_name": "Alice", "contact": "alice@example.org"}
    assert team["members"] == [alice | {"is_me": True}]
    assert api(cast.carol).get(path).json()["members"] == [alice | {"is_me": False}]
    assert (team["missing"], team["hours_in_common"]) == ([], 20.0)
    assert team["windows"][0] == {"weekday": 0, "starts": "18:00", "ends": "22:00"}
    assert api(cast.bob).get(path).status_code == 404


@pytest.mark.parametrize("make", [make_offered_match, make_accepted_match])
def test_a_volunteer_sees_the_team_only_once_they_work_in_it(
    api: Api, cast: Cast, now: datetime, make: Callable[[Cast, datetime], Match]
) -> None:
    path = f"/api/v1/requests/{make(cast, now).request.public_id}/team"
    Request.objects.update(staffing="whole")

    assert api(cast.alice).get(path).status_code == 404
    [missing] = [api(cast.carol).get(path).json()["missing"]]
    assert [role["accepted_count"] for role in missing] == ([0] if make is make_offered_match else [])


def test_a_calendars_address_is_shown_once_and_can_be_taken_back(api: Api, cast: Cast, now: datetime) -> None:
    make_active_match(cast, now)
    first = api(cast.alice).post("/api/v1/me/calendar-feed").json()["address"]
    path = "/calendar/" + first.rsplit("/calendar/", 1)[1]
    feed = api(None).get(path)
    assert (feed.status_code, feed["Cache-Control"], feed["Content-Type"]) == (
        200,
        "private, no-store",
        "text/calendar; charset=utf-8",
    )
    for name in ("Doe", "Senate", "Website", "front"):
        assert name.lower() not in feed.content.decode().lower()

    api(cast.alice).post("/api/v1/me/calendar-feed")
    assert api(None).get(path).status_code == 404
    assert api(cast.alice).delete("/api/v1/me/calendar-feed").status_code == 204
    assert api(cast.dave).post("/api/v1/me/calendar-feed").status_code == 404


def test_a_campaign_is_ended_through_the_api(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    path = f"/api/v1/campaigns/{cast.campaign.public_id}/end"
    assert api(cast.dave).post(path, {}).status_code == 404
    assert api(cast.carol).post(path, {"version": 99}).status_code == 412

    ended = api(cast.carol).post(path, {})

    assert (ended.status_code, ended.json()["state"]) == (200, "ended")
    assert Match.objects.get(pk=match.pk).state == MatchState.CLOSING
    assert api(cast.carol).post(path, {}).status_code == 409


def test_reviewers_see_the_longest_waiting_and_the_most_urgent_first(api: Api, cast: Cast, now: datetime) -> None:
    for number in range(2):
        early = create_volunteer(create_user(f"early{number}"), now)
        early.waiting_since = now - timedelta(days=9 - number)
        early.save()
        publish_new_request(cast.carol, cast.campaign, now, title=f"More {number}", roles=[FRONT_END_ROLE])
    execute_full_run(now)

    first = api(cast.rita).get("/api/v1/matches?page_size=1").json()
    second = api(cast.rita).get(first["next"]).json()
    names = [
        one["name"] for page in (first, second, api(cast.rita).get(second["next"]).json()) for one in page["results"]
    ]
    assert names == ["Early0", "Early1", "Alice"]
    for match, later in zip(Match.objects.order_by("-pk"), (3, 1, 2), strict=True):
        ProblemReport.objects.create(
            match=match, side="campaign", kind="other", reported_at=now, answer_due_at=now + timedelta(hours=later)
        )
    due = [one["answer_due_at"] for one in api(cast.rita).get("/api/v1/problem-reports").json()["results"]]
    assert due == sorted(due)


def test_what_the_campaign_thinks_of_somebody_is_not_told_to_them(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    refuse_match(actor=cast.carol, match=match, reason="never", at=now)

    assert api(cast.alice).get(f"/api/v1/me/matches/{match.public_id}").json()["reason"] is None
    Match.objects.filter(pk=match.pk).update(state=MatchState.SUPERSEDED, reason="other_accepted_first")
    assert api(cast.alice).get(f"/api/v1/me/matches/{match.public_id}").json()["reason"] == "other_accepted_first"


def test_a_reviewer_sees_nothing_of_a_contest_of_their_own(api: Api, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)
    api(cast.alice).post(f"/api/v1/me/matches/{match.public_id}/report-problem", {"kind": "conduct", "text": "Carol."})
    cast.carol.is_staff = True
    cast.carol.save()

    for path in ("problem-reports", "matches"):
        assert api(cast.carol).get(f"/api/v1/{path}").json()["results"] == []
        assert len(api(cast.rita).get(f"/api/v1/{path}").json()["results"]) == 1


@pytest.mark.parametrize("cursor", ["cD14", "cD0AAA==", "cD0xfDI=", "bz05OTk5OTk5OTk5OTk5OTk5OTk5OTk=", "%00"])
def test_a_cursor_that_is_none_of_ours_is_a_page_that_is_not_there(api: Api, cast: Cast, cursor: str) -> None:
    for path in (
        "matches",
        "problem-reports",
        "runs",
        "me/matches",
        "placements",
        "campaigns",
        "requests",
        "me/notices",
    ):
        answer = api(cast.rita).get(f"/api/v1/{path}?cursor={cursor}")
        assert answer.status_code in (200, 404), (path, answer.status_code)


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_of_both_sides_take_a_fixed_number_of_queries(
    api: Api, cast: Cast, now: datetime, people: int
) -> None:
    for number in range(1, people):
        create_volunteer(create_user(f"extra{number}"), now)
        publish_new_request(cast.carol, cast.campaign, now, title=f"More {number}", roles=[FRONT_END_ROLE])
    execute_full_run(now)
    for match in Match.objects.filter(state=MatchState.PROPOSED):
        approve_match(actor=cast.rita, match=match, at=now)
        assert match.volunteer.user is not None
        accept_offer(actor=match.volunteer.user, match=match, at=now)
        api(cast.carol).post(f"/api/v1/placements/{match.public_id}/report-problem", {"kind": "other"})

    assert queries(api(cast.carol), "/api/v1/placements", people) == 8
    assert queries(api(cast.rita), "/api/v1/problem-reports", people) == 2
    assert queries(api(cast.rita), "/api/v1/matches", people) == 6


def queries(client: APIClient, path: str, rows: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert len(answer.json()["results"]) == rows
    return len(captured)
