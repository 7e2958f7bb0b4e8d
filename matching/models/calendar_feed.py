"""The private calendar feed of a volunteer."""

from django.db import models
from django.utils.translation import gettext as _


class CalendarFeed(models.Model):
    """A private address for a volunteer's calendar. Only the digest of its secret is stored.

    `credential_digest` is the `credentials` of the account when the address was made: like a session and a personal
    token, it ends with a new password, and when the account is signed out everywhere.
    """

    volunteer = models.OneToOneField("volunteers.Volunteer", on_delete=models.CASCADE, related_name="feed")
    secret_digest = models.CharField(max_length=64, unique=True)
    credential_digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return _("Calendar of volunteer %(number)d") % {"number": self.volunteer_id}
