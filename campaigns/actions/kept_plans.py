"""Keep a plan that is not stored as a request yet with the account of its writer, and forget it."""

from datetime import datetime

from campaigns.models import KeptPlan
from campaigns.models.kept_plan import MAX_KEPT_PLAN_ID_LENGTH, MAX_KEPT_PLAN_LENGTH
from core.models import User


def keep_plan(*, actor: User, draft_id: str, content: str, at: datetime) -> bool:
    """Keep a plan in place of the user's earlier one. Return whether it was kept: one that is too long is not."""
    if len(draft_id) > MAX_KEPT_PLAN_ID_LENGTH or len(content) > MAX_KEPT_PLAN_LENGTH:
        return False
    values = {"draft_id": draft_id, "content": content, "kept_at": at}
    KeptPlan.objects.update_or_create(user=actor, defaults=values)
    return True


def forget_plan(*, actor: User, draft_id: str) -> None:
    """Delete the user's kept plan, if it is this one."""
    KeptPlan.objects.filter(user=actor, draft_id=draft_id).delete()
