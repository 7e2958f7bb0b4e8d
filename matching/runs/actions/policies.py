"""Draft and activate policies."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core.errors import Invalid, NotAllowed, Stale, WrongState
from core.field_errors import FieldErrors
from core.models import User
from core.time_zones import check_time_zone
from matching.lifecycle.queries.policies import get_active_policy
from matching.models import Policy
from matching.models.policy import MAX_UNDO_MINUTES, POSITIVE_FIELDS
from matching.rules.score_parts import PARTS

MAX_WEIGHT = 1000
MAX_POLICY_COUNT = 1000
MAX_POLICY_DAYS = 366
MAX_POLICY_HOURS = 24 * MAX_POLICY_DAYS
MAX_POLICY_MINUTES = 60 * 24 * 7


@transaction.atomic
def draft_policy(*, actor: User, name: str, changes: Mapping[str, int | str]) -> Policy:
    """Draft a new version of the policy: the active one with these changes.

    Raises NotAllowed, Invalid (with the name of each field that does not exist or has a value that cannot be).
    """
    _check_may_edit(actor)
    number = lock_next_policy_number()
    active = get_active_policy()
    check_policy_values(changes)
    rules: dict[str, Any] = {field: getattr(active, field) for field in POLICY_FIELDS}
    return Policy.objects.create(number=number, name=name, **(rules | dict(changes)))


@transaction.atomic
def activate_policy(*, actor: User, policy: Policy, at: datetime, digest: str | None = None) -> Policy:
    """Activate a draft for all later runs and clocks, and retire the policy that was active.

    `digest` is that of the values which the reviewer read, if given. Raises NotAllowed, Stale, WrongState (not a
    draft), Invalid (with the name of each field whose value cannot be).
    """
    _check_may_edit(actor)
    active = list(Policy.objects.select_for_update(no_key=True).filter(state=Policy.State.ACTIVE))
    policy = Policy.objects.select_for_update(no_key=True).get(pk=policy.pk)
    if policy.state != Policy.State.DRAFT:
        raise WrongState(_("Only a draft can be activated. Draft a new policy with these values."))
    if digest is not None and digest != digest_policy(policy):
        raise Stale(_("This policy has changed since you loaded it. Load it again and check its values."))
    check_policy_values({field: getattr(policy, field) for field in POLICY_FIELDS})
    Policy.objects.filter(pk__in=[row.pk for row in active]).update(state=Policy.State.RETIRED)
    policy.state, policy.activated_at = Policy.State.ACTIVE, at
    policy.save()
    return policy


def digest_policy(policy: Policy) -> str:
    """Return a digest of all values of a policy, by which a draft is seen to have changed."""
    values = [str(getattr(policy, field)) for field in POLICY_FIELDS]
    return hashlib.sha256("\n".join(values).encode()).hexdigest()


def _check_may_edit(actor: User) -> None:
    if not actor.may_edit_policy:
        raise NotAllowed(_("Only policy editors can change the policy. Ask an administrator for that role."))


def lock_next_policy_number() -> int:
    """Return the number of the next version, inside the caller's transaction.

    All versions are locked, so that two reviewers who draft at once get different numbers.
    """
    list(Policy.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return (Policy.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def check_policy_values(values: Mapping[str, int | str]) -> None:
    """Check values of a policy. Raises Invalid, naming each field that does not exist or whose value cannot be."""
    errors = FieldErrors()
    for field, value in values.items():
        if field not in POLICY_FIELDS:
            errors.add(field, _("There is no such field. Read a policy to see which there are."))
            continue
        with errors.collect():
            check_policy_value(field, value)
    errors.raise_if_any()


def check_policy_value(field: str, value: int | str) -> None:
    """Check the value of one of the `POLICY_FIELDS`. Raises Invalid, which names the field."""
    if field == "time_zone":
        check_time_zone(str(value))
    elif int(value) > POLICY_LIMITS[field]:
        raise Invalid(
            _("This number is too large. Give %(limit)d at most.") % {"limit": POLICY_LIMITS[field]}, field=field
        )
    elif field in POSITIVE_FIELDS and int(value) < 1:
        raise Invalid(_("This length is too short. Give 1 at least."), field=field)


POLICY_FIELDS = tuple(
    field.name
    for field in Policy._meta.concrete_fields
    if field.editable and not field.primary_key and field.name not in ("number", "name")
)
"""The fields of `Policy` that a draft may change."""


_WEIGHT_FIELDS = {part.weight_field for part in PARTS}


def _limit_of(field: str) -> int:
    if field in _WEIGHT_FIELDS:
        return MAX_WEIGHT
    if field == "undo_minutes":
        return MAX_UNDO_MINUTES
    for unit, limit in (("_days", MAX_POLICY_DAYS), ("_hours", MAX_POLICY_HOURS), ("_minutes", MAX_POLICY_MINUTES)):
        if unit in field:
            return limit
    return MAX_POLICY_COUNT


POLICY_LIMITS = {field: _limit_of(field) for field in POLICY_FIELDS if field != "time_zone"}
"""The largest number that each field may have."""
