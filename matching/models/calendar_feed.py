"""The private calendar feed of a volunteer."""

from django.db import models


class CalendarFeed(models.Model):
    """A private address at which a volunteer's calendar can be read. Only a digest of its secret is kept."""

    volunteer = models.OneToOneField("volunteers.Volunteer", on_delete=models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Calendar of {self.volunteer_id}"
