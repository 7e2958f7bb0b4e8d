"""The admin's form of a policy: the limits of the API, and a number that people do not type."""

from collections.abc import Callable
from typing import Any

import pytest
from django.forms.models import model_to_dict
from django.test import Client
from rest_framework.test import APIClient

from core.models import User
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.runs.actions.policies import POLICY_FIELDS, POLICY_LIMITS, digest_policy, draft_policy
from tests.cast import Cast

Api = Callable[[User | None], APIClient]
ADD = "/admin/matching/policy/add/"
LIST = "/admin/matching/policy/"


def fields(**changes: Any) -> dict[str, Any]:
    return {"name": "Gentler"} | model_to_dict(get_active_policy(), POLICY_FIELDS) | changes


def test_each_number_that_is_too_large_is_an_error_of_its_field(reviewer_client: Client, cast: Cast) -> None:
    draft = draft_policy(actor=cast.rita, name="N", changes={})
    for address in (ADD, f"{LIST}{draft.pk}/change/"):
        for excess in ({name: limit + 1 for name, limit in POLICY_LIMITS.items()}, {"offer_hours": 0}):
            answer = reviewer_client.post(address, fields(**excess))

            assert answer.status_code == 200
            assert set(answer.context["adminform"].form.errors) == set(excess)
    assert Policy.objects.count() == 2


def test_the_largest_numbers_are_saved_and_the_number_is_the_next(reviewer_client: Client, cast: Cast) -> None:
    answer = reviewer_client.post(ADD, fields(**POLICY_LIMITS, number=2147483647))

    saved = Policy.objects.get(name="Gentler")
    assert (answer.status_code, saved.number, saved.state) == (302, get_active_policy().number + 1, "draft")
    changed = reviewer_client.post(f"{LIST}{saved.pk}/change/", fields(number=9, offer_hours=72))
    saved.refresh_from_db()
    assert (changed.status_code, saved.number, saved.offer_hours) == (302, get_active_policy().number + 1, 72)
    assert draft_policy(actor=cast.rita, name="N", changes={}).number == saved.number + 1


@pytest.mark.parametrize(("rule", "value"), [("offer_hours", 8785), ("broadcast_size", 1001), ("rest_days", 32767)])
def test_a_stored_draft_out_of_bounds_does_not_come_into_force(
    reviewer_client: Client, api: Api, cast: Cast, rule: str, value: int
) -> None:
    draft = draft_policy(actor=cast.rita, name="N", changes={})
    Policy.objects.filter(pk=draft.pk).update(**{rule: value})

    refused = api(cast.rita).post(f"/api/v1/policies/{draft.public_id}/activate")
    draft.refresh_from_db()
    chosen = {"action": "activate_selected", "_selected_action": draft.pk, f"version-{draft.pk}": digest_policy(draft)}
    answer = reviewer_client.post(LIST, chosen, follow=True)

    assert (refused.status_code, list(refused.json()["errors"])) == (400, [rule])
    assert rule.replace("_", " ") in str(next(iter(answer.context["messages"])))
    assert get_active_policy() != draft
