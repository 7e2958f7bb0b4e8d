"""The first policy is only for a database without any."""

from core.reference.sync import SyncResult
from matching.models import Policy
from matching.reference_data import sync_first_policy
from matching.runs.actions.policies import activate_policy, draft_policy
from tests.cast import Cast
from tests.conftest import NOW


def test_a_database_without_policies_gets_the_first(db: None) -> None:
    Policy.objects.all().delete()

    assert sync_first_policy() == SyncResult("policy", created=1)
    assert list(Policy.objects.values_list("number", "name", "state")) == [(1, "First rules", "active")]


def test_a_policy_in_force_is_not_replaced(cast: Cast) -> None:
    draft = draft_policy(actor=cast.rita, name="Ours", changes={"weight_request_wait": 9})
    activate_policy(actor=cast.rita, policy=draft, at=NOW)
    Policy.objects.filter(number=1).update(number=3)

    assert sync_first_policy() == SyncResult("policy")
    assert list(Policy.objects.values_list("number", "weight_request_wait", "state")) == [
        (3, 6, "retired"),
        (2, 9, "active"),
    ]
