from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campaigns.draft_rules import RoleDraft
from core.models import User
from core.reference.skills import SKILLS
from matching.lifecycle.actions.review import approve_match
from matching.models import Match
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast, create_user, create_volunteer, publish_new_request

FRONT = RoleDraft(name="Front end", skill="front-end", hours_per_week=4)
Api = Callable[[User | None], APIClient]


@pytest.fixture
def proposal(cast: Cast, now: datetime) -> Match:
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    return Match.objects.get()


def test_strangers_are_told_to_sign_in(api: Api, db: None) -> None:
    for path in ("me", "me/profile", "me/matches", "campaigns", "requests", "playbooks", "matches", "runs"):
        answer = api(None).get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated"), path


def test_everybody_sees_the_skills(api: Api, db: None) -> None:
    skills = api(None).get("/api/v1/skills").json()["results"]

    assert {skill["code"]: skill["parent"] for skill in skills} == {
        entry.code: entry.parent or None for entry in SKILLS
    }
    assert len(skills) == len(SKILLS)


def test_only_reviewers_see_matches_and_runs(api: Api, cast: Cast, proposal: Match) -> None:
    for path in ("matches", f"matches/{proposal.public_id}", "runs", f"runs/{proposal.run.public_id}"):  # type: ignore[union-attr]
        assert api(cast.rita).get(f"/api/v1/{path}").status_code == 200, path
        for other in (cast.alice, cast.carol, cast.dave):
            assert api(other).get(f"/api/v1/{path}").status_code == 403, path


def test_somebody_elses_offer_looks_like_none(api: Api, cast: Cast, proposal: Match, now: datetime) -> None:
    approve_match(actor=cast.rita, match=proposal, at=now)

    foreign = api(cast.bob).get(f"/api/v1/me/matches/{proposal.public_id}")
    missing = api(cast.bob).get(f"/api/v1/me/matches/{uuid4()}")

    assert (foreign.status_code, foreign.content) == (404, missing.content)
    assert api(cast.alice).get(f"/api/v1/me/matches/{proposal.public_id}").status_code == 200


def test_a_volunteer_sees_this_of_an_offer_and_no_more(api: Api, cast: Cast, proposal: Match, now: datetime) -> None:
    approve_match(actor=cast.rita, match=proposal, at=now)

    [offer] = api(cast.alice).get("/api/v1/me/matches").json()["results"]

    assert set(offer) == {
        *(
            "id",
            "state",
            "version",
            "role",
            "skill",
            "hours_per_week",
            "tasks",
            "explanation",
            "answer_due_at",
            "available_actions",
            "request",
            "is_broadcast",
            "reason",
            "reason_label",
        ),
        *("seen_by_campaign", "kick_off", "my_contact", "contact_paused", "role_id"),
    }
    assert (offer["kick_off"], offer["my_contact"], offer["contact_paused"]) == (None, "alice@example.org", False)
    assert set(offer["request"]) == {
        *("title", "summary", "campaign", "candidate", "party", "contest", "starts_on", "ends_on", "time_zone"),
        *("meetings", "id", "campaign_id"),
    }
    assert offer["answer_due_at"] == "2026-03-04T14:00:00Z"


def test_a_lost_race_is_a_conflict_that_says_what_to_do(api: Api, cast: Cast, proposal: Match, now: datetime) -> None:
    path = f"/api/v1/matches/{proposal.public_id}"
    assert api(cast.rita).post(f"{path}/reject", {"reason": "fit"}).status_code == 200

    answer = api(cast.rita).post(f"{path}/approve", {})

    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")
    assert answer.json() == {
        "type": f"{settings.SITE_URL}/api/problems#wrong_state",
        "title": "Wrong state",
        "status": 409,
        "code": "wrong_state",
        "detail": "This is no longer possible: by now it says “Not this time”. Look again to see where it stands.",
        "request_id": answer["X-Request-Id"],
    }


def test_a_stale_version_is_refused(api: Api, cast: Cast, proposal: Match) -> None:
    answer = api(cast.rita).post(f"/api/v1/matches/{proposal.public_id}/approve", {"version": 99})

    assert (answer.status_code, answer.json()["code"]) == (412, "stale")


def test_an_unknown_reason_is_named(api: Api, cast: Cast, proposal: Match) -> None:
    answer = api(cast.rita).post(f"/api/v1/matches/{proposal.public_id}/reject", {"reason": "mood"})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["reason"])


def test_asking_for_a_run_answers_with_a_run_to_watch(api: Api, cast: Cast) -> None:
    answer = api(cast.rita).post("/api/v1/runs", {"dry_run": True})

    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    watched = api(cast.rita).get(f"/api/v1/runs/{answer.json()['id']}")
    assert watched.json()["dry_run"] is True


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_take_a_fixed_number_of_queries(api: Api, cast: Cast, now: datetime, people: int) -> None:
    for number in range(1, people):
        create_volunteer(create_user(f"extra{number}"), now)
        publish_new_request(
            cast.carol,
            cast.campaign,
            now,
            title=f"More {number}",
            roles=[RoleDraft(name="F", skill="front-end", hours_per_week=4)],
        )
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    for match in Match.objects.all():
        approve_match(actor=cast.rita, match=match, at=now)

    assert queries(api(cast.rita), "/api/v1/matches", people) == 6
    assert queries(api(cast.alice), "/api/v1/me/matches", 1) == 9
    assert queries(api(cast.rita), "/api/v1/requests", people) == 8
    assert queries(api(cast.carol), "/api/v1/campaigns", 1) == 1
    assert queries(api(cast.rita), "/api/v1/runs?state=done", 1) == 4


def queries(client: APIClient, path: str, rows: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    assert len(answer.json()["results"]) == rows
    return len(captured)
