"""Find the plan that is kept with an account until it is stored as a request."""

from datetime import datetime, timedelta

from campaigns.models import KeptPlan
from core.models import User

KEPT_PLAN_LIFETIME = timedelta(days=30)


def find_kept_plan(user: User, *, at: datetime) -> KeptPlan | None:
    """Return the user's plan that is not stored as a request yet; None without one, or once its time is over."""
    return KeptPlan.objects.filter(user=user, kept_at__gt=at - KEPT_PLAN_LIFETIME).first()
