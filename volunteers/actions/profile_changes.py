"""Count how often one person changes their profile: each change rewrites rows, and wakes the matcher."""

from datetime import datetime

from django.utils.translation import gettext as _

from core.daily_limits import count_within_day
from core.models import User

MAX_PROFILE_CHANGES_PER_DAY = 300
"""Of one person: skills, week, wishes, details and the rest together. To pause or to leave is never refused."""


def count_profile_change(actor: User, *, at: datetime) -> None:
    """Count a change of the user's own profile. Raises TooManyRequests when it had as many as it may within a day."""
    limit = MAX_PROFILE_CHANGES_PER_DAY
    message = _("A profile is changed at most %(limit)s times a day. Go on tomorrow.") % {"limit": limit}
    count_within_day(f"profile_{actor.pk}", limit=limit, message=message, at=at)
