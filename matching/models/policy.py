"""The weights, limits and clocks that a run uses."""

import pghistory
from django.db import models
from django.db.models import Q

from core.models import Named

WEIGHTS = ("priority", "election", "waiting", "level", "wanted", "nice", "spare", "place", "turn")


@pghistory.track()
class Policy(Named):
    """One version of the rules we use. A draft is edited freely, an active or retired one never again."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", "Draft"
        ACTIVE = "active", "Active"
        RETIRED = "retired", "Retired"

    number = models.PositiveIntegerField("version", unique=True)
    name = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    priority = models.PositiveSmallIntegerField(default=40, help_text="For each step of a request's priority.")
    election = models.PositiveSmallIntegerField(default=4, help_text="For each week nearer to the election than 26.")
    waiting = models.PositiveSmallIntegerField(default=6, help_text="For each week that the request waits, up to 12.")
    level = models.PositiveSmallIntegerField(default=10, help_text="For each level above the one asked for, up to 2.")
    wanted = models.PositiveSmallIntegerField(default=25, help_text="When the volunteer would like to use the skill.")
    nice = models.PositiveSmallIntegerField(default=8, help_text="For each nice-to-have skill, up to 3.")
    spare = models.PositiveSmallIntegerField(default=3, help_text="For each two spare hours in common, up to 5 times.")
    place = models.PositiveSmallIntegerField(default=12, help_text="When the contest is in a place that they named.")
    turn = models.PositiveSmallIntegerField(default=2, help_text="For each week that the volunteer waits, up to 26.")
    horizon_days = models.PositiveSmallIntegerField(
        default=42, help_text="Requests that start within these days compete."
    )
    keep_arrays_days = models.PositiveSmallIntegerField(
        default=7, help_text="How long a run's pseudonymous arrays are kept."
    )
    review_hours = models.PositiveSmallIntegerField(default=24)
    offer_hours = models.PositiveSmallIntegerField(default=48)
    confirm_hours = models.PositiveSmallIntegerField(default=48)

    class Meta:
        verbose_name_plural = "policies"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="active"), name="matching_policy_one_active"),
            models.CheckConstraint(condition=Q(state__in=["draft", "active", "retired"]), name="matching_policy_state"),
            models.CheckConstraint(
                condition=Q(**{f"{name}__lte": 1000 for name in WEIGHTS}), name="matching_policy_weights"
            ),
            models.CheckConstraint(
                condition=Q(review_hours__gte=1, offer_hours__gte=1, confirm_hours__gte=1),
                name="matching_policy_clocks",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (version {self.number})"
