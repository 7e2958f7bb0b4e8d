"""The links of the header for a volunteer: their own page, and the board."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from volunteers.models import Volunteer


def find_volunteer_destinations(user: User) -> list[tuple[str, str]]:
    """Return the links of a user who has a profile, their own page first."""
    if not Volunteer.objects.filter(user=user).exists():
        return []
    return [(reverse("volunteer-desk"), _("My page")), (reverse("open-roles"), _("Open places"))]
