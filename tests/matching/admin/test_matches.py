from datetime import datetime

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.draft_rules import RoleDraft
from matching.models import Match
from matching.rules.states import MatchState
from matching.runs.actions.execution import execute_run
from matching.runs.actions.scheduling import queue_run
from tests.cast import Cast, create_user, create_volunteer, publish_new_request, sign_in_browser

FRONT = RoleDraft(name="Front end", skill="front-end", hours_per_week=4)
LIST = "/admin/matching/proposal/"


@pytest.fixture
def proposal(cast: Cast, now: datetime) -> Match:
    execute_run(queue_run(actor=cast.rita, at=now).pk, now=lambda: now, seconds=lambda: 0.0)
    return Match.objects.get()


def test_only_reviewers_get_in(cast: Cast, proposal: Match) -> None:
    for user in (cast.alice, cast.carol):
        client = Client()
        sign_in_browser(client, user)
        assert client.get(LIST).status_code == 302


def choose(proposal: Match, action: str) -> dict[str, object]:
    """What the list sends for one proposal, as it is now."""
    return {"action": action, "_selected_action": [proposal.pk], f"version-{proposal.pk}": proposal.version}


def test_the_list_shows_the_score_and_its_parts(reviewer_client: Client, proposal: Match) -> None:
    page = reviewer_client.get(LIST).content.decode()

    assert "Alice" in page
    assert f"<strong>{proposal.score}</strong> = " in page
    assert f"priority {proposal.score_parts['priority']}" in page


def test_approving_from_the_list(reviewer_client: Client, proposal: Match, settings: object) -> None:
    reviewer_client.post(LIST, choose(proposal, "approve_selected"))

    proposal.refresh_from_db()
    assert proposal.state == MatchState.OFFERED


def test_rejecting_from_the_list_asks_for_the_reason_first(reviewer_client: Client, proposal: Match) -> None:
    chosen = choose(proposal, "reject_selected")
    page = reviewer_client.post(LIST, chosen)
    proposal.refresh_from_db()
    assert (page.status_code, proposal.state) == (200, MatchState.PROPOSED)

    reviewer_client.post(LIST, chosen | {"reason": "trust", "note": "No call yet."})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.note) == (MatchState.REJECTED, "trust", "No call yet.")


def test_a_link_decides_nothing(reviewer_client: Client, proposal: Match) -> None:
    for verb in ("approve", "reject"):
        assert reviewer_client.get(f"{LIST}{proposal.pk}/{verb}").status_code in (200, 301)
        page = reviewer_client.get(f"{LIST}{proposal.pk}/{verb}", follow=True)
        assert "Alice" in page.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == MatchState.PROPOSED


def test_what_has_moved_meanwhile_is_told(reviewer_client: Client, cast: Cast, proposal: Match, now: datetime) -> None:
    create_volunteer(cast.alice, now, max_hours_per_week=1)

    page = reviewer_client.post(LIST, choose(proposal, "approve_selected"), follow=True)

    assert "this person has too few hours left" in page.content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(
    reviewer_client: Client, cast: Cast, now: datetime, people: int
) -> None:
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
    reviewer_client.get(LIST)

    with CaptureQueriesContext(connection) as captured:
        page = reviewer_client.get(LIST)

    assert page.content.decode().count("_selected_action") == people
    assert len(captured) == 10  # two of them: whether the second factor is still theirs, and their contests


def test_every_model_can_be_seen(reviewer_client: Client, proposal: Match) -> None:
    for model in admin.site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert reviewer_client.get(path).status_code == 200, path
        first = model._default_manager.first()
        if first is not None:
            assert reviewer_client.get(f"{path}{first.pk}/change/").status_code == 200, path


def test_a_list_that_is_stale_decides_nothing(reviewer_client: Client, proposal: Match) -> None:
    page = reviewer_client.get(LIST).content.decode()
    seen = f'<input type="hidden" name="version-{proposal.pk}" value="{proposal.version}">'
    assert page.count(seen) == 1
    Match.objects.update(version=proposal.version + 1)
    chosen = {"_selected_action": [proposal.pk], f"version-{proposal.pk}": proposal.version}

    approved = reviewer_client.post(LIST, chosen | {"action": "approve_selected"}, follow=True)
    asked = reviewer_client.post(LIST, chosen | {"action": "reject_selected"})
    rejected = reviewer_client.post(LIST, chosen | {"action": "reject_selected", "reason": "trust"}, follow=True)

    assert seen in asked.content.decode()  # what was looked at is carried on, not what is there by now
    for answer in (approved, rejected):
        assert "Somebody has changed this since you loaded it." in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == MatchState.PROPOSED
