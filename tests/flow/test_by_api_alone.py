"""Everything that people do here, by the API and by letters alone, wrong turns included.

Nobody looks into the database: the first reviewer is made at the command line, as an organisation does it, and whoever
signs in for the first time shows that the address is theirs.
"""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from tests.flow.api_user import PASSWORD, ApiUser, wait_for_result

NOBODYS = "00000000-0000-4000-8000-000000000000"
EVENINGS = [{"weekday": day, "starts": "18:00", "ends": "22:00"} for day in range(5)]


class Story:
    """Who takes part, and what has come of it so far."""

    def __init__(self, address: str, mail: Path) -> None:
        self.address, self.mail = address, mail
        self.today = date.today()  # noqa: DTZ011 - what the server's clock says

    def somebody(self) -> ApiUser:
        return ApiUser(self.address, self.mail)


@pytest.fixture
def story(live_server: LiveServer, worker: None, mail: Path) -> Story:
    return Story(live_server.url, mail)


def refused(answer: Any) -> tuple[int, str]:
    """What kind of no it was; every one is a problem."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


def raise_hand(story: Story, name: str, skill: str, level: int) -> ApiUser:
    """Signs up, looks for the skill, and says what there is to say."""
    who = story.somebody()
    skills = who.get(f"/skills?search={skill.replace('-', ' ')}")["results"]
    assert skill in [one["code"] for one in skills]
    assert refused(who.send_raw("get", "/me")) == (401, "not_authenticated")
    who.sign_up(f"{name.lower()}@example.org")
    assert who.get("/me")["is_reviewer"] is False
    assert refused(who.send_raw("get", "/me/profile")) == (404, "not_found")
    said: dict[str, Any] = {
        "first_name": name,
        "adult": True,
        "max_hours_per_week": 5,
        "time_zone": "America/New_York",
        "claims": [{"skill": skill, "level": level}],
        "windows": EVENINGS,
        "time_off": [{"starts_on": str(story.today), "ends_on": str(story.today + timedelta(days=2))}],
    }
    assert who.send("put", "/me/profile", 400, **said | {"adult": False})["errors"].keys() == {"adult"}
    wrong = who.send("put", "/me/profile", 400, **said | {"claims": [{"skill": skill, "level": 9}]})
    assert wrong["errors"].keys() == {"claims.0.level"}
    made = who.send("put", "/me/profile", 200, **said)
    assert (made["state"], len(made["windows"])) == ("active", 5)
    changed = who.send_raw("put", "/me/profile", said | {"max_hours_per_week": 6}, If_Match=f'"{made["version"]}"')
    assert (changed.status_code, changed.json()["max_hours_per_week"]) == (200, 6)
    assert refused(who.send_raw("put", "/me/profile", said, If_Match=f'"{made["version"]}"')) == (412, "stale")
    assert who.get("/me/matches")["results"] == []
    return who


def register(story: Story) -> tuple[ApiUser, dict[str, Any]]:
    """Carol registers a campaign, twice by mistake."""
    manager = story.somebody().sign_up("carol@example.org")
    said = {
        "name": "Doe for Senate",
        "candidate": "Kim Doe",
        "office": "State Senate",
        "level": "state",
        "district": "5",
        "jurisdiction": "US-WA",
        "election_on": str(story.today + timedelta(weeks=20)),
    }
    first, again = (manager.send_raw("post", "/campaigns", said, Idempotency_Key="register") for _ in range(2))
    assert (first.status_code, again.json(), again.headers["Idempotent-Replayed"]) == (201, first.json(), "true")
    other = manager.send_raw("post", "/campaigns", said | {"name": "Roe"}, Idempotency_Key="register")
    assert refused(other) == (422, "key_reused")
    return manager, manager.get("/campaigns")["results"][0]


def invite(story: Story, manager: ApiUser, campaign: dict[str, Any]) -> ApiUser:
    """Sam is invited by mail, and comes."""
    endpoint = f"/campaigns/{campaign['id']}/invitations"
    manager.send("post", endpoint, 201, email="sam@example.org", position="staff")
    staff = story.somebody().sign_up("sam@example.org")
    assert staff.get("/campaigns")["results"] == []
    letter = wait_for_result(lambda: [text for text in staff.letters("sam@example.org") if "/join/" in text])[0]
    [token] = set(re.findall(r"/join/([^/\s]+)/", letter))
    assert staff.send("post", "/member-invitations/accept", 200, token=token)["position"] == "staff"
    assert refused(staff.send_raw("post", "/member-invitations/accept", {"token": token}))[0] in (404, 409)
    assert [one["id"] for one in staff.get("/campaigns")["results"]] == [campaign["id"]]
    assert refused(staff.send_raw("get", endpoint))[0] == 403
    assert refused(manager.send_raw("post", f"/campaigns/{campaign['id']}/leave"))[0] == 409
    return staff


def draft(story: Story, manager: ApiUser, campaign: dict[str, Any]) -> dict[str, Any]:
    """A project out of a playbook, amended before it is published."""
    [playbook] = [one for one in manager.get("/playbooks")["results"] if one["code"] == "email"]
    said = {
        "campaign": campaign["id"],
        "title": "Letters",
        "summary": "A welcome series.",
        "brief": "Confidential.",
        "playbook": playbook["code"],
        "starts_on": str(story.today + timedelta(days=7)),
        "ends_on": str(story.today + timedelta(days=48)),
    }
    assert manager.send("post", "/requests", 400, **said | {"colour": "red"})["errors"].keys() == {"colour"}
    figure = refused(manager.send_raw("post", "/requests/supply-estimate", said))
    assert figure[0] in (403, 409)  # none before the campaign is verified
    made = manager.send_raw("post", "/requests", said)
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    asked: dict[str, Any] = made.json()
    assert [role["name"] for role in asked["roles"]] == [role["name"] for role in playbook["roles"]]
    path, tag = f"/requests/{asked['id']}", made.headers["ETag"]
    amended = manager.send_raw("patch", path, {"priority": 4}, If_Match=tag)
    assert (amended.status_code, amended.json()["priority"]) == (200, 4)
    assert refused(manager.send_raw("patch", path, {"priority": 5}, If_Match=tag)) == (412, "stale")
    assert manager.send("post", f"{path}/publish", 400)["errors"].keys() == {"accepts_code_of_conduct"}
    assert manager.send("post", f"{path}/publish", 200, accepts_code_of_conduct=True)["state"] == "published"
    return asked


def match(story: Story, reviewer: ApiUser, campaign: dict[str, Any], members: list[ApiUser]) -> list[dict[str, Any]]:
    """The campaign is verified, a run is asked for and watched to its end; what it proposes, and why."""
    assert refused(reviewer.send_raw("get", "/runs")) == (403, "second_factor_needed")
    reviewer.set_up_totp()
    assert reviewer.get("/me")["is_reviewer"] is True
    assert reviewer.send("post", f"/campaigns/{campaign['id']}/verify", 200, reason="By phone.")["state"] == "verified"
    assert refused(reviewer.send_raw("post", f"/campaigns/{campaign['id']}/verify")) == (409, "wrong_state")
    for member in members:  # from now on they see others
        assert refused(member.send_raw("get", "/campaigns")) == (403, "second_factor_needed")
        member.set_up_totp()
        assert [one["state"] for one in member.get("/campaigns")["results"]] == ["verified"]
    asked = reviewer.send_raw("post", "/runs")
    assert asked.status_code == 202
    watched = asked.headers["Location"].removeprefix(reviewer.api)
    done = wait_for_result(lambda: (run := reviewer.get(watched))["state"] in ("done", "failed") and run)
    assert (done["state"], done["error"], done["seat_count"], done["filled_count"]) == ("done", "", 4, 2)
    assert reviewer.get(f"{watched}/scarce-skills")["results"][0]["skill"] == "email-marketing"
    found: list[dict[str, Any]] = reviewer.get("/matches?state=proposed&ordering=-score")["results"]
    return found


def test_a_project_from_its_first_word_to_its_last(story: Story) -> None:
    alice = raise_hand(story, "Alice", "email-marketing", 4)
    bob = raise_hand(story, "Bob", "data-analysis", 3)
    manager, campaign = register(story)
    staff = invite(story, manager, campaign)
    asked = draft(story, manager, campaign)
    call_command("createsuperuser", interactive=False, email="rita@example.org", verbosity=0)
    reviewer = story.somebody().sign_in_first_time("rita@example.org")
    proposals = {one["name"].split()[0]: one for one in match(story, reviewer, campaign, [manager, staff])}
    assert sorted(proposals) == ["Alice", "Bob"]
    bands = manager.send("post", f"/requests/{asked['id']}/supply-estimate", 200)["roles"]
    assert [role["people_fitting"] for role in bands] == ["under 5"] * 3  # which does not tell whether there is anybody

    # Reviewed: nobody is asked before, and whoever decides on what is stale decides nothing.
    assert [who.get("/me/matches")["results"] for who in (alice, bob)] == [[], []]
    endpoint = f"/matches/{proposals['Alice']['id']}"
    assert "Bob" not in [one["name"] for one in reviewer.get(f"{endpoint}/alternates")["results"]]  # who cannot do it
    stale = reviewer.send_raw("post", f"{endpoint}/approve", {"version": proposals["Alice"]["version"] + 1})
    assert refused(stale) == (412, "stale")
    for one in proposals.values():
        reviewer.send("post", f"/matches/{one['id']}/approve", 200, version=one["version"])
    assert refused(staff.send_raw("get", f"{endpoint}")) == (403, "permission_denied")

    # Offered and answered.
    [offer], [other] = alice.get("/me/matches")["results"], bob.get("/me/matches")["results"]
    assert (offer["state"], offer["request"]["candidate"]) == ("offered", "Kim Doe")
    assert refused(bob.send_raw("post", f"/me/matches/{offer['id']}/accept", {"accepts_code_of_conduct": True})) == (
        404,
        "not_found",
    )
    [asked_of] = [one for one in staff.get("/placements")["results"] if one["id"] == offer["id"]]
    assert sorted(asked_of["volunteer"]) == ["skills"]
    assert (
        bob.send("post", f"/me/matches/{other['id']}/decline", 200, reason="time", max_hours_per_week=2)["state"]
        == "declined"
    )
    never = bob.send("post", "/me/vetoes", 201, match=other["id"])
    assert [one["id"] for one in bob.get("/me/vetoes")["results"]] == [never["id"]]
    mine = f"/me/matches/{offer['id']}"
    alice.send("post", f"{mine}/accept", 200, accepts_code_of_conduct=True, note="I have done two of these.")
    assert refused(alice.send_raw("post", f"{mine}/decline")) == (409, "wrong_state")

    # Confirmed, and worked.
    ours = f"/placements/{offer['id']}"
    assert (staff.get(f"{ours}")["volunteer"]["first_name"], staff.get(f"{ours}")["contact"]) == ("Alice", "")
    staff.send("post", f"{ours}/messages", 201, text="Lovely. Shall we begin?")
    assert alice.get(f"{mine}/messages")["results"][0]["text"] == "Lovely. Shall we begin?"
    assert manager.send("post", f"{ours}/confirm", 200)["contact"] == "alice@example.org"
    team = alice.get(f"/requests/{asked['id']}/team")
    assert [mate["first_name"] for mate in team["members"]] == ["Alice"]
    assert refused(bob.send_raw("get", f"/requests/{asked['id']}/team")) == (404, "not_found")
    foreign, missing = (
        bob.send_raw("get", f"/requests/{one}", X_Request_Id="0" * 32) for one in (asked["id"], NOBODYS)
    )
    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
    alice.send("post", f"{mine}/checklists", 200, stage="kickoff", item_code="employer")

    # Handed over, and done with.
    assert manager.send("post", f"{ours}/finish", 200)["state"] == "closing"
    alice.send("post", f"{mine}/checklists", 200, stage="closing", item_code="handed_back")
    assert manager.send("post", f"{ours}/complete", 200)["state"] == "completed"
    told = [notice["kind"] for notice in alice.get("/me/notices")["results"]]
    assert "work-started" in told
    assert alice.send("post", "/me/notices/mark-read", 200)["read_count"] >= len(told)
    assert alice.get("/me/notices?is_unread=true")["results"] == []

    # A pause, everything that is held, and good-bye.
    assert bob.send("post", "/me/availability/pause", 200, is_paused=True)["state"] == "paused"
    assert "Alice" in str(alice.get("/me/personal-data"))
    assert alice.send("post", "/me/leave", 200)["state"] == "left"
    staff.send("post", f"/campaigns/{campaign['id']}/leave", 204)
    assert staff.get("/campaigns")["results"] == []


@pytest.fixture(autouse=True)
def _password_of_the_first_reviewer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
