"""What each login of the demo has, stage by stage, when it is started on a Sunday night."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from rest_framework.test import APIClient

from campaigns.models import Campaign, CandidateLink, Request
from core.models import FactorRecovery, Notice, User
from demo.logins import (
    CALLED_OFF_EMAIL,
    EXPIRED_EMAIL,
    FURTHER_LOGIN_EMAILS,
    KATHMANDU_EMAIL,
    LONG_NAME_EMAIL,
    LONG_THREAD_EMAIL,
    MANAGER_EMAIL,
    NEWCOMER_EMAIL,
    PAUSED_EMAIL,
    REVIEWER_EMAIL,
    STAFF_EMAIL,
    VOLUNTEER_EMAIL,
    WAITING_EMAIL,
)
from demo.seed.database import refuse_foreign_rows
from demo.seed.seeding import seed_database
from demo.seed.world import WorldSize
from demo.story.playing import play_story
from matching.lifecycle.actions.clocks import process_due_matches, send_due_reminders
from matching.lifecycle.actions.interests import end_settled_interests
from matching.lifecycle.queries.deadlines import answer_deadline
from matching.models import Interest, Match, Message, ProblemReport, Run
from matching.open_roles.queries.interests import list_recent_interests
from matching.rules.interest_ends import InterestEnd
from tests.cast import authenticate_client
from tests.run_execution import execute_full_run
from volunteers.models import TimeOff, Volunteer

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 29, 8, 30, tzinfo=UTC)  # a Sunday, half past three at night in New York
SMALL = WorldSize(volunteers=40, campaigns=12, requests=12)

MATCHES = {
    VOLUNTEER_EMAIL: {"offered": 1, "active": 1, "completed": 1},
    NEWCOMER_EMAIL: {},
    PAUSED_EMAIL: {},
    EXPIRED_EMAIL: {"expired": 1},
    CALLED_OFF_EMAIL: {"superseded": 1},
    WAITING_EMAIL: {"accepted": 1},
    KATHMANDU_EMAIL: {"offered": 1},
    LONG_NAME_EMAIL: {"active": 1},
    LONG_THREAD_EMAIL: {"closing": 1},
}
"""What each volunteer sees among their matches, by state."""

OWN_REQUESTS = {
    "Figures by precinct": "draft",
    "Answer voters by text": "published",
    "A welcome series by email": "published",
    "A website for the town halls": "published",
    "Leaflets for the county fair": "published",
    "One clean list of supporters": "published",
    "Short films for the launch": "cancelled",
    "Small jobs between the debates": "published",
}
INTERESTS = {
    (VOLUNTEER_EMAIL, "Designer"): "not_this_time",
    (VOLUNTEER_EMAIL, "Sticker designer"): "",
    (NEWCOMER_EMAIL, "Email marketer"): "",
    (WAITING_EMAIL, "Copywriter"): "offered",
    (LONG_NAME_EMAIL, "Designer"): "filled",
    (CALLED_OFF_EMAIL, "Photographer"): "closed",
    (EXPIRED_EMAIL, "Search helper"): "not_this_time",
    (KATHMANDU_EMAIL, "Accessibility tester"): "withdrawn",
    (PAUSED_EMAIL, "Analyst"): "",
}
"""How each interest has ended; one without an end waits for its answer."""
PLACEMENTS = {
    ("A website for the town halls", "active"): 2,
    ("A website for the town halls", "accepted"): 1,
    ("A website for the town halls", "offered"): 1,
    ("One clean list of supporters", "closing"): 1,
    ("Leaflets for the county fair", "completed"): 1,
}
"""The people of the manager's campaign that the story brings, by request and stage."""


def read(email: str, path: str) -> Any:
    client = APIClient()
    authenticate_client(client, User.objects.get(email=email))
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return response.json()


def read_list(email: str, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read(email, f"{path}?page_size=100")["results"]
    return rows


@pytest.fixture
def _world() -> Any:
    with time_machine.travel(NOW, tick=False):
        seed_database(seed=7, today=NOW.date(), size=SMALL)
        play_story(at=NOW)
        yield


@pytest.mark.usefixtures("_world")
def test_each_login_lands_on_a_desk_with_something_to_do() -> None:
    check_nothing_is_due_or_in_the_future()
    check_volunteers()
    check_interests()
    check_manager()
    execute_full_run(NOW)
    check_reviewer()
    check_newcomer()
    refuse_foreign_rows()


def check_nothing_is_due_or_in_the_future() -> None:
    assert (process_due_matches(at=NOW), send_due_reminders(at=NOW)) == (0, 0)
    assert not Run.objects.exists()
    assert not Notice.objects.filter(created_at__gt=NOW).exists()
    assert not Notice.objects.filter(failed_at__isnull=False).exists()
    assert not Match.objects.filter(state_changed_at__gt=NOW).exists()
    assert not Message.objects.filter(written_at__gt=NOW).exists()
    for match in Match.objects.filter(state__in=("offered", "accepted")):
        assert match.due_at is not None
        assert match.due_at - NOW >= timedelta(hours=24)
        assert answer_deadline(match, at=NOW) == match.due_at
        zone = match.volunteer.time_zone if match.state == "offered" else match.request.time_zone
        assert 9 <= match.due_at.astimezone(ZoneInfo(zone)).hour < 21


def check_volunteers() -> None:
    found = {email: Counter(row["state"] for row in read_list(email, "me/matches")) for email in MATCHES}
    assert found == MATCHES
    me = read(VOLUNTEER_EMAIL, "me")
    assert me["waiting"]["offers"]["count"] == 1
    assert me["waiting"]["unread_notices"]["count"] >= 3
    assert me["profile"]["answer_due_at"] > NOW.isoformat()
    assert me["profile"]["availability_confirmed_at"].startswith("2026-11-0")
    assert TimeOff.objects.filter(volunteer__user__email=VOLUNTEER_EMAIL).count() == 1
    rows = {row["state"]: row for row in read_list(VOLUNTEER_EMAIL, "me/matches")}
    assert rows["offered"]["answer_due_at"] > (NOW + timedelta(hours=38)).isoformat()
    assert done_lines(rows["active"]) == {"scope", "owner", "employer"}
    thanks = read(VOLUNTEER_EMAIL, f"me/matches/{rows['completed']['id']}/messages")["results"][0]
    assert (thanks["side"], thanks["text"].split("!")[0]) == ("campaign", "Thank you")
    sides = [
        message["side"] for message in read(VOLUNTEER_EMAIL, f"me/matches/{rows['active']['id']}/messages")["results"]
    ]
    assert (set(sides), sides[:2]) == ({"volunteer", "campaign"}, ["campaign", "campaign"])
    states = Match.objects.filter(request__title=rows["active"]["request"]["title"]).values_list("state", flat=True)
    assert set(states) == {"active", "accepted", "offered", "expired"}
    assert read(PAUSED_EMAIL, "me")["profile"]["state"] == "paused"
    assert len(Volunteer.objects.get(user__email=LONG_NAME_EMAIL).first_name) == 80
    thread = read_list(LONG_THREAD_EMAIL, "me/matches")[0]
    assert done_lines(thread, "closing") == {"deliverables", "revoked"}
    assert len(read(LONG_THREAD_EMAIL, f"me/matches/{thread['id']}/messages?page_size=200")["results"]) == 40


def check_interests() -> None:
    """Each end has one who met it, and what is open is promised and not late."""
    rows = Interest.objects.values_list("volunteer__user__email", "role__name", "end_reason")
    assert {(email, role): end for email, role, end in rows} == INTERESTS
    assert set(INTERESTS.values()) == {"", *InterestEnd.values} - {InterestEnd.UNAVAILABLE}
    waiting = Interest.objects.filter(ended_at=None).exclude(volunteer__state="paused")
    assert all(row.answer_due_at > NOW for row in waiting)
    assert end_settled_interests(at=NOW) == 0
    desk = list_recent_interests(User.objects.get(email=VOLUNTEER_EMAIL), at=NOW)
    assert [row.interest_end for row in desk] == [None, "not_this_time"]


def done_lines(row: dict[str, Any], stage: str = "kickoff") -> set[str]:
    return {line["item_code"] for line in row["kick_off"]["checklists"] if line["ticked_at"] and line["stage"] == stage}


def check_manager() -> None:
    own = {row["title"]: row["state"] for row in read_list(MANAGER_EMAIL, "requests") if row["title"] in OWN_REQUESTS}
    assert own == OWN_REQUESTS
    me = read(MANAGER_EMAIL, "me")
    assert me["waiting"]["acceptances"] == {"count": 1, "overdue_count": 0}
    states = {row["campaign_state"]: row["answer_due_at"] for row in me["memberships"]}
    assert states.keys() == {"verified", "unverified"}
    assert states["unverified"] > NOW.isoformat()
    rows = read_list(MANAGER_EMAIL, "placements")
    assert Counter((row["title"], row["state"]) for row in rows if row["title"] in OWN_REQUESTS) == PLACEMENTS
    (waiting,) = [row for row in rows if row["state"] == "accepted"]
    assert waiting["answer_due_at"] > (NOW + timedelta(hours=24)).isoformat()
    (note,) = read(MANAGER_EMAIL, f"placements/{waiting['id']}/messages")["results"]
    assert note["side"] == "volunteer"
    campaign = Campaign.objects.get(members__user__email=MANAGER_EMAIL, state="verified")
    positions = campaign.members.order_by("position").values_list("position", flat=True)
    assert list(positions) == ["manager", "staff", "treasurer"]
    assert campaign.invitations.filter(used_at=None, revoked_at=None, expires_at__gt=NOW).count() == 1
    assert read(STAFF_EMAIL, "me")["waiting"]["acceptances"]["count"] == 1


def check_reviewer() -> None:
    waiting = read(REVIEWER_EMAIL, "me")["waiting"]
    assert waiting["proposals"]["count"] >= 5
    assert waiting["reports"] == {"count": 1, "overdue_count": 0}
    assert waiting["verifications"]["count"] >= 1
    assert waiting["candidate_stops"] == {"count": 1, "overdue_count": 0}
    links = CandidateLink.objects.filter(campaign__members__user__email=MANAGER_EMAIL, consented_at=None)
    assert links.get().campaign.state == "unverified"
    assert waiting["recoveries"] == {"count": 1, "overdue_count": 0}
    assert waiting["raised_hands"]["count"] >= 1
    assert waiting["raised_hands"]["overdue_count"] == 0
    in_review = {row["title"]: row["in_review_count"] for row in read_list(REVIEWER_EMAIL, "requests")}
    assert in_review["A welcome series by email"] >= 1
    assert in_review["Answer voters by text"] == 0
    assert ProblemReport.objects.get().reported_by == User.objects.get(email=LONG_NAME_EMAIL)
    assert FactorRecovery.objects.get().person.email not in FURTHER_LOGIN_EMAILS


def check_newcomer() -> None:
    """The run proposes something, which a newcomer does not see: the hand still waits for its answer."""
    me = read(NEWCOMER_EMAIL, "me")
    assert me["profile"]["answer_due_at"] > NOW.isoformat()
    assert read_list(NEWCOMER_EMAIL, "me/matches") == []
    assert Request.objects.filter(title="Answer voters by text", roles__seats__matches=None).exists()
