"""The link of the header to a volunteer's own page."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import User
from volunteers.models import Volunteer


def find_volunteer_destinations(user: User) -> list[tuple[str, str]]:
    """Return the link to the first page of a user who has a profile."""
    if not Volunteer.objects.filter(user=user).exists():
        return []
    return [(reverse("volunteer-desk"), _("My page"))]
