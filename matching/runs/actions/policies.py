"""Writing rules down and putting them into force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed, WrongState
from core.models import User
from core.time_zones import check_time_zone
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.models.policy import POSITIVE_FIELDS, WEIGHT_FIELDS

MAX_WEIGHT = 1000


@transaction.atomic
def draft_policy(*, actor: User, name: str, changes: Mapping[str, int | str]) -> Policy:
    """A new version: the rules in force, with these changes. It is a draft until somebody puts it into force.

    Raises NotAllowed, Invalid (naming the rule that cannot be so, or that there is not).
    """
    _check_is_reviewer(actor)
    # All are held, so that two who draft at once get two numbers.
    list(Policy.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    active = get_active_policy()
    for rule, value in changes.items():
        if rule not in POLICY_FIELDS:
            raise Invalid(_("There is no such rule."), field=rule)
        _check_value(rule, value)
    number = (Policy.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    rules: dict[str, Any] = {rule: getattr(active, rule) for rule in POLICY_FIELDS}
    return Policy.objects.create(number=number, name=name, **(rules | dict(changes)))


@transaction.atomic
def activate_policy(*, actor: User, policy: Policy, at: datetime) -> Policy:
    """Makes a draft the policy of every run asked for from now on; the one in force until now is retired.

    Raises NotAllowed, WrongState (not a draft).
    """
    _check_is_reviewer(actor)
    active = list(Policy.objects.select_for_update(no_key=True).filter(state=Policy.State.ACTIVE))
    policy = Policy.objects.select_for_update(no_key=True).get(pk=policy.pk)
    if policy.state != Policy.State.DRAFT:
        raise WrongState("Only a draft can be put into force. Make a new one with these values.")
    Policy.objects.filter(pk__in=[one.pk for one in active]).update(state=Policy.State.RETIRED)
    policy.state, policy.activated_at = Policy.State.ACTIVE, at
    policy.save()
    return policy


def _check_is_reviewer(actor: User) -> None:
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers change the rules.")


def _check_value(rule: str, value: int | str) -> None:
    if rule == "time_zone":
        check_time_zone(str(value))
    elif rule in WEIGHT_FIELDS.values() and int(value) > MAX_WEIGHT:
        raise Invalid(_("A weight is at most %(most)d.") % {"most": MAX_WEIGHT}, field=rule)
    elif rule in POSITIVE_FIELDS and int(value) < 1:
        raise Invalid(_("This is at least 1, or it would be over before it began."), field=rule)


POLICY_FIELDS = tuple(
    field.name
    for field in Policy._meta.concrete_fields
    if field.editable and not field.primary_key and field.name not in ("number", "name")
)
"""Everything that a version says."""
