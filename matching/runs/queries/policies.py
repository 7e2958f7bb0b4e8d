"""Read the drafts of the policy, and what differs in them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from core.errors import NotFound
from core.models import User
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy, Run
from matching.runs.queries.runs import runs_visible_to

MAX_DRAFTS_LISTED = 20


@dataclass(frozen=True, slots=True)
class PolicyDifference:
    """A field of a draft with another value than in the active policy."""

    label: str
    active: object
    draft: object


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, what differs in it, and the last dry run under it, if there is one."""

    policy: Policy
    differences: list[PolicyDifference]
    last_trial: Run | None


def find_policy(user: User, policy_id: UUID) -> Policy:
    """Return the policy with this public id. Raises NotFound for users who are no reviewers."""
    policy = Policy.objects.filter(public_id=policy_id).first() if user.is_reviewer else None
    if policy is None:
        raise NotFound(_("There is no such policy."))
    return policy


def list_drafts(reader: User, *, limit: int = MAX_DRAFTS_LISTED) -> list[Draft]:
    """Return the drafts, the newest first, each with its last trial that the reader may see."""
    active = get_active_policy()
    policies = list(Policy.objects.filter(state=Policy.State.DRAFT).order_by("-number")[:limit])
    trials = runs_visible_to(reader).filter(policy__in=policies, base__isnull=False)
    last_trials = {
        run.policy_id: run for run in trials.order_by("policy_id", "-requested_at", "-pk").distinct("policy_id")
    }
    return [Draft(policy, list_differences(policy, active), last_trials.get(policy.pk)) for policy in policies]


def list_differences(policy: Policy, active: Policy) -> list[PolicyDifference]:
    """Return the fields in which two policies differ."""
    names = [field for field in Policy._meta.concrete_fields if field.editable and not field.primary_key]
    return [
        PolicyDifference(str(field.verbose_name), getattr(active, field.name), getattr(policy, field.name))
        for field in names
        if field.name not in ("number", "name") and getattr(active, field.name) != getattr(policy, field.name)
    ]
