"""Count how often one person changes their profile: each change rewrites rows, and wakes the matcher."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from core.errors import Invalid
from core.models import User
from core.rate_counters import count_request

MAX_PROFILE_CHANGES_PER_DAY = 300
"""Of one person: skills, week, wishes, details and the rest together. To pause or to leave is never refused."""

_DAY_SECONDS = timedelta(days=1).total_seconds()


def count_profile_change(actor: User, *, at: datetime) -> None:
    """Count a change of the user's own profile. Raises Invalid when it had as many as it may within a day."""
    limit = MAX_PROFILE_CHANGES_PER_DAY
    if not count_request(f"profile_{actor.pk}", limit=limit, seconds=_DAY_SECONDS, at=at).is_allowed:
        message = _("A profile is changed at most %(limit)s times a day. Go on tomorrow.")
        raise Invalid(message % {"limit": limit})
