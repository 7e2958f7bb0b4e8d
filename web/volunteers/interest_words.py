"""What the first page of a volunteer says of the places that they asked for."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.models import User
from core.notifications.moments import describe_day
from core.time_zones import is_time_zone
from matching.open_roles.queries.interests import OwnInterest, list_recent_interests
from volunteers.models import Volunteer
from web.volunteers.open_role_words import describe_interest


@dataclass(frozen=True, slots=True)
class InterestRow:
    """A place that the volunteer asked for, with its days in words."""

    interest: OwnInterest
    day: str


def describe_own_interests(user: User, profile: Volunteer, *, at: datetime) -> list[InterestRow]:
    """Return the places for which a volunteer waits, and those of which they heard a short while ago."""
    zone = profile.time_zone if is_time_zone(profile.time_zone) else "UTC"
    return [InterestRow(interest, _describe_days(interest, zone)) for interest in list_recent_interests(user, at=at)]


def _describe_days(interest: OwnInterest, zone: str) -> str:
    if interest.ended_at is None:
        return describe_interest(interest, zone)
    words = {"asked": describe_day(interest.since, zone), "ended": describe_day(interest.ended_at, zone)}
    return _("You asked on %(asked)s. You heard on %(ended)s.") % words
