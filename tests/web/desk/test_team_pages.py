"""The queue: one team is shown with what could be wrong, and decided about by forms that need no script."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from campaigns.models import Campaign, Member
from core.models import User
from matching.lifecycle.actions.review_claims import claim_team
from matching.models import Match, ReviewClaim
from matching.rules.reasons import RejectReason
from matching.rules.states import MatchState
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from tests.cast import Cast, create_user, create_volunteer
from tests.web.stored_rows import list_changed_tables, read_stored_rows

TEAMS = "/admin/desk/teams/"


@pytest.fixture
def ruth(cast: Cast) -> User:
    return create_user("ruth", reviewer=True)


def address_of(match: Match, act: str = "") -> str:
    return f"{TEAMS}{match.request.public_id}/{act}"


def seen(match: Match) -> str:
    return f"{match.public_id} {match.version}"


def state_of(match: Match) -> str:
    match.refresh_from_db()
    return match.state


def test_the_queue_opens_on_the_first_team_and_writes_nothing(reviewer_client: Client, proposal: Match) -> None:
    reviewer_client.get(TEAMS)
    before = read_stored_rows()

    page = reviewer_client.get(TEAMS)

    assert [lane.title for lane in page.context["lanes"]] == ["Nothing flagged"]
    team = page.context["team"]
    assert [(place.person, place.level_asked, place.level_held) for place in team.people] == [("Alice", 3, 4)]
    assert "Approve this 1 person" in page.content.decode()
    assert list_changed_tables(before) == set()


def test_a_team_is_approved_and_undone_before_its_offer_leaves(reviewer_client: Client, proposal: Match) -> None:
    answer = reviewer_client.post(address_of(proposal, "approve/"), {"match": seen(proposal)}, follow=True)

    assert state_of(proposal) == MatchState.APPROVED
    shown = answer.content.decode()
    assert "1 offer leaves Monday, 2 March, 12:10 pm, UTC. Until then it can be undone." in shown
    reviewer_client.post(address_of(proposal, "undo/"), {"match": seen(proposal)})
    assert state_of(proposal) == MatchState.PROPOSED


def test_a_warning_that_is_not_ticked_keeps_the_team(
    reviewer_client: Client, cast: Cast, proposal: Match, now: datetime
) -> None:
    Campaign.objects.update(verified_at=now)
    page = reviewer_client.get(TEAMS)
    (flag,) = page.context["team"].flags

    refused = reviewer_client.post(address_of(proposal, "approve/"), {"match": seen(proposal)}, follow=True)

    assert state_of(proposal) == MatchState.PROPOSED
    assert "Look at it again." in refused.content.decode()
    assert f'name="seen" value="{flag.code}" required' in page.content.decode()
    reviewer_client.post(address_of(proposal, "approve/"), {"match": seen(proposal), "seen": flag.code})
    assert state_of(proposal) == MatchState.APPROVED


@pytest.mark.parametrize(
    ("sent", "state"),
    [
        ({"reason": RejectReason.FIT, "note": "x" * MAX_NOTE_LENGTH}, MatchState.REJECTED),
        ({"reason": RejectReason.FIT, "note": "x" * (MAX_NOTE_LENGTH + 1)}, MatchState.PROPOSED),
        ({"reason": "none"}, MatchState.PROPOSED),
    ],
)
def test_a_team_is_rejected_with_a_reason(
    reviewer_client: Client, proposal: Match, sent: dict[str, str], state: MatchState
) -> None:
    page = reviewer_client.get(address_of(proposal, "reject/"))
    assert "Whom not to approve" in page.content.decode()

    reviewer_client.post(address_of(proposal, "reject/"), {"match": seen(proposal), **sent})

    assert state_of(proposal) == state


@pytest.mark.parametrize("value", ["", "nothing", "nothing 1", "{id} ²", "{id} 99999999999"])
def test_what_names_no_proposal_changes_nothing(reviewer_client: Client, proposal: Match, value: str) -> None:
    sent = value.format(id=proposal.public_id)

    answer = reviewer_client.post(address_of(proposal, "approve/"), {"match": sent})

    assert (answer.status_code, state_of(proposal)) == (302, MatchState.PROPOSED)


def test_another_reviewer_who_holds_a_team_is_waited_for(
    reviewer_client: Client, proposal: Match, ruth: User, now: datetime
) -> None:
    claim_team(actor=ruth, request=proposal.request, at=now)

    shown = reviewer_client.get(address_of(proposal)).content.decode()
    refused = reviewer_client.post(address_of(proposal, "approve/"), {"match": seen(proposal)}, follow=True)

    assert "Another reviewer looks at it until Monday, 2 March, 12:30 pm, UTC." in shown
    assert 'form="decide"' not in shown
    assert "looks at this team until" in refused.content.decode()
    assert state_of(proposal) == MatchState.PROPOSED


def test_a_reviewer_holds_a_team_and_gives_it_back(reviewer_client: Client, cast: Cast, proposal: Match) -> None:
    page = reviewer_client.post(address_of(proposal, "claim/"), {"do": "claim"}, follow=True)
    assert "You hold it until Monday, 2 March, 12:30 pm, UTC." in page.content.decode()
    assert ReviewClaim.objects.get().reviewer == cast.rita

    reviewer_client.post(address_of(proposal, "claim/"), {"do": "release"})
    assert not ReviewClaim.objects.exists()


def test_another_person_takes_a_place(reviewer_client: Client, proposal: Match, now: datetime) -> None:
    erin = create_volunteer(create_user("erin"), now)
    page = reviewer_client.get(address_of(proposal), {"swap": str(proposal.public_id)})
    (alternate,) = page.context["team"].alternates
    assert (alternate.volunteer, alternate.person) == (str(erin.public_id), "Erin")

    reviewer_client.post(address_of(proposal, f"swap/{proposal.public_id}/"), {"volunteer": alternate.volunteer})

    assert state_of(proposal) == MatchState.SUPERSEDED
    assert Match.objects.get(volunteer=erin).state == MatchState.APPROVED


def test_the_rest_is_approved_together_by_the_number_on_the_button(reviewer_client: Client, proposal: Match) -> None:
    page = reviewer_client.get(f"{TEAMS}together/")
    assert "Approve 1 person" in page.content.decode()
    request_id = str(proposal.request.public_id)
    sent = {"team": request_id, f"match-{request_id}": seen(proposal)}

    other = reviewer_client.post(f"{TEAMS}together/", sent | {"count": "2"}, follow=True).content.decode()
    assert ("Press “Count again” first." in other, state_of(proposal)) == (True, MatchState.PROPOSED)
    counted = reviewer_client.post(f"{TEAMS}together/", {"do": "count"}).content.decode()
    assert "Approve 0 people" in counted

    reviewer_client.post(f"{TEAMS}together/", sent | {"count": "1"})
    assert state_of(proposal) == MatchState.APPROVED


def test_what_moved_meanwhile_is_said(reviewer_client: Client, proposal: Match) -> None:
    request_id = str(proposal.request.public_id)
    sent = {"team": request_id, f"match-{request_id}": f"{proposal.public_id} {proposal.version + 1}", "count": "1"}

    shown = reviewer_client.post(f"{TEAMS}together/", sent, follow=True).content.decode()

    assert "moved meanwhile: " in shown
    assert state_of(proposal) == MatchState.PROPOSED


def test_a_team_of_a_contest_with_a_part_is_counted_and_not_shown(
    reviewer_client: Client, cast: Cast, proposal: Match, now: datetime
) -> None:
    Member.objects.create(campaign=cast.campaign, user=cast.rita, position="staff", since=now)

    page = reviewer_client.get(TEAMS)

    assert page.context["team"] is None
    assert "1 team is not yours to see." in page.content.decode()
    for act in ("", "approve/", "reject/"):
        assert reviewer_client.get(address_of(proposal, act)).status_code == 404
    assert reviewer_client.post(address_of(proposal, "approve/"), {"match": seen(proposal)}).status_code == 404


def test_keys_are_switched_off_for_the_session(reviewer_client: Client, proposal: Match) -> None:
    assert "desk/keys.js" in reviewer_client.get(TEAMS).content.decode()

    back = reviewer_client.post("/admin/desk/keys/", {"keys": "off", "back": address_of(proposal)})

    assert back["Location"] == address_of(proposal)
    assert "desk/keys.js" not in reviewer_client.get(TEAMS).content.decode()
    elsewhere = reviewer_client.post("/admin/desk/keys/", {"keys": "on", "back": "https://example.org/admin/desk/"})
    assert elsewhere["Location"] == "/admin/"


def test_the_queue_asks_a_constant_number_of_queries(
    reviewer_client: Client, proposal: Match, django_assert_num_queries: Any
) -> None:
    reviewer_client.get(TEAMS)

    with django_assert_num_queries(24):
        reviewer_client.get(TEAMS)
