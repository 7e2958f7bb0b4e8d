"""Stored answers to the campaigns' supply estimates."""

from django.db import models

from campaigns.models import Campaign
from matching.rules.supply_estimate import CountBand


class EstimateAnswer(models.Model):
    """The answer to one question of a campaign on one day; repeating the question returns it and is free.

    Only the digest of the question is stored. `opens` has a band for each disclosed change. The campaign's next
    question deletes the answers of earlier days.
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
