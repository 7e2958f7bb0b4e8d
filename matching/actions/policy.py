"""Putting rules into force."""

from django.db import transaction

from core.errors import NotAllowed, WrongState
from core.models import User
from matching.models import Policy


@transaction.atomic
def activate(*, actor: User, policy: Policy) -> Policy:
    """Makes a draft the policy of every run asked for from now on; the one in force until now is retired.

    Raises NotAllowed, WrongState (not a draft).
    """
    if not actor.is_reviewer:
        raise NotAllowed("Only reviewers change the rules.")
    active = list(Policy.objects.select_for_update(no_key=True).filter(state=Policy.State.ACTIVE))
    policy = Policy.objects.select_for_update(no_key=True).get(pk=policy.pk)
    if policy.state != Policy.State.DRAFT:
        raise WrongState("Only a draft can be put into force. Make a new one with these values.")
    Policy.objects.filter(pk__in=[one.pk for one in active]).update(state=Policy.State.RETIRED)
    policy.state = Policy.State.ACTIVE
    policy.save()
    return policy
