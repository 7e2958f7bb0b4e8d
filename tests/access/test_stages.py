"""What each side is told of the other, stage by stage: every key that has something in it, and no more."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from campaigns.models import Request
from core.models import Party, User
from matching.lifecycle.actions.messages import write_message
from matching.models import Match, Veto
from matching.rules.score_parts import PART_NAMES
from matching.rules.states import STATES_CONTACT_SHARED, STATES_MESSAGING_OPEN, MatchState
from tests.cast import Cast, authenticate_client, create_user, create_volunteer
from tests.match_factory import MAKER_BY_STATE, make_accepted_match
from volunteers.models import Vetting, Volunteer


def told(value: Any, before: str = "") -> Iterator[str]:
    """The paths of everything in an answer that is not empty; yes and no, and nought, are something."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from told(inner, f"{before}.{name}" if before else name)
    elif isinstance(value, list):
        for inner in value:
            yield from told(inner, f"{before}[]")
    elif value not in ("", None):
        yield before


def asked(user: User, address: str) -> set[str] | int:
    """What is told there, or the refusal. Of a list, what its rows tell."""
    client = APIClient()
    authenticate_client(client, user)
    answer = client.get(f"/api/v1/{address}")
    if answer.status_code != 200:
        return answer.status_code
    body = answer.json()
    rows = body["results"] if isinstance(body, dict) and "results" in body else body
    return set(told(rows))


def staged(cast: Cast, now: datetime, state: MatchState) -> Match:
    """The match at this stage; everything that could be told of either side is there."""
    Volunteer.objects.filter(user=cast.alice).update(contact="Signal: alice.07", last_name="Miller")
    mark: dict[str, Any] = {"area": "credentials", "method": "call", "reviewer": cast.rita, "created_at": now}
    Vetting.objects.create(volunteer=Volunteer.objects.get(user=cast.alice), valid_until=date(2027, 1, 1), **mark)
    cast.request.roles.update(vetted_for="credentials")
    User.objects.filter(pk=cast.carol.pk).update(first_name="Carol")
    cast.request.channel, cast.request.out_of_scope = "Signal group", "Ads"
    cast.request.save()
    cast.campaign.candidate.party = Party.objects.create(code="reform", name="Reform")
    cast.campaign.candidate.save()
    match = MAKER_BY_STATE[state](cast, now) if state in MAKER_BY_STATE else make_accepted_match(cast, now)
    if state not in MAKER_BY_STATE:
        Match.objects.filter(pk=match.pk).update(state=state, reason="other", note="A word.", due_at=None)
    if state in STATES_MESSAGING_OPEN:
        write_message(actor=cast.alice, match=match, text="Hello", at=now)
        write_message(actor=cast.carol, match=match, text="Welcome", at=now)
    for side in ("volunteer", "campaign"):
        Veto.objects.create(
            volunteer=match.volunteer, campaign=cast.campaign, side=side, created_at=now, reason="A reason."
        )
    return match


def those(prefix: str, names: str) -> set[str]:
    return {f"{prefix}{name}" for name in names.split()}


WINDOWS = "weekday starts ends"
PLACEMENT = those("", "id state version campaign_id request title role_id role seat_id hours_per_week contact_paused")
ASKED = those("volunteer.", "skills[].skill skills[].level")
PERSON = ASKED | those("volunteer.", "hours_in_common first_name vetted_until completed")
PLACEMENTS: dict[MatchState, set[str]] = {
    MatchState.OFFERED: PLACEMENT | ASKED,
    MatchState.ACCEPTED: PLACEMENT | PERSON | {"answer_due_at", "available_actions[]"},
    MatchState.ACTIVE: PLACEMENT | PERSON | {"contact", "available_actions[]"},
    MatchState.CLOSING: PLACEMENT | PERSON | {"contact", "available_actions[]"},
    MatchState.COMPLETED: PLACEMENT | PERSON,
}
"""What a campaign is told of somebody; at every other stage there is nobody."""

MATCH = those(
    "", "id state version role_id role skill hours_per_week explanation is_broadcast contact_paused my_contact"
) | those("seen_by_campaign.", "skills[].skill skills[].level hours_in_common first_name vetted_until completed")
REQUEST = those(
    "request.", "id title summary campaign_id campaign candidate party contest starts_on ends_on time_zone"
) | those("request.meetings[].", WINDOWS)
KICK_OFF = (
    those("kick_off.", "scope out_of_scope owner owner_first_name channel first_meeting")
    | those("kick_off.meetings[].", WINDOWS)
    | those("kick_off.checklists[].", "stage item_code side text")
)
MATCHES: dict[MatchState, set[str]] = {
    MatchState.OFFERED: MATCH | REQUEST | {"answer_due_at", "available_actions[]"},
    MatchState.ACCEPTED: MATCH | REQUEST | {"answer_due_at", "available_actions[]"},
    MatchState.ACTIVE: MATCH | REQUEST | KICK_OFF | {"available_actions[]"},
    MatchState.CLOSING: MATCH | REQUEST | KICK_OFF | {"available_actions[]"},
    MatchState.COMPLETED: MATCH | REQUEST,
    MatchState.DECLINED: MATCH | REQUEST | {"reason", "reason_label"},
    MatchState.REFUSED: MATCH | REQUEST,
    MatchState.EXPIRED: MATCH | REQUEST,
    MatchState.WITHDRAWN: MATCH | REQUEST | {"reason", "reason_label"},
    MatchState.RELEASED: MATCH | REQUEST,
    MatchState.SUPERSEDED: MATCH | REQUEST,
}
"""What a volunteer is told of a request; before an offer there is nothing."""

MATE = those("members[].", "role_id role level state is_me")
LACKING = those("missing[].", "role_id role accepted_count min_to_start")
COMMON = those("windows[].", WINDOWS)
TEAM: dict[MatchState, set[str]] = {
    MatchState.OFFERED: {"hours_in_common"} | MATE | COMMON,
    MatchState.ACCEPTED: {"hours_in_common"} | MATE | COMMON,
    MatchState.ACTIVE: {"hours_in_common"} | MATE | COMMON | those("members[].", "first_name contact"),
    MatchState.CLOSING: {"hours_in_common"} | MATE | those("members[].", "first_name contact"),
    MatchState.COMPLETED: {"hours_in_common"},
}
"""What is told of the team, as long as there is one; who is missing only where a team begins together.

A volunteer is told of it while they work.

The hours of one person who is only asked are for that person: a campaign is told nought and no windows.
"""

KNOWN = those("", "id campaign created_at reason")
NAMED = {MatchState.ACCEPTED, MatchState.ACTIVE, MatchState.CLOSING, MatchState.COMPLETED}
MET_ONCE = NAMED | {MatchState.REFUSED, MatchState.WITHDRAWN, MatchState.RELEASED}

MESSAGES = those("", "id side text written_at")
LINES = those("", "stage item_code side text")

STAGES = [state for state in MatchState if state != MatchState.APPROVED]
"""Between approval and offer there is no time; the walk of two worlds has somebody there."""


def rows(keys: set[str]) -> set[str]:
    return {f"[].{key}" for key in keys}


@pytest.mark.parametrize("state", STAGES)
def test_a_campaign_is_told_this_of_a_volunteer_and_no_more(cast: Cast, now: datetime, state: MatchState) -> None:
    match = staged(cast, now, state)
    seen, there = PLACEMENTS.get(state, set()), state in PLACEMENTS
    one = f"placements/{match.public_id}"

    assert asked(cast.carol, "placements") == rows(seen)
    assert asked(cast.carol, one) == (seen if there else 404)
    assert asked(cast.carol, f"{one}/checklists") == (rows(LINES) if there else 404)
    assert asked(cast.carol, f"{one}/messages") == (
        (rows(MESSAGES) if state in STATES_MESSAGING_OPEN else set()) if there else 404
    )
    windows = COMMON if state == MatchState.OFFERED else set()
    assert asked(cast.carol, f"requests/{match.request.public_id}/team") == (
        TEAM.get(state, {"hours_in_common"}) - windows
    )
    title = {"request", "title", "role_id", "role"} if state in MET_ONCE else set()
    name = {"first_name"} if state in NAMED else set()
    assert asked(cast.carol, "placement-vetoes") == rows(KNOWN | title | name)


def test_a_campaign_is_told_who_is_missing_in_a_team_that_begins_together(cast: Cast, now: datetime) -> None:
    match = staged(cast, now, MatchState.OFFERED)
    Request.objects.update(staffing="whole")

    assert asked(cast.carol, f"requests/{match.request.public_id}/team") == (
        (TEAM[MatchState.OFFERED] | LACKING) - COMMON
    )


@pytest.mark.parametrize("state", STAGES)
def test_a_volunteer_is_told_this_of_a_request_and_no_more(cast: Cast, now: datetime, state: MatchState) -> None:
    match = staged(cast, now, state)
    seen, there = MATCHES.get(state, set()), state in MATCHES
    one = f"me/matches/{match.public_id}"

    assert asked(cast.alice, "me/matches") == rows(seen)
    assert asked(cast.alice, one) == (seen if there else 404)
    assert asked(cast.alice, f"{one}/checklists") == (rows(LINES) if there else 404)
    author = {"author_first_name"} if state in STATES_CONTACT_SHARED else set()
    assert asked(cast.alice, f"{one}/messages") == (
        (rows(MESSAGES | author) if state in STATES_MESSAGING_OPEN else set()) if there else 404
    )
    assert asked(cast.alice, f"requests/{match.request.public_id}/team") == (
        TEAM[state] if state in STATES_CONTACT_SHARED else 404
    )
    assert asked(cast.alice, f"requests/{match.request.public_id}") == 404
    assert asked(cast.alice, "me/vetoes") == rows(KNOWN | {"campaign_id"} if there else KNOWN - {"campaign"})


@pytest.mark.parametrize("state", STAGES)
def test_an_opponent_and_a_stranger_are_told_nothing(cast: Cast, now: datetime, state: MatchState) -> None:
    match = staged(cast, now, state)

    for side, listed in (("placements", "placements"), ("me/matches", "me/matches")):
        assert asked(cast.dave, listed) == set()
        for part in ("", "/checklists", "/messages"):
            assert asked(cast.dave, f"{side}/{match.public_id}{part}") == 404
    assert asked(cast.dave, f"requests/{match.request.public_id}/team") == 404
    assert asked(cast.dave, "placement-vetoes") == asked(cast.dave, "me/vetoes") == set()


REVIEWED = those(
    "",
    "id state version run volunteer name seat_id role_id role skill request title campaign_id campaign score "
    "explanation is_broadcast proposed_at state_changed_at due_at",
) | {f"score_parts.{name}" for name in PART_NAMES}


def test_a_reviewer_is_told_this_of_a_pair(cast: Cast, now: datetime) -> None:
    match = staged(cast, now, MatchState.PROPOSED)
    other = create_volunteer(create_user("zoe"), now)
    told_of = {"volunteer", "name", *(f"score_parts.{name}" for name in PART_NAMES)}
    Vetting.objects.create(
        volunteer=other,
        valid_until=date(2027, 1, 1),
        area="credentials",
        method="call",
        reviewer=cast.rita,
        created_at=now,
    )

    assert asked(cast.rita, "matches") == rows(REVIEWED | {"available_actions[]"})
    assert asked(cast.rita, f"matches/{match.public_id}") == REVIEWED | {"available_actions[]"}
    assert asked(cast.rita, f"matches/{match.public_id}/alternates") == rows(told_of)
    assert asked(cast.rita, "vetoes") == rows(
        those("", "id volunteer name campaign campaign_name side reason created_at")
    )
    why_not = f"runs/{match.run.public_id if match.run else ''}/why-not"
    role = match.seat.role.public_id
    client = APIClient()
    authenticate_client(client, cast.rita)
    answer = client.get(f"/api/v1/{why_not}", {"volunteer": str(match.volunteer.public_id), "role": str(role)})
    assert set(answer.json()) == {"explanation", "failed_rules", "score", "seat_price", "score_loss"}
