"""One execution of the matcher, and what it needs kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from campaigns.models import Role
from core.models import PublicIdModel
from matching.models.policy import Policy
from volunteers.models import Volunteer


class Run(PublicIdModel):
    """One execution: what was asked, under which policy, what came of it and how near to the best that is.

    A run with neither roles nor people has everything in scope. `lease_expires_at` belongs to the worker that executes it:
    when it passes, the worker is taken for dead and the sweep queues the run again.
    """

    class State(models.TextChoices):
        """Where it stands."""

        QUEUED = "queued", "Waiting for a worker"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    roles = models.ManyToManyField(Role, blank=True, related_name="+")
    people = models.ManyToManyField(Volunteer, blank=True, related_name="+")
    limited = models.BooleanField(default=False, help_text="Only some roles, or some people, are in scope.")
    dry_run = models.BooleanField(default=False, help_text="Tells nobody and writes no match.")
    include_unclaimed = models.BooleanField(default=False)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="runs")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=20, blank=True)
    stages = models.JSONField(default=dict, help_text="Seconds by stage.")
    error = models.CharField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="Of everything that the answer depends on.")
    volunteers = models.PositiveIntegerField(null=True, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    filled = models.PositiveIntegerField(null=True, blank=True)
    stored = models.PositiveIntegerField(null=True, blank=True, help_text="Pairs still true when they were stored.")
    pairs = models.PositiveBigIntegerField(null=True, blank=True, help_text="Feasible pairs considered.")
    value = models.BigIntegerField(null=True, blank=True)
    bound = models.BigIntegerField(null=True, blank=True, help_text="No assignment at all is worth more.")
    cut = models.BooleanField(default=False, help_text="The time ended the search before the answer was good enough.")

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]), name="matching_run_state"
            ),
            # One full run at a time: another one waits its turn.
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running", limited=False), name="matching_run_one_full"
            ),
            models.CheckConstraint(
                condition=Q(include_unclaimed=False) | Q(dry_run=True), name="matching_run_unclaimed_dry"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_expires_at__isnull=False), name="matching_run_leased"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="matching_run_says_why"),
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(value__isnull=False, bound__gte=models.F("value"), filled__lte=models.F("seats")),
                name="matching_run_result",
            ),
        ]
        indexes = [
            # Read by actions.runs.requeue_lost and by the worker that looks for the next one.
            models.Index(fields=["asked_at"], condition=Q(state__in=["queued", "running"]), name="matching_run_due"),
        ]

    def __str__(self) -> str:
        return f"Run {str(self.public_id)[:8]}"

    @property
    def gap(self) -> float | None:
        """How far the value may be from the best, as a share of the bound; None before it is done."""
        if self.value is None or self.bound is None:
            return None
        return 0.0 if self.bound == 0 else (self.bound - self.value) / self.bound


class RunArrays(models.Model):
    """A run's Problem and Solution as pseudonymous arrays, kept for some days to explain and verify it."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True, related_name="arrays")
    problem = models.BinaryField()
    solution = models.BinaryField()
    delete_on = models.DateField(db_index=True)

    class Meta:
        verbose_name_plural = "run arrays"

    def __str__(self) -> str:
        return f"Arrays of {self.run}"
