"""The admin's buttons are the table's: those that the state allows, and each makes its move."""

from datetime import datetime

import pytest
from django.test import Client

from campaigns.models import Campaign
from matching.lifecycle.actions.problem_reports import report_problem
from matching.models import Match, ProblemReport
from matching.rules.states import MatchState
from matching.rules.transitions import TRANSITIONS, ActorKind, Transition, available_actions
from tests.cast import Cast, create_user, create_volunteer
from tests.match_factory import (
    MAKER_BY_STATE,
    make_accepted_match,
    make_active_match,
    make_offered_match,
    make_proposed_match,
)
from volunteers.models import Volunteer

BUTTONS = [
    move
    for move in TRANSITIONS
    if move.actor_kind == ActorKind.REVIEWER and move.action != "broadcast" and move.source != MatchState.APPROVED
]
SAID = {"reject": {"reason": "fit"}, "accept": {"note": "On the phone, at noon."}}


def page(match: Match, verb: str = "") -> str:
    return f"/admin/matching/match/{match.pk}/" + (f"do-{verb}/" if verb else "change/")


@pytest.mark.parametrize("state", list(MAKER_BY_STATE))
def test_a_match_has_a_button_for_each_move_that_its_state_allows(
    reviewer_client: Client, cast: Cast, now: datetime, state: MatchState
) -> None:
    match = MAKER_BY_STATE[state](cast, now)

    html = reviewer_client.get(page(match)).content.decode()

    for verb in {move.action for move in TRANSITIONS if move.actor_kind == ActorKind.REVIEWER}:
        # Racing takes two noes before it.
        there = verb in available_actions(state, ActorKind.REVIEWER) and verb != "broadcast"
        assert (f"/do-{verb}" in html) == there, verb


@pytest.mark.parametrize("move", BUTTONS, ids=lambda move: f"{move.source}-{move.action}")
def test_a_button_asks_and_then_makes_its_move(
    reviewer_client: Client, cast: Cast, now: datetime, move: Transition
) -> None:
    match = MAKER_BY_STATE[move.source](cast, now)
    asked = reviewer_client.get(page(match, move.action))
    assert (asked.status_code, Match.objects.get(pk=match.pk).state) == (200, move.source)  # a link changes nothing

    said = {"version": match.version, "reason": "", "note": ""} | SAID.get(move.action, {})
    reviewer_client.post(page(match, move.action), said)

    reached = MatchState.OFFERED if move.target == MatchState.APPROVED else move.target
    assert Match.objects.get(pk=match.pk).state == reached


def test_a_stale_page_is_told_so(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    match = make_active_match(cast, now)

    told = reviewer_client.post(
        page(match, "release"), {"version": match.version - 1, "reason": "", "note": ""}, follow=True
    )

    assert "Somebody has changed this since you loaded it" in told.content.decode()
    assert Match.objects.get(pk=match.pk).state == MatchState.ACTIVE


def test_a_button_whose_time_is_over_says_so(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    match = make_accepted_match(cast, now)

    told = reviewer_client.get(page(match, "approve"), follow=True)

    assert "This is no longer possible. Below is how it stands now." in told.content.decode()


def test_a_recorded_yes_needs_a_note(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    match = make_offered_match(cast, now)

    asked = reviewer_client.post(page(match, "accept"), {"version": match.version, "note": ""})

    assert "This is empty. Fill it in." in asked.content.decode()
    assert Match.objects.get(pk=match.pk).state == MatchState.OFFERED


def test_somebody_else_is_chosen_from_a_list_of_those_who_fit(
    reviewer_client: Client, cast: Cast, now: datetime
) -> None:
    create_volunteer(create_user("erin"), now, claims=[("front-end", 5, True)])
    match = make_proposed_match(cast, now, user=Volunteer.objects.get(first_name="Erin").user)
    path = f"/admin/matching/proposal/{match.pk}/somebody-else/"
    asked = reviewer_client.get(path).content.decode()
    assert ("Alice: " in asked, "Bob: " in asked, "Erin: " in asked) == (True, False, False)

    alice = Volunteer.objects.get(user=cast.alice)
    told = reviewer_client.post(path, {"volunteer": alice.pk}, follow=True)

    assert "Approved: Alice" in told.content.decode()
    assert Match.objects.get(volunteer=alice).state == MatchState.OFFERED
    late = reviewer_client.get(path, follow=True)
    assert "Another reviewer has decided about this proposal meanwhile." in late.content.decode()


def test_a_report_is_closed_by_a_button(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    made = report_problem(actor=cast.alice, match=make_active_match(cast, now), kind="conduct", text="Rude.", at=now)
    path = f"/admin/matching/problemreport/{made.pk}/close/"
    assert "Rude." in reviewer_client.get(path).content.decode()

    reviewer_client.post(path, {"outcome": "Spoke with both."})

    assert ProblemReport.objects.get().outcome == "Spoke with both."


def test_campaigns_are_let_go_on_and_ended_by_buttons(reviewer_client: Client, cast: Cast, now: datetime) -> None:
    cast.campaign.paused_at = now
    cast.campaign.save()
    listed = "/admin/campaigns/campaign/"

    seen = {"_selected_action": [cast.campaign.pk], f"version-{cast.campaign.pk}": cast.campaign.version}
    reviewer_client.post(listed, {"action": "resume_selected"} | seen)
    assert Campaign.objects.get().paused_at is None
    path = f"{listed}{cast.campaign.pk}/end/"
    assert "are cancelled" in reviewer_client.get(path).content.decode()
    reviewer_client.post(path, {"version": Campaign.objects.get().version})

    assert Campaign.objects.get().state == "ended"


@pytest.mark.parametrize("name", ["999999", "abc"])
def test_an_address_of_nothing_is_a_page_that_is_not_there(
    reviewer_client: Client, cast: Cast, now: datetime, name: str
) -> None:
    for path in (f"match/{name}/do-release", f"problemreport/{name}/close"):
        assert reviewer_client.get(f"/admin/matching/{path}/").status_code == 404, path
    for path in (f"matching/proposal/{name}/approve", f"matching/proposal/{name}/somebody-else"):
        assert reviewer_client.get(f"/admin/{path}/").status_code == 302, path
    for path in (f"campaigns/campaign/{name}/end", f"volunteers/volunteer/{name}/vet"):
        assert reviewer_client.get(f"/admin/{path}/").status_code == 404, path
