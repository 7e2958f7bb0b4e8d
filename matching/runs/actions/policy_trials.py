"""Try a draft of the policy on today's data, beside the active one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import NotAllowed, WrongState
from core.models import User
from matching.models import Policy, Run
from matching.runs.actions.scheduling import queue_run

UNFINISHED_STATES = (Run.State.QUEUED, Run.State.RUNNING)


@transaction.atomic
def try_policy(*, actor: User, policy: Policy, at: datetime) -> Run:
    """Queue two dry runs over everything, under the active policy and under a draft. Return that under the draft.

    Its `base` is the other one, with which it is compared. Neither writes a match or sends a notice. Raises NotAllowed
    (no reviewer, or a part in a contest with a published request), WrongState (no draft, or a trial of it goes on).
    """
    if not actor.is_reviewer:
        raise NotAllowed(_("Only reviewers can try a policy."))
    policy = Policy.objects.select_for_update(no_key=True).get(pk=policy.pk)
    if policy.state != Policy.State.DRAFT:
        raise WrongState(_("Only a draft can be tried. Draft a new policy with these values."))
    if Run.objects.filter(policy=policy, state__in=UNFINISHED_STATES).exists():
        raise WrongState(_("A trial of this draft is under way. Wait for its result, or cancel it."))
    base = queue_run(actor=actor, at=at, dry_run=True)
    return queue_run(actor=actor, at=at, dry_run=True, policy=policy, base=base)
