"""Three journeys by the API, each with the number of calls that a frontend needs. The page for frontends lists them.

What others do in between happens by actions and is not counted. A 304 is not counted either. Left out, because their
operations are not built yet: "what fits me today, and why not yet" of the volunteer, and "why is this seat empty" of
the reviewer. With them the journeys have 18, 18 and 12 calls, which is the most that they may have. A reviewer's
decisions are one call each on top.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from campaigns.actions.registration import register_campaign
from campaigns.models import Campaign
from core.models import User
from matching.lifecycle.actions.person_actions import PERSON_ACTIONS
from matching.models import Match, Policy
from matching.rules.transitions import ActorKind
from tests.ballots import import_ballot
from tests.cast import (
    FRONT_END_ROLE,
    build_candidacy,
    create_user,
    create_volunteer,
    current_totp_code,
    ensure_totp,
    publish_new_request,
    verify_by_phone,
)
from tests.docs.frontend_page import list_journey_calls
from tests.flow.api_user import PASSWORD
from tests.flow.journey_user import JourneyUser
from tests.run_execution import execute_full_run, execute_queued_runs

EVENING = {"weekday": 1, "starts": "18:00", "ends": "22:00"}


@pytest.fixture
def site(live_server: LiveServer, mail: Path, settings: Any) -> Callable[[], JourneyUser]:
    """Return a function that makes a frontend which has made no call yet."""
    settings.SITE_URL = live_server.url
    return lambda: JourneyUser(live_server.url, mail)


def act(kind: ActorKind, name: str, *, actor: User, match: Match, **inputs: Any) -> Match:
    """What another person does to a match."""
    return PERSON_ACTIONS[kind, name].perform(actor=actor, match=match, at=timezone.now(), **inputs)


def find_row(rows: list[dict[str, Any]], **values: Any) -> dict[str, Any]:
    """The one row with these values, as a person finds it in a list."""
    [row] = [row for row in rows if values.items() <= row.items()]
    return row


def open_campaign(manager: User, name: str) -> Campaign:
    at = timezone.now()
    return register_campaign(actor=manager, candidacy=build_candidacy(name, at), name=f"{name} for Senate", at=at)


def test_an_id_or_a_code_that_no_answer_held_is_a_guess(tmp_path: Path) -> None:
    user = JourneyUser("http://nowhere.invalid", tmp_path)

    with pytest.raises(AssertionError, match="no answer has said"):
        user.get("/requests/00000000-0000-4000-8000-000000000000/team")
    with pytest.raises(AssertionError, match="front-end"):
        user.send_raw("put", "/me/profile", {"claims": [{"skill": "front-end", "level": 4}]})


def test_a_volunteer_needs_17_calls_from_sign_up_to_erasure(site: Callable[[], JourneyUser]) -> None:
    rita, carol = create_user("rita", reviewer=True), create_user("carol")
    campaign = verify_by_phone(actor=rita, campaign=open_campaign(carol, "Kim Doe"), at=timezone.now())
    publish_new_request(carol, campaign, timezone.now(), roles=[FRONT_END_ROLE])
    alice = site()

    alice.sign_up("alice@example.org")
    assert alice.get("/me")["profile"] is None
    vocabulary = alice.get("/vocabulary")
    skill = next(row["code"] for row in vocabulary["skills"] if "React" in row["aliases"])
    zone = next(row["code"] for row in vocabulary["time_zones"] if "New York" in row["name"])
    profile = alice.send(
        "put",
        "/me/profile",
        200,
        first_name="Alice",
        adult=True,
        max_hours_per_week=5,
        time_zone=zone,
        claims=[{"skill": skill, "level": 4}],
        windows=[EVENING],
    )
    assert profile["state"] == "active"

    execute_full_run(timezone.now())
    act(ActorKind.REVIEWER, "approve", actor=rita, match=Match.objects.get())

    [offer] = alice.get("/me/matches")["results"]
    assert offer["available_actions"] == ["accept", "decline"]
    mine = f"/me/matches/{offer['id']}"
    alice.send("post", f"{mine}/accept", 200, accepts_code_of_conduct=True, note="Two of these done.")

    act(ActorKind.CAMPAIGN, "confirm", actor=carol, match=Match.objects.get())

    kick_off = alice.get(mine)["kick_off"]
    assert kick_off["owner"] == "carol@example.org"
    team = alice.get(f"/requests/{offer['request']['id']}/team")
    assert [member["first_name"] for member in team["members"]] == ["Alice"]
    alice.send("post", f"{mine}/messages", 201, text="Shall we begin?")
    line = find_row(kick_off["checklists"], stage="kickoff", side="volunteer", ticked_at=None)
    lines = alice.send("post", f"{mine}/checklists", 200, stage=line["stage"], item_code=line["item_code"])["results"]
    assert find_row(lines, item_code=line["item_code"])["ticked_at"]
    feed = alice.send("post", "/me/calendar-feed", 201)["address"]
    assert "BEGIN:VEVENT" in alice.read_address(feed)

    assert "Shall we begin?" in str(alice.get("/me/personal-data"))
    assert alice.send("post", "/me/availability/pause", 200, is_paused=True)["state"] == "paused"
    assert alice.send("post", "/me/leave", 200)["state"] == "left"
    alice.send("post", "/me/erasure", 204, understands_consequences=True, password=PASSWORD)

    assert len(alice.calls) == 17
    # The guide lists what else a volunteer may do, too.
    assert alice.calls == [call for call in list_journey_calls("The volunteer") if call in alice.calls]
    assert not User.objects.filter(email="alice@example.org").exists()


def test_a_manager_needs_18_calls_from_sign_up_to_the_thanks(site: Callable[[], JourneyUser]) -> None:
    rita, bob = create_user("rita", reviewer=True), create_user("bob")
    create_volunteer(bob, timezone.now(), claims=[("data-analysis", 3, True)])
    import_ballot(timezone.now(), {}, {"district": "13"})
    carol = site()

    carol.sign_up("carol@example.org")
    assert carol.get("/me")["memberships"] == []
    vocabulary = carol.get("/vocabulary")
    [contest] = carol.get("/contests?search=State House 12")["results"]
    ballot_keys = ("jurisdiction", "level", "office", "district", "special", "primary_on", "election_on")
    race = {key: contest[key] for key in ballot_keys}
    campaign = carol.send("post", "/campaigns", 201, name="Doe for House", candidate="Kim Doe", **race)
    carol.set_up_totp()

    verify_by_phone(actor=rita, campaign=Campaign.objects.get(name="Doe for House"), at=timezone.now())

    today = timezone.now().date()
    plan = {
        "campaign": campaign["id"],
        "title": "Letters",
        "playbook": find_row(vocabulary["playbooks"], name="Email program")["code"],
        "starts_on": str(today + timedelta(days=7)),
    }
    estimate = carol.send("post", "/requests/supply-estimate", 200, **plan)
    assert [role["name"] for role in estimate["roles"]] == ["Lead", "Email marketer", "Analyst"]
    draft = carol.send("post", "/requests", 201, **plan, summary="A welcome series.", brief="Confidential.")
    analyst = find_row(draft["roles"], name="Analyst")
    amended = carol.send("patch", f"/roles/{analyst['id']}", 200, hours_per_week=2, version=draft["version"])
    assert find_row(amended["roles"], name="Analyst")["hours_per_week"] == 2
    carol.send("post", f"/requests/{draft['id']}/publish", 200, accepts_code_of_conduct=True)

    execute_full_run(timezone.now())
    offered = act(ActorKind.REVIEWER, "approve", actor=rita, match=Match.objects.get())
    act(ActorKind.VOLUNTEER, "accept", actor=bob, match=offered)

    [request] = carol.get("/requests?state=published")["results"]
    assert (request["filled_count"], request["empty_count"]) == (1, 3)
    [placement] = carol.get("/placements?state=accepted")["results"]
    assert (placement["volunteer"]["first_name"], placement["available_actions"]) == ("Bob", ["confirm", "refuse"])
    ours = f"/placements/{placement['id']}"
    carol.send("post", f"{ours}/messages", 201, text="Welcome. Shall we begin?")
    confirmed = carol.send("post", f"{ours}/confirm", 200, version=placement["version"])
    assert confirmed["contact"] == "bob@example.org"
    assert carol.send("post", f"{ours}/finish", 200)["available_actions"] == ["complete"]
    assert carol.send("post", f"{ours}/complete", 200)["state"] == "completed"

    assert len(carol.calls) == 18
    assert carol.calls == list_journey_calls("The manager")


def test_a_reviewer_needs_11_calls_and_one_a_decision(site: Callable[[], JourneyUser]) -> None:
    carol, account = create_user("carol"), create_user("rita", reviewer=True)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    ensure_totp(account)
    campaign = open_campaign(carol, "Kim Doe")
    roles = [FRONT_END_ROLE, replace(FRONT_END_ROLE, name="Copywriter", skill="copywriting", seat_count=2)]
    publish_new_request(carol, campaign, timezone.now(), roles=roles, staffing="rolling")
    create_volunteer(create_user("alice"), timezone.now())
    create_volunteer(create_user("bob"), timezone.now(), claims=[("copywriting", 4, True)])
    create_volunteer(create_user("dave"), timezone.now(), claims=[("front-end", 3, True)])
    rita = site()

    challenge = rita.start_sign_in("rita@example.org")
    assert find_row(challenge["data"]["flows"], id="mfa_authenticate")["is_pending"]
    rita.use_second_factor(current_totp_code())
    waiting = rita.get("/me")["waiting"]
    assert (waiting["verifications"]["count"], waiting["proposals"]["count"]) == (1, 0)
    [to_verify] = rita.get("/campaigns?state=unverified")["results"]
    assert rita.send("post", f"/campaigns/{to_verify['id']}/verify", 200, reason="By phone.")["state"] == "verified"
    run = f"/runs/{rita.send('post', '/runs', 202)['id']}"

    execute_queued_runs(timezone.now())

    watched = rita.send_raw("get", run)
    assert watched.json()["state"] == "done"
    assert rita.send_raw("get", run, If_None_Match=watched.headers["ETag"]).status_code == 304
    team = rita.get("/matches?state=proposed")["results"]
    assert {match["role"] for match in team} == {"Front end", "Copywriter"}
    front_end, copy = (find_row(team, role=role) for role in ("Front end", "Copywriter"))
    assert front_end["score"] == sum(front_end["score_parts"].values())
    assert front_end["explanation"]
    why_not = rita.get(f"{run}/why-not?volunteer={front_end['volunteer']}&role={copy['role_id']}")
    assert why_not["failed_rules"] == ["skill"]
    [alternate] = rita.get(f"/matches/{front_end['id']}/alternates")["results"]
    assert alternate["name"] == "Dave"
    assert rita.get(f"{run}/scarce-skills")["results"][0]["skill"] == "copywriting"

    assert len(rita.calls) == 11
    Policy.objects.update(undo_minutes=10)
    approved = rita.send("post", f"/matches/{front_end['id']}/approve", 200, version=front_end["version"])
    rita.send("post", f"/matches/{front_end['id']}/undo", 200, version=approved["version"])
    assert rita.calls == list_journey_calls("The reviewer")
