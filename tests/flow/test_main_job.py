"""The main job, end to end, through the API alone: from sign-up to the hand-over, with a real worker in between."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from pytest_django.live_server_helper import LiveServer

from core.models import User
from tests.flow.api_user import ApiUser, wait_for_result


def list_offer_letters(volunteer: ApiUser) -> list[str]:
    """Alice's letters that ask her for an answer; the first letter only thanks her."""
    letters = volunteer.letters("alice@example.org")
    return [text for text in letters if "answer" in text and "raising your hand" not in text]


def test_from_sign_up_to_the_hand_over(live_server: LiveServer, worker: None, mail: Path) -> None:
    today = date.today()  # noqa: DTZ011 - what the server's clock says
    User.objects.create_user("rita@example.org", "correct horse battery", is_staff=True)

    def caller() -> ApiUser:
        return ApiUser(live_server.url, mail)

    volunteer = caller().sign_up("alice@example.org")
    profile = volunteer.send(
        "put",
        "/me/profile",
        200,
        first_name="Alice",
        adult=True,
        max_hours_per_week=5,
        time_zone="America/New_York",
        claims=[{"skill": "ui-design", "level": 4}],
        presets=["evenings"],
    )
    assert (profile["state"], len(profile["windows"])) == ("active", 5)
    assert volunteer.get("/me/matches")["results"] == []

    manager = caller().sign_up("carol@example.org")
    campaign = manager.send(
        "post",
        "/campaigns",
        201,
        name="Doe for Senate",
        candidate="Kim Doe",
        office="State Senate",
        level="state",
        district="5",
        jurisdiction="US-WA",
        election_on=str(today + timedelta(weeks=20)),
    )
    assert [one["state"] for one in manager.get("/campaigns")["results"]] == ["unverified"]
    draft = manager.send(
        "post",
        "/requests",
        201,
        campaign=campaign["id"],
        title="A new look",
        summary="Screens for a small site.",
        brief="Confidential.",
        starts_on=str(today + timedelta(days=7)),
        ends_on=str(today + timedelta(days=48)),
        meetings=[{"weekday": 1, "starts": "19:00", "ends": "20:00"}],
        roles=[{"name": "Designer", "skill": "ui-design", "hours_per_week": 4}],
    )
    publish = f"/requests/{draft['id']}/publish"
    assert list(manager.send("post", publish, 400)["errors"]) == ["accepts_code_of_conduct"]
    assert manager.send("post", publish, 200, accepts_code_of_conduct=True)["state"] == "published"

    reviewer = caller().sign_in("rita@example.org", "correct horse battery") if verified("rita@example.org") else None
    assert reviewer is not None
    reviewer.set_up_totp().send("post", f"/campaigns/{campaign['id']}/verify", 200, reason="By phone.")
    # From now on she sees others.
    assert manager.send("get", "/campaigns", 403)["code"] == "second_factor_needed"
    manager.set_up_totp()
    run = reviewer.send("post", "/runs", 202)
    done = wait_for_result(lambda: finished(reviewer.get(f"/runs/{run['id']}")))
    assert (done["state"], done["error"], done["filled_count"], done["gap"]) == ("done", "", 1, 0.0)

    [proposal] = reviewer.get("/matches?state=proposed")["results"]
    assert proposal["score"] == sum(proposal["score_parts"].values())
    assert proposal["available_actions"] == ["approve", "reject", "broadcast"]
    assert volunteer.get("/me/matches")["results"] == []  # before an offer she sees nothing
    reviewer.send("post", f"/matches/{proposal['id']}/approve", 200, version=proposal["version"])

    letter = wait_for_result(lambda: list_offer_letters(volunteer))[0]
    assert [word for word in ("Doe", "Senate", "design", "look") if word in letter] == []

    [offer] = volunteer.get("/me/matches")["results"]
    assert (offer["state"], offer["available_actions"]) == ("offered", ["accept", "decline"])
    assert offer["request"]["candidate"] == "Kim Doe"
    assert "brief" not in offer["request"]
    assert offer["seen_by_campaign"]["first_name"] == "Alice"
    path = f"/me/matches/{offer['id']}"
    assert list(volunteer.send("post", f"{path}/accept", 400)["errors"]) == ["accepts_code_of_conduct"]
    accepted = volunteer.send(
        "post", f"{path}/accept", 200, accepts_code_of_conduct=True, note="I have done two of these."
    )
    assert (accepted["state"], accepted["available_actions"]) == ("accepted", ["withdraw"])
    assert volunteer.send("post", f"{path}/accept", 409)["code"] == "wrong_state"
    wait_for_result(lambda: [text for text in manager.letters("carol@example.org") if "said yes" in text])

    [placement] = manager.get("/placements")["results"]
    assert placement["volunteer"] == offer["seen_by_campaign"]
    assert (placement["contact"], placement["available_actions"]) == ("", ["confirm", "refuse"])
    place = f"/placements/{placement['id']}"
    assert [one["text"] for one in manager.get(f"{place}/messages")["results"]] == ["I have done two of these."]
    manager.send("post", f"{place}/messages", 201, text="Lovely. Shall we begin?")
    confirmed = manager.send("post", f"{place}/confirm", 200, version=placement["version"])
    assert (confirmed["state"], confirmed["contact"]) == ("active", "alice@example.org")
    assert manager.send("post", f"{place}/confirm", 409)["code"] == "wrong_state"

    begun = volunteer.get(f"{path}")
    assert (begun["state"], begun["kick_off"]["owner"]) == ("active", "carol@example.org")
    assert "Confidential." in begun["kick_off"]["scope"]
    volunteer.send("post", f"{path}/checklists", 200, stage="kickoff", item_code="employer")
    told = [text for text in volunteer.letters("alice@example.org") if "It begins" in text]
    assert told or wait_for_result(
        lambda: [text for text in volunteer.letters("alice@example.org") if "It begins" in text]
    )

    done = manager.send("post", f"{place}/finish", 200)
    assert (done["state"], done["available_actions"]) == ("closing", ["complete"])
    lines = volunteer.send("post", f"{path}/checklists", 200, stage="closing", item_code="handed_back")["results"]
    assert [line["item_code"] for line in lines if line["ticked_at"]] == ["employer", "handed_back"]
    assert manager.send("post", f"{place}/complete", 200)["state"] == "completed"
    assert volunteer.get(f"{path}")["kick_off"] is None
    assert "work-started" in {notice["kind"] for notice in volunteer.get("/me/notices")["results"]}


def finished(run: dict[str, Any]) -> dict[str, Any] | None:
    return run if run["state"] in ("done", "failed") else None


def verified(email: str) -> bool:
    """The reviewer's address was verified when the organisation took them on."""
    user = User.objects.get(email=email)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return True
