"""A reviewer takes a team, sees what could be wrong, and decides about it as a whole."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from campaigns.models import Campaign, Role
from core.errors import HandraiserError, Stale, WrongState
from core.models import User
from matching.lifecycle.actions.review import approve_match, reject_match
from matching.lifecycle.actions.review_claims import claim_team, release_team
from matching.lifecycle.actions.team_review import SeenProposal, approve_team, approve_teams_together, reject_team
from matching.lifecycle.queries.review_teams import find_queued_team, find_review_queue
from matching.models import FirstApproval, Match, ReviewClaim
from matching.rules.review_flags import CLAIM_LASTS, CLOSER_LOOK_PERCENT, ReviewFlag, ReviewLane
from matching.rules.states import MatchState
from tests.cast import Cast, authenticate_client, create_user
from tests.conftest import NOW
from tests.match_factory import make_proposed_match
from volunteers.models import Vetting

pytestmark = pytest.mark.django_db(databases=["default", "counters"])


@pytest.fixture
def ruth(db: None) -> User:
    return create_user("ruth", reviewer=True)


@pytest.fixture
def proposal(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Match:
    monkeypatch.setattr("matching.rules.review_flags.CLOSER_LOOK_PERCENT", 0)
    match = make_proposed_match(cast, NOW)
    Campaign.objects.update(verified_at=NOW - timedelta(days=30))
    return match


def make_red(match: Match, reviewer: User) -> None:
    """The work asks for vetting, and the volunteer has it."""
    Role.objects.filter(pk=match.seat.role_id).update(vetted_for="voter_files")
    Vetting.objects.create(
        volunteer=match.volunteer,
        area="voter_files",
        method="call",
        reviewer=reviewer,
        created_at=NOW,
        valid_until=NOW.date() + timedelta(days=300),
    )


def test_the_queue_has_teams_with_lane_clock_and_claim(cast: Cast, proposal: Match, ruth: User) -> None:
    claim_team(actor=ruth, request=proposal.request, at=NOW)

    (queued,) = find_review_queue(cast.rita, at=NOW).teams

    assert (queued.lane, queued.claimed_by, queued.is_mine) == (ReviewLane.NOTHING_FLAGGED, ruth.email, False)
    assert (queued.team.match_ids, queued.team.place_count, queued.team.due_at) == (
        (proposal.public_id,),
        1,
        proposal.due_at,
    )
    assert find_queued_team(cast.rita, proposal.request.public_id, at=NOW + CLAIM_LASTS).claimed_by == ""  # type: ignore[union-attr]
    assert find_review_queue(cast.carol, at=NOW).teams == []


def test_the_queue_takes_as_many_statements_for_more_teams(cast: Cast, proposal: Match) -> None:
    with CaptureQueriesContext(
        connection,
    ) as context:
        find_review_queue(cast.rita, at=NOW)
    assert len(context) == 11


def test_a_claim_keeps_another_reviewer_away_until_it_lapses(cast: Cast, proposal: Match, ruth: User) -> None:
    claim_team(actor=ruth, request=proposal.request, at=NOW)

    for decide in (approve_match, lambda **inputs: reject_match(reason="fit", **inputs)):
        with pytest.raises(WrongState, match=r"ruth@example\.org looks at this team until"):
            decide(actor=cast.rita, match=proposal, at=NOW)
    with pytest.raises(WrongState):
        claim_team(actor=cast.rita, request=proposal.request, at=NOW)

    release_team(actor=ruth, request=proposal.request)
    claim_team(actor=ruth, request=proposal.request, at=NOW)
    assert approve_match(actor=cast.rita, match=proposal, at=NOW + CLAIM_LASTS).state == MatchState.OFFERED


def test_a_flag_that_was_not_seen_refuses_the_team(cast: Cast, proposal: Match) -> None:
    Campaign.objects.update(verified_at=NOW)
    seen = [SeenProposal(proposal, proposal.version)]
    with pytest.raises(Stale, match="changed since you looked"):
        approve_team(actor=cast.rita, request=proposal.request, proposals=seen, seen_flags=(), at=NOW)

    flags = [flag.code for flag in find_queued_team(cast.rita, proposal.request.public_id, at=NOW).team.flags]  # type: ignore[union-attr]
    assert flags == [ReviewFlag.NEW_CAMPAIGN]
    (approved,) = approve_team(actor=cast.rita, request=proposal.request, proposals=seen, seen_flags=flags, at=NOW)

    assert approved.state == MatchState.OFFERED
    assert not ReviewClaim.objects.exists()


def test_a_team_is_rejected_with_one_reason_or_not_at_all(cast: Cast, proposal: Match) -> None:
    with pytest.raises(Stale):
        reject_team(
            actor=cast.rita,
            request=proposal.request,
            proposals=[SeenProposal(proposal, proposal.version + 1)],
            reason="fit",
            at=NOW,
        )
    proposals = [SeenProposal(proposal, proposal.version)]
    (rejected,) = reject_team(actor=cast.rita, request=proposal.request, proposals=proposals, reason="fit", at=NOW)
    assert (rejected.state, rejected.reason) == (MatchState.REJECTED, "fit")


def test_vetted_work_needs_two_reviewers(cast: Cast, proposal: Match, ruth: User) -> None:
    make_red(proposal, ruth)
    team = find_queued_team(cast.rita, proposal.request.public_id, at=NOW)
    assert team is not None
    assert team.lane == ReviewLane.SECOND_REVIEWER

    first = approve_match(actor=cast.rita, match=proposal, at=NOW)
    assert first.state == MatchState.PROPOSED
    with pytest.raises(WrongState, match="second reviewer"):
        approve_match(actor=cast.rita, match=proposal, at=NOW)

    assert approve_match(actor=ruth, match=proposal, at=NOW).state == MatchState.OFFERED
    assert FirstApproval.objects.get().reviewer == cast.rita


def test_one_reviewer_is_enough_where_no_other_may_review(cast: Cast, proposal: Match) -> None:
    make_red(proposal, cast.rita)
    assert approve_match(actor=cast.rita, match=proposal, at=NOW).state == MatchState.OFFERED


def test_teams_are_approved_together_only_where_nothing_is_flagged(
    cast: Cast, proposal: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    def approve() -> list[tuple[int, HandraiserError | None]]:
        teams = [(proposal.request, [SeenProposal(proposal, proposal.version)])]
        results = approve_teams_together(actor=cast.rita, teams=teams, at=NOW)
        return [(len(result.matches), result.error) for result in results]

    monkeypatch.setattr("matching.rules.review_flags.CLOSER_LOOK_PERCENT", 100)
    assert "closer look" in str(approve()[0][1])
    monkeypatch.setattr("matching.rules.review_flags.CLOSER_LOOK_PERCENT", 0)
    Campaign.objects.update(verified_at=NOW)
    assert "flagged by now" in str(approve()[0][1])
    Campaign.objects.update(verified_at=NOW - timedelta(days=30))
    assert approve() == [(1, None)]
    assert CLOSER_LOOK_PERCENT == 10


def test_the_api_lists_claims_approves_and_undoes_a_team(cast: Cast, proposal: Match) -> None:
    client = APIClient()
    authenticate_client(client, cast.rita)
    address = f"/api/v1/review-teams/{proposal.request.public_id}"

    (team,) = client.get("/api/v1/review-teams").json()["results"]
    claimed = client.post(f"{address}/claim").json()
    assert (claimed["is_mine"], claimed["proposals"]) == (True, team["proposals"])
    sent = [{"match": row["match"], "version": row["version"]} for row in team["proposals"]]
    unknown = client.post(f"{address}/approve", {"proposals": [*sent, *sent]}, format="json")
    assert unknown.json()["errors"] == {"proposals.1.match": ["There is no such match, or it comes twice."]}
    (approved,) = client.post(f"{address}/approve", {"proposals": sent}, format="json").json()["results"]
    assert approved["state"] == "offered"
    assert client.get(address).status_code == 404


def test_moves_have_a_result_each(cast: Cast, proposal: Match) -> None:
    client = APIClient()
    authenticate_client(client, cast.rita)
    move = {"match": str(proposal.public_id), "version": proposal.version, "action": "reject"}

    def send(**changes: object) -> dict[str, object]:
        answer = client.post("/api/v1/matches/moves", {"moves": [{**move, **changes}]}, format="json")
        return dict(answer.json()["results"][0])

    assert send(version=99, reason="fit")["problem_code"] == "stale"
    assert send(reason="nonsense")["problem_code"] == "invalid"
    assert send(reason="fit")["state"] == "rejected"
    assert client.post("/api/v1/matches/moves", {"moves": [move] * 51}, format="json").status_code == 400


def test_a_first_yes_ends_with_the_role_of_who_gave_it(cast: Cast, proposal: Match, ruth: User) -> None:
    make_red(proposal, ruth)
    sam = create_user("sam", reviewer=True)
    approve_match(actor=ruth, match=proposal, at=NOW)
    User.objects.filter(pk=ruth.pk).update(is_staff=False)

    assert approve_match(actor=cast.rita, match=proposal, at=NOW).state == MatchState.PROPOSED
    assert approve_match(actor=sam, match=proposal, at=NOW).state == MatchState.OFFERED


def test_who_gave_the_first_yes_does_not_keep_the_second_reviewer_away(cast: Cast, proposal: Match, ruth: User) -> None:
    make_red(proposal, ruth)
    flags = [flag.code for flag in find_queued_team(cast.rita, proposal.request.public_id, at=NOW).team.flags]  # type: ignore[union-attr]
    seen = [SeenProposal(proposal, proposal.version)]
    approve_team(actor=cast.rita, request=proposal.request, proposals=seen, seen_flags=flags, at=NOW)

    proposal.refresh_from_db()
    assert approve_match(actor=ruth, match=proposal, at=NOW).state == MatchState.OFFERED
