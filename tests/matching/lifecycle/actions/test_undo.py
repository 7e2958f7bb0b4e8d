"""An approval can be undone until its offer leaves."""

from datetime import timedelta

import pytest
from django.apps import apps
from rest_framework.test import APIClient

from campaigns.models import Request
from core.errors import Stale, WrongState
from core.models import Notice
from matching.lifecycle.actions.clocks import advance_ready_teams, process_due_matches
from matching.lifecycle.actions.review import approve_match, reject_match
from matching.lifecycle.actions.undo import undo_approval
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Policy
from matching.rules.states import MatchState
from matching.snapshot.available_volunteers import proposable_volunteers
from tests.cast import Cast, authenticate_client, create_user, create_volunteer, publish_team_request
from tests.conftest import NOW
from tests.match_factory import make_proposed_match
from tests.run_execution import execute_full_run
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db(databases=["default", "counters"])
MINUTES = 10
LATER = NOW + timedelta(minutes=MINUTES)


@pytest.fixture(autouse=True)
def ten_minutes(db: None) -> None:
    Policy.objects.update(undo_minutes=MINUTES)


def count_offers() -> int:
    return Notice.objects.filter(kind="offer").count()


def test_an_offer_leaves_when_the_minutes_are_over(cast: Cast) -> None:
    match = approve_match(actor=cast.rita, match=make_proposed_match(cast, NOW), at=NOW)
    assert (match.state, match.offer_leaves_at, count_offers()) == (MatchState.APPROVED, LATER, 0)

    advance_ready_teams(at=LATER - timedelta(seconds=1))
    assert count_offers() == 0

    advance_ready_teams(at=LATER)
    advance_ready_teams(at=LATER)
    match.refresh_from_db()
    assert (match.state, match.offered_at, match.offer_leaves_at, count_offers()) == (
        MatchState.OFFERED,
        LATER,
        None,
        1,
    )
    with pytest.raises(WrongState, match="The offer has left"):
        undo_approval(actor=cast.rita, match=match, at=LATER)


def test_what_is_undone_is_a_proposal_with_a_new_clock_that_can_be_decided_again(cast: Cast) -> None:
    match = approve_match(actor=cast.rita, match=make_proposed_match(cast, NOW), at=NOW)

    undone = undo_approval(actor=create_user("ruth", reviewer=True), match=match, at=NOW, version=match.version)

    assert (undone.state, undone.offer_leaves_at) == (MatchState.PROPOSED, None)
    assert undone.due_at is not None
    assert undone.due_at > NOW
    advance_ready_teams(at=LATER)
    assert count_offers() == 0
    history = apps.get_model("matching", "MatchEvent").objects.filter(pgh_obj=match).order_by("pgh_id")
    assert list(history.values_list("state", flat=True).distinct("pgh_id"))[-1] == "proposed"
    with pytest.raises(Stale):
        undo_approval(actor=cast.rita, match=match, at=NOW, version=match.version)
    with pytest.raises(WrongState):
        undo_approval(actor=cast.rita, match=undone, at=NOW)
    assert reject_match(actor=cast.rita, match=undone, reason="fit", at=NOW).state == MatchState.REJECTED


def test_an_urgent_offer_leaves_at_once(cast: Cast) -> None:
    match = make_proposed_match(cast, NOW)
    Request.objects.filter(pk=match.request_id).update(urgent=True)
    match.request.refresh_from_db()
    assert approve_match(actor=cast.rita, match=match, at=NOW).state == MatchState.OFFERED
    with pytest.raises(WrongState, match="leaves at once"):
        undo_approval(actor=cast.rita, match=match, at=NOW)


def test_the_clock_of_a_team_stands_still_in_the_minutes_and_starts_again_when_one_is_undone(cast: Cast) -> None:
    create_volunteer(cast.dave, NOW, claims=[("copywriting", 4, True)], max_hours_per_week=5)
    team = publish_team_request(cast, NOW)
    execute_full_run(at=NOW)
    first, second = Match.objects.filter(request=team).order_by("pk")
    approve_match(actor=cast.rita, match=first, at=NOW)
    Match.objects.filter(pk=first.pk).update(due_at=NOW + timedelta(minutes=1), escalated_at=NOW)
    approve_match(actor=cast.rita, match=second, at=NOW)

    process_due_matches(at=NOW + timedelta(minutes=5))
    first.refresh_from_db()
    assert (first.state, first.due_at) == (MatchState.APPROVED, None)

    undo_approval(actor=cast.rita, match=second, at=NOW)
    first.refresh_from_db()
    assert first.escalated_at is None
    assert first.due_at is not None
    assert first.due_at > NOW + timedelta(days=1)


def test_the_minutes_of_all_begin_again_when_a_member_is_replaced_before_a_sweep(cast: Cast) -> None:
    create_volunteer(cast.dave, NOW, claims=[("copywriting", 4, True)], max_hours_per_week=5)
    team = publish_team_request(cast, NOW)
    execute_full_run(at=NOW)
    first, second = Match.objects.filter(request=team).order_by("pk")
    for match in (first, second):
        approve_match(actor=cast.rita, match=match, at=NOW)
    Match.objects.filter(pk=second.pk).update(state=MatchState.PROPOSED, offer_leaves_at=None)

    approve_match(actor=cast.rita, match=second, at=LATER)

    assert {match.offer_leaves_at for match in Match.objects.filter(request=team)} == {LATER + timedelta(minutes=10)}


def test_an_offer_that_is_about_to_leave_counts_in_the_week(cast: Cast) -> None:
    Policy.objects.update(max_offers_per_week=1)
    match = make_proposed_match(cast, NOW)
    people = proposable_volunteers(policy=get_active_policy(), at=NOW)
    assert match.volunteer in people

    approve_match(actor=cast.rita, match=match, at=NOW)

    assert match.volunteer not in people.all()


def test_a_run_that_began_before_an_undo_leaves_the_proposal(cast: Cast) -> None:
    match = approve_match(actor=cast.rita, match=make_proposed_match(cast, NOW), at=NOW)
    undo_approval(actor=cast.rita, match=match, at=NOW + timedelta(seconds=1))
    Volunteer.objects.filter(pk=match.volunteer_id).update(max_hours_per_week=1)  # no run would find the pair

    execute_full_run(at=NOW)

    match.refresh_from_db()
    assert match.state == MatchState.PROPOSED


def test_the_minutes_of_a_team_begin_when_it_is_complete_and_end_when_one_is_undone(cast: Cast) -> None:
    create_volunteer(cast.dave, NOW, claims=[("copywriting", 4, True)], max_hours_per_week=5)
    team = publish_team_request(cast, NOW)
    execute_full_run(at=NOW)
    first, second = Match.objects.filter(request=team).order_by("pk")

    assert approve_match(actor=cast.rita, match=first, at=NOW).offer_leaves_at is None
    second = approve_match(actor=cast.rita, match=second, at=NOW)
    first.refresh_from_db()
    assert first.offer_leaves_at == second.offer_leaves_at == LATER

    undo_approval(actor=cast.rita, match=second, at=NOW)
    first.refresh_from_db()
    assert (first.state, first.offer_leaves_at) == (MatchState.APPROVED, None)
    advance_ready_teams(at=LATER)
    assert count_offers() == 0

    approve_match(actor=cast.rita, match=second, at=LATER)
    advance_ready_teams(at=LATER + timedelta(minutes=MINUTES))
    assert count_offers() == 2


def test_the_api_undoes_and_says_when_the_offer_leaves(cast: Cast) -> None:
    match, client = make_proposed_match(cast, NOW), APIClient()
    authenticate_client(client, cast.rita)
    approved = client.post(f"/api/v1/matches/{match.public_id}/approve").json()
    assert approved["offer_leaves_at"] == "2026-03-02T12:10:00Z"
    assert "undo" in approved["available_actions"]

    undone = client.post(f"/api/v1/matches/{match.public_id}/undo").json()

    assert (undone["state"], undone["offer_leaves_at"]) == ("proposed", None)
