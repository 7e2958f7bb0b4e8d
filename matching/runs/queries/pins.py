"""Who may see which pin."""

from django.db.models import QuerySet

from core.models import User
from matching.lifecycle.queries.matches import no_part_in_contest
from matching.models import Pin


def pins_visible_to(user: User) -> "QuerySet[Pin]":
    """The same for pins."""
    contest = "seat__role__request__campaign__candidate__contest"
    seen = Pin.objects.filter(no_part_in_contest(user, contest)) if user.is_reviewer else Pin.objects.none()
    return seen.select_related("volunteer", "seat__role__request__campaign", "made_by")
