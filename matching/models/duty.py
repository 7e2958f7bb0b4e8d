"""Who is on duty for emergencies, and who has an incident."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from campaigns.models import Request
from core.models import PublicIdModel
from matching.rules.duty_limits import MAX_DUTY_SHIFT_DAYS


class DutyShift(PublicIdModel):
    """From when to when a reviewer is on duty: an emergency pages them first."""

    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duty_shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="matching_dutyshift_order"),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("starts_at") + timedelta(days=MAX_DUTY_SHIFT_DAYS)),
                name="matching_dutyshift_length",
            ),
            # A range of one id stands for the id: equality under GiST would need an extension.
            ExclusionConstraint(
                name="matching_dutyshift_apart",
                expressions=[
                    (Func(F("reviewer_id"), F("reviewer_id"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return gettext("Duty shift %(number)s") % {"number": str(self.public_id)[:8]}


class IncidentWatch(models.Model):
    """Which reviewers watch over an incident: the one who has it, or those on duty, or all.

    `reviewer` is the one who has it now, and `taken_at` is when the first of them took it. Once the campaign calls it
    a false alarm, a call is promised: `call_due_at`.
    """

    incident = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="watch")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    all_told_due_at = models.DateTimeField(help_text=_("When all reviewers are told, unless one of them has it."))
    all_told_at = models.DateTimeField(null=True, blank=True)
    call_due_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Until when the campaign is promised a call after a false alarm.")
    )
    call_escalated_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name_plural = _("incident watches")
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewer=None) | Q(taken_at__isnull=False), name="matching_incidentwatch_taken"
            ),
            models.CheckConstraint(
                condition=Q(called_at=None) | Q(call_due_at__isnull=False), name="matching_incidentwatch_called"
            ),
            models.CheckConstraint(
                condition=Q(called_by=None) | Q(called_at__isnull=False), name="matching_incidentwatch_called_by"
            ),
        ]
        indexes = [
            # Read by each sweep.
            models.Index(fields=["all_told_due_at"], condition=Q(all_told_at=None), name="matching_incidentwatch_due"),
            # Read by each sweep, and by the list of what waits.
            models.Index(fields=["call_due_at"], condition=Q(called_at=None), name="matching_incidentwatch_call"),
        ]

    def __str__(self) -> str:
        return gettext("Watch over incident %(number)s") % {"number": self.incident_id}
