"""Stored answers to the campaigns' supply estimates."""

from django.db import models

from campaigns.models import Campaign
from core.enums import CountBand


class EstimateAnswer(models.Model):
    """The answer to one question of a campaign on one day; repeating the question returns it and is free.

    Only the digest of the question is stored. `people_added` has a band for each disclosed change. The campaign's next
    question deletes the answers of earlier days.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    question_digest = models.CharField(max_length=64)
    people_fitting = models.CharField(max_length=8, choices=CountBand)
    people_added = models.JSONField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "day", "question_digest"], name="matching_estimateanswer_once"),
            models.CheckConstraint(
                condition=models.Q(people_fitting__in=CountBand.values), name="matching_estimateanswer_band"
            ),
        ]

    def __str__(self) -> str:
        return f"Answer {self.question_digest[:8]}"
