"""Vetoes and pins: decisions of people about pairs that every run respects."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Seat
from core.models import PublicIdModel
from matching.models.run import Run
from matching.rules.text_lengths import MAX_NOTE_LENGTH
from volunteers.models import Volunteer


@pghistory.track(exclude=["reason"])
class Veto(PublicIdModel):
    """A volunteer and a campaign that are never matched."""

    class Side(models.TextChoices):
        """The side that made the veto."""

        VOLUNTEER = "volunteer", _("The volunteer")
        CAMPAIGN = "campaign", _("The campaign")
        REVIEWER = "reviewer", _("A reviewer")

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="vetoes")
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="vetoes")
    side = models.CharField(max_length=10, choices=Side)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    reason = models.CharField(max_length=MAX_NOTE_LENGTH, blank=True)

    class Meta:
        verbose_name_plural = _("vetoes")
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "campaign", "side"], name="matching_veto_once"),
            models.CheckConstraint(
                condition=models.Q(side__in=["volunteer", "campaign", "reviewer"]), name="matching_veto_side"
            ),
        ]

    def __str__(self) -> str:
        return gettext("Veto %(number)s") % {"number": str(self.public_id)[:8]}


@pghistory.track(exclude=["reason", "obstacle", "waits_since"])
class Pin(PublicIdModel):
    """A volunteer and a seat that the next run matches first, where the rules allow it.

    A run that cannot keep the pin writes its `obstacle` here: the code of a broken rule, or a `PinObstacle`.
    """

    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="pins")
    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, related_name="pin")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    reason = models.CharField(max_length=MAX_NOTE_LENGTH)
    obstacle = models.CharField(max_length=20, blank=True, help_text=_("Why the last run did not keep it."))
    waits_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="matching_pin_reason"),
            models.CheckConstraint(
                condition=models.Q(obstacle="", waits_since=None)
                | (~models.Q(obstacle="") & models.Q(waits_since__isnull=False)),
                name="matching_pin_waits",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Pin %(number)s") % {"number": str(self.public_id)[:8]}


class UnkeptPin(models.Model):
    """A pin that a run considered and did not keep, and why."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="unkept_pins")
    pin = models.ForeignKey(Pin, on_delete=models.CASCADE, related_name="unkept_by")
    obstacle = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "pin"], name="matching_unkept_pin_once")]

    def __str__(self) -> str:
        return gettext("%(pin)s in %(run)s") % {"pin": self.pin, "run": self.run}
