"""The private calendar feed of a volunteer."""

from django.db import models
from django.utils.translation import gettext as _


class CalendarFeed(models.Model):
    """A private address for a volunteer's calendar. Only the digest of its secret is stored."""

    volunteer = models.OneToOneField("volunteers.Volunteer", on_delete=models.CASCADE, related_name="feed")
    secret_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return _("Calendar of volunteer %(number)d") % {"number": self.volunteer_id}
