"""The runs of the matcher, with their result and their arrays."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import Role
from core.models import PublicIdModel
from matching.models.policy import Policy
from volunteers.models import Volunteer


class Run(PublicIdModel):
    """One execution of the matcher: its scope and policy, its result and the proven bound.

    A run with neither roles nor volunteers has everything in scope. The worker that executes a run renews
    `lease_expires_at`. Once that time has passed, the worker counts as dead and the sweep queues the run again.
    """

    class State(models.TextChoices):
        """The state of a run, from the queue to its end."""

        QUEUED = "queued", _("Waiting for a worker")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    roles = models.ManyToManyField(Role, blank=True, related_name="+")
    volunteers = models.ManyToManyField(Volunteer, blank=True, related_name="+")
    is_limited = models.BooleanField(default=False, help_text=_("Only some roles, or some volunteers, are in scope."))
    dry_run = models.BooleanField(default=False, help_text=_("Writes no matches and sends no notices."))
    include_unclaimed = models.BooleanField(default=False)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="runs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=20, blank=True)
    stage_seconds = models.JSONField(default=dict, help_text=_("Seconds for each stage."))
    error = models.CharField(max_length=500, blank=True)
    input_digest = models.CharField(
        max_length=64, blank=True, help_text=_("Digest of everything that the result depends on.")
    )
    volunteer_count = models.PositiveIntegerField(null=True, blank=True)
    seat_count = models.PositiveIntegerField(null=True, blank=True)
    filled_count = models.PositiveIntegerField(null=True, blank=True)
    stored_count = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Pairs that still fitted when they were stored.")
    )
    unkept_pin_count = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Pins that the run considered and did not keep.")
    )
    pair_count = models.PositiveBigIntegerField(
        null=True, blank=True, help_text=_("Feasible pairs that were considered.")
    )
    value = models.BigIntegerField(null=True, blank=True)
    bound = models.BigIntegerField(
        null=True, blank=True, help_text=_("Proven upper bound: no assignment is worth more.")
    )
    stopped_early = models.BooleanField(
        default=False, help_text=_("The time limit ended the search before the gap was small enough.")
    )

    base = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The run that it is to be compared with: of a draft policy, that under the active one."),
    )
    policy_digest = models.CharField(
        max_length=64, blank=True, help_text=_("Digest of the policy's values that it used: a draft may change later.")
    )
    verification_asked_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_digest = models.CharField(
        max_length=64, blank=True, help_text=_("Digest of the input that the checker read.")
    )
    is_bound_verified = models.BooleanField(
        default=False, help_text=_("The checker worked out the bound, too; of very large runs it does not.")
    )
    verification_faults = models.JSONField(
        default=list, blank=True, help_text=_("What the checker found wrong, in sentences; empty if all is right.")
    )
    fillable_count = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("No assignment fills more seats, the checker found.")
    )

    left_out = models.JSONField(
        default=list, blank=True, help_text=_("Rows that cannot be computed with: their kind and public id.")
    )

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "done", "failed", "cancelled"]), name="matching_run_state"
            ),
            # One full run at a time; the next one waits in the queue.
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="running", is_limited=False), name="matching_run_one_full"
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
                | Q(value__isnull=False, bound__gte=models.F("value"), filled_count__lte=models.F("seat_count")),
                name="matching_run_result",
            ),
            models.CheckConstraint(
                condition=Q(verification_asked_at=None) | Q(state="done"), name="matching_run_verified_done"
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None) | (Q(verification_asked_at__isnull=False) & ~Q(verified_digest="")),
                name="matching_run_verified_digest",
            ),
        ]
        indexes = [
            # Read by runs.actions.scheduling and by the worker that takes the next run.
            models.Index(
                fields=["requested_at"], condition=Q(state__in=["queued", "running"]), name="matching_run_due"
            ),
            # Read by runs.actions.verification.
            models.Index(
                fields=["verification_asked_at"],
                condition=Q(verification_asked_at__isnull=False, verified_at=None),
                name="matching_run_verify_due",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Run %(number)s") % {"number": str(self.public_id)[:8]}

    @property
    def gap(self) -> float | None:
        """The optimality gap as a share of the bound; None before the run is done."""
        if self.value is None or self.bound is None:
            return None
        return 0.0 if self.bound == 0 else (self.bound - self.value) / self.bound


class RunArrays(models.Model):
    """A run's `Problem` and `Solution` as pseudonymous arrays, stored for some days to explain and verify it."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, primary_key=True, related_name="arrays")
    problem = models.BinaryField()
    solution = models.BinaryField()
    delete_on = models.DateField(db_index=True)

    class Meta:
        verbose_name_plural = _("run arrays")

    def __str__(self) -> str:
        return gettext("Arrays of %(run)s") % {"run": self.run}
