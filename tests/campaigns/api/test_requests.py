from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from campaigns.models import Request, Role, Seat
from core.models import User
from matching.models import Match
from matching.rules.states import MatchState
from tests.access.endpoints import UNKNOWN_ID
from tests.cast import Cast
from tests.match_factory import make_accepted_match, make_proposed_match

Api = Callable[[User | None], APIClient]


def path(cast: Cast) -> str:
    return f"/api/v1/requests/{cast.request.public_id}"


def role_path(cast: Cast) -> str:
    return f"/api/v1/roles/{Role.objects.get(request=cast.request).public_id}"


def test_a_published_request_is_amended_on_the_right_etag(api: Api, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)
    tag = api(cast.carol).get(path(cast))["ETag"]
    said = {"meetings": [{"weekday": 2, "starts": "20:00", "ends": "21:00"}], "channel": "Signal"}
    assert api(cast.carol).patch(path(cast), said, headers={"If-Match": '"1"'}).status_code == 412

    amended = api(cast.carol).patch(path(cast), said, headers={"If-Match": tag})

    assert (amended.status_code, amended["ETag"] != tag, amended.json()["channel"]) == (200, True, "Signal")
    assert amended.json()["terms_changed_at"] is not None
    assert Match.objects.get(pk=match.pk).state == MatchState.OFFERED
    [mine] = api(cast.alice).get("/api/v1/me/matches").json()["results"]
    assert (mine["state"], mine["available_actions"]) == ("offered", ["accept", "decline"])
    assert mine["request"]["meetings"][0]["starts"] == "20:00"


@pytest.mark.parametrize("name", ["staffing", "playbook", "auto_confirm", "roles", "state", "campaign", "emergency"])
def test_what_can_no_longer_change_is_refused_by_name(api: Api, cast: Cast, name: str) -> None:
    answer = api(cast.carol).patch(path(cast), {"title": "Site", name: "x"})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])
    assert Request.objects.get(pk=cast.request.pk).title == "Website"


def test_a_roles_skill_is_what_it_is(api: Api, cast: Cast) -> None:
    answer = api(cast.carol).patch(role_path(cast), {"skill": "copywriting"})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["skill"])


def test_a_campaign_says_what_its_people_do_and_the_volunteer_reads_it(api: Api, cast: Cast, now: datetime) -> None:
    make_accepted_match(cast, now)
    amended = api(cast.carol).patch(role_path(cast), {"tasks": "Build the pages."})
    assert [role["tasks"] for role in amended.json()["roles"]] == ["Build the pages."]
    [mine] = api(cast.alice).get("/api/v1/me/matches").json()["results"]
    assert (mine["tasks"], mine["state"]) == ("Build the pages.", "accepted")

    too_long = api(cast.carol).patch(role_path(cast), {"tasks": "x" * 301})

    assert (too_long.status_code, list(too_long.json()["errors"])) == (400, ["tasks"])


def test_a_role_of_a_playbook_brings_its_tasks(api: Api, cast: Cast, now: datetime) -> None:
    body = {"title": "Site", "playbook": "website", "campaign": str(cast.campaign.public_id)}
    drafted = api(cast.carol).post("/api/v1/requests", body | {"starts_on": str(now.date())})

    playbooks = api(cast.carol).get("/api/v1/playbooks").json()["results"]
    [website] = [playbook for playbook in playbooks if playbook["code"] == "website"]
    assert [role["tasks"] for role in drafted.json()["roles"]] == [role["tasks"] for role in website["roles"]]
    assert all(role["tasks"] for role in website["roles"])


def test_roles_and_places_come_and_go(api: Api, cast: Cast) -> None:
    carol = api(cast.carol)
    added = carol.post(f"{path(cast)}/roles", {"name": "Copy", "skill": "copywriting", "hours_per_week": 2})
    assert (added.status_code, [role["name"] for role in added.json()["roles"]]) == (201, ["Front end", "Copy"])
    more = carol.post(
        f"{role_path_of(cast, 'Front end')}/seats", {"seat_count": 2}, headers={"If-Match": added["ETag"]}
    )
    assert (more.status_code, more.json()["roles"][0]["seat_count"]) == (201, 3)
    told = carol.get(role_path_of(cast, "Front end"))
    assert [place["number"] for place in told.json()["seats"]] == [1, 2, 3]
    assert told["ETag"].partition("-")[0] == more["ETag"].partition("-")[0]

    gone = told.json()["seats"][1]["id"]
    assert carol.post(f"/api/v1/seats/{gone}/close", {}).json()["roles"][0]["seat_count"] == 2
    changed = carol.patch(role_path_of(cast, "Front end"), {"hours_per_week": 3})
    assert (changed.status_code, changed.json()["roles"][0]["hours_per_week"]) == (200, 3)
    closed = carol.post(f"{role_path_of(cast, 'Copy')}/close", {}).json()
    assert [role["seat_count"] for role in closed["roles"]] == [2, 0]
    assert Seat.objects.exclude(closed_at=None).count() == 2


def role_path_of(cast: Cast, name: str) -> str:
    return f"/api/v1/roles/{Role.objects.get(request=cast.request, name=name).public_id}"


def test_a_role_does_not_betray_who_is_proposed_for_it(api: Api, cast: Cast, now: datetime) -> None:
    before = api(cast.carol).get(role_path(cast)).content
    make_proposed_match(cast, now)

    assert api(cast.carol).get(role_path(cast)).content == before


def test_a_place_is_added_once_under_one_key(api: Api, cast: Cast) -> None:
    for _ in range(2):
        answer = api(cast.carol).post(f"{role_path(cast)}/seats", {"seat_count": 1}, headers={"Idempotency-Key": "a"})
        assert answer.status_code == 201

    assert Seat.objects.filter(role__request=cast.request).count() == 2


def draft_body(cast: Cast, **changes: Any) -> dict[str, Any]:
    role = {"name": "One", "skill": "front-end", "hours_per_week": 2}
    days = {"starts_on": "2026-04-01", "ends_on": "2026-05-01"}
    return {"campaign": str(cast.campaign.public_id), "title": "New", "roles": [role], **days, **changes}


MISTAKEN: dict[str, Any] = {
    "time_zone": "Mars",
    "ends_on": "2026-03-30",
    "roles": [
        {"name": "One", "skill": "front-end", "hours_per_week": 2, "nice_to_have_skills": ["editing", "sorcery"]},
        {"name": "One", "skill": "juggling", "hours_per_week": 2, "min_to_start": 3},
    ],
}
MISTAKES = {
    *("time_zone", "ends_on", "roles.0.nice_to_have_skills.1"),
    *("roles.1.name", "roles.1.skill", "roles.1.min_to_start"),
}


@pytest.mark.parametrize("address", ["/api/v1/requests", "/api/v1/requests/supply-estimate"])
@pytest.mark.parametrize(
    ("shape", "paths"),
    [
        ({}, set()),
        (
            {"title": "x" * 200, "priority": 9, "meetings": [{"weekday": 8}]},
            {"title", "priority", "meetings.0.weekday"},
        ),
        ({"campaign": "ours"}, {"campaign"}),
    ],
)
def test_a_draft_is_told_all_its_mistakes_at_once(
    api: Api, cast: Cast, address: str, shape: dict[str, Any], paths: set[str]
) -> None:
    answer = api(cast.carol).post(address, draft_body(cast, **MISTAKEN, **shape))

    found = set(answer.json()["errors"]) - {"meetings.0.starts", "meetings.0.ends"}
    assert (answer.status_code, found, Request.objects.count()) == (400, MISTAKES | paths, 1)


def test_a_draft_that_is_replaced_is_judged_likewise(api: Api, cast: Cast) -> None:
    drafted = api(cast.carol).post("/api/v1/requests", draft_body(cast)).json()
    body = {name: value for name, value in draft_body(cast, **MISTAKEN, priority=9).items() if name != "campaign"}

    answer = api(cast.carol).put(f"/api/v1/requests/{drafted['id']}", body)

    assert (answer.status_code, set(answer.json()["errors"])) == (400, MISTAKES | {"priority"})
    assert Request.objects.get(public_id=drafted["id"]).title == "New"


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"starts_on": "2026-12-01"}, ["starts_on"]),  # with the end that is stored
        ({"starts_on": "2027-01-05", "ends_on": "2027-01-01"}, ["ends_on"]),
        ({"starts_on": "soon", "time_zone": "Mars"}, ["starts_on", "time_zone"]),
        ({"contact": str(UNKNOWN_ID), "time_zone": "Mars"}, ["contact", "time_zone"]),
    ],
)
def test_an_amendment_is_blamed_for_what_it_changes(
    api: Api, cast: Cast, changes: dict[str, Any], paths: list[str]
) -> None:
    answer = api(cast.carol).patch(path(cast), changes)

    assert (answer.status_code, sorted(answer.json()["errors"])) == (400, paths)


@pytest.mark.parametrize("address", ["/api/v1/requests", "/api/v1/requests/supply-estimate"])
def test_a_start_from_which_the_playbook_counts_is_blamed_for_the_end(api: Api, cast: Cast, address: str) -> None:
    body = {"title": "Site", "playbook": "website", "campaign": str(cast.campaign.public_id)}

    answer = api(cast.carol).post(address, body | {"starts_on": "2024-01-01"})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["starts_on"])


def test_a_role_is_told_all_its_mistakes_at_once(api: Api, cast: Cast) -> None:
    role = {"name": "Front end", "skill": "juggling", "hours_per_week": 99, "languages": ["English"]}

    answer = api(cast.carol).post(f"{path(cast)}/roles", role)

    assert set(answer.json()["errors"]) == {"name", "skill", "hours_per_week", "languages.0"}
    answer = api(cast.carol).patch(
        role_path(cast), {"min_to_start": 9, "nice_to_have_skills": ["editing", "juggling"], "level": 9}
    )
    assert set(answer.json()["errors"]) == {"min_to_start", "nice_to_have_skills.1", "level"}


def test_an_emergency_whose_caller_has_left_is_listed_without_the_phone(api: Api, cast: Cast) -> None:
    """The rest of the list is there, too."""
    Request.objects.update(emergency=True, contact=None, channel="+1 503 555 0188")

    for reader in (cast.carol, cast.rita):
        listed = api(reader).get("/api/v1/requests")
        assert (listed.status_code, [row["channel"] for row in listed.json()["results"]]) == (200, [""])
