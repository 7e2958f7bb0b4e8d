"""What a campaign was told about who could help."""

from django.db import models

from campaigns.models import Campaign
from matching.rules.supply_estimate import CountBand


class EstimateAnswer(models.Model):
    """The answer to one question of one campaign on one day: the same question gets it again, and is not counted.

    Nothing of the question is kept but its digest. `opens` has a band for each change that is told. What is of earlier
    days goes with the campaign's next question.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    digest = models.CharField(max_length=64)
    fits = models.CharField(max_length=8, choices=CountBand)
    opens = models.JSONField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "day", "digest"], name="matching_estimateanswer_once"),
            models.CheckConstraint(condition=models.Q(fits__in=CountBand.values), name="matching_estimateanswer_band"),
        ]

    def __str__(self) -> str:
        return f"Answer {self.digest[:8]}"
