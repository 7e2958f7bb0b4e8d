"""Read pins."""

from django.db.models import QuerySet

from core.conflict_of_interest import no_part_in_contest
from core.models import User
from matching.lifecycle.queries.matches import is_not_about
from matching.models import Pin


def pins_visible_to(user: User) -> "QuerySet[Pin]":
    """Return the pins that a user may see: a reviewer's, except those of contests in which they have a part."""
    contest = "seat__role__request__campaign__candidate__contest"
    pins = (
        Pin.objects.filter(no_part_in_contest(user, contest), is_not_about(user))
        if user.is_reviewer
        else Pin.objects.none()
    )
    return pins.select_related("volunteer", "seat__role__request__campaign", "created_by")
