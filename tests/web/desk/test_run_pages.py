"""Runs and drafts of the policy on the desk: start, watch, verify, compare, adopt."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Match, Policy, Run
from matching.runs.actions.policies import draft_policy
from matching.runs.actions.verification import verify_run
from tests.cast import Cast
from tests.run_execution import execute_full_run, execute_queued_runs


def read(client: Client, name: str, *ids: object, query: str = "") -> str:
    answer = client.get(reverse(f"desk:{name}", args=ids) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_run_is_started_watched_and_cancelled(cast: Cast, reviewer_client: Client) -> None:
    role = cast.request.roles.get()
    found = read(reviewer_client, "run-start", query="?q=doe")
    assert str(role.public_id) in found

    answer = reviewer_client.post(
        reverse("desk:run-start") + "?q=doe", {"scope": "roles", "role": role.public_id, "dry_run": "on"}
    )

    run = Run.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:run", args=[run.public_id]))
    assert ([*run.roles.all()], run.dry_run) == ([role], True)
    assert "http-equiv" not in read(reviewer_client, "run", run.public_id)
    assert '<meta http-equiv="refresh" content="5">' in read(reviewer_client, "run", run.public_id, query="?watch=1")
    reviewer_client.post(reverse("desk:run-cancel", args=[run.public_id]))
    run.refresh_from_db()
    assert run.state == Run.State.CANCELLED
    assert "http-equiv" not in read(reviewer_client, "run", run.public_id, query="?watch=1")


@pytest.mark.parametrize("roles", [{}, {"role": "x"}, {"role": "3c5f1f0a-6a61-4f0e-8a53-52b6f0c5f0f1"}])
def test_a_run_over_no_role_is_not_started(cast: Cast, reviewer_client: Client, roles: dict[str, str]) -> None:
    before = Run.objects.count()

    assert reviewer_client.post(reverse("desk:run-start"), {"scope": "roles", **roles}).status_code in (302, 404)

    assert Run.objects.count() == before


def test_a_result_is_verified_on_its_page(cast: Cast, now: datetime, reviewer_client: Client) -> None:
    run = execute_full_run(now)
    page = read(reviewer_client, "run", run.public_id)
    assert "1 of 1 places are filled. The result is the best there is" in page

    reviewer_client.post(reverse("desk:run", args=[run.public_id]))
    assert "The checker is at work." in read(reviewer_client, "run", run.public_id)
    verify_run(run.pk, at=now)

    with CaptureQueriesContext(connection) as queries:
        page = read(reviewer_client, "run", run.public_id)
    assert "The checker finds every rule kept and every number right." in page
    assert run.input_digest[:12] in page
    assert len(queries) == 5


def test_a_draft_is_tried_and_adopted(cast: Cast, now: datetime, reviewer_client: Client) -> None:
    draft = draft_policy(actor=cast.rita, name="Short rest", changes={"rest_days": 3})
    assert "rest days" in read(reviewer_client, "policies")
    reviewer_client.post(reverse("desk:policy-try", args=[draft.public_id]))
    execute_queued_runs(now)
    run = Run.objects.get(policy=draft)

    page = read(reviewer_client, "run-changes", run.public_id)
    assert "Two dry runs, one after the other" in page
    assert "1 pair is the same in both." in page
    assert not Match.objects.filter(run__in=[run, run.base]).exists()
    Policy.objects.filter(pk=draft.pk).update(rest_days=4)
    reviewer_client.post(reverse("desk:policy-adopt", args=[run.public_id]))
    assert get_active_policy() != draft
    Policy.objects.filter(pk=draft.pk).update(rest_days=3)
    reviewer_client.post(reverse("desk:policy-adopt", args=[run.public_id]))
    assert get_active_policy() == draft
