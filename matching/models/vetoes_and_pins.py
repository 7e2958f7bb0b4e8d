"""What people have decided about a volunteer and a campaign, or a seat, before any run."""

import pghistory
from django.conf import settings
from django.db import models

from campaigns.models import Campaign, Seat
from core.models import PublicIdModel
from volunteers.models import Volunteer


@pghistory.track(exclude=["reason"])
class Veto(PublicIdModel):
    """This volunteer and this campaign: never."""

    class Side(models.TextChoices):
        """Who said so."""

        VOLUNTEER = "volunteer", "The volunteer"
        CAMPAIGN = "campaign", "The campaign"
        REVIEWER = "reviewer", "A reviewer"

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="vetoes")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="vetoes")
    side = models.CharField(max_length=10, choices=Side)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "vetoes"
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "campaign", "side"], name="matching_veto_once"),
            models.CheckConstraint(
                condition=models.Q(side__in=["volunteer", "campaign", "reviewer"]), name="matching_veto_side"
            ),
        ]

    def __str__(self) -> str:
        return f"Veto {self.public_id}"


@pghistory.track(exclude=["reason"])
class Pin(PublicIdModel):
    """This volunteer and this seat: yes. The next run takes it first, where the rules let it."""

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="pins")
    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="pin")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="matching_pin_reason"),
        ]

    def __str__(self) -> str:
        return f"Pin {self.public_id}"
